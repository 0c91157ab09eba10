# SPDX-License-Identifier: GPL-3.0-or-later
"""A page in Markdown, made into a tree that can do no harm."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

import msgspec

from appliance.content import front_matter
from appliance.content.embedded import PICTURES, narration
from appliance.content.inspect import plain
from appliance.content.inspect.cover import PICTURE_ERRORS, make_cover, open_picture
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.markdown import Markdown
from appliance.content.inspect.markup import decode_page
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.content.page import FILE_NAME, Element, Page, words
from appliance.content.values import understood
from appliance.errors import RefusalError
from appliance.language import language_name

_LARGEST = 1_000_000


def inspect_page(staged: Staged) -> Inspection:
    """Parse a page, and see that its pictures can be shown.

    Raises:
        RefusalError: page-too-large, or no-text-or-pages.
    """
    if staged.main.stat().st_size > _LARGEST:
        raise RefusalError("page-too-large", limit=_LARGEST)
    head, body = front_matter.split(decode_page(staged.main.read_bytes()))
    files = [name for name in staged.files[1:] if _can_be_shown(staged, name)]
    markdown = Markdown(body, files)
    text = words(markdown.page)
    if not text and not files:
        raise RefusalError("no-text-or-pages")
    page = (*_narrations(staged, files, markdown.page), *markdown.page)
    (staged.folder / FILE_NAME).write_bytes(msgspec.json.encode(page))
    metadata, odd = _metadata(staged, head, markdown.title, text)
    with PassageWriter(staged.folder) as passages:
        passages.add("", text)
    warnings = {"page-head-odd": odd, "picture-skipped": bool(markdown.lost)}
    pictures = (staged.path(name) for name in files if _is_picture(name))
    return Inspection(
        metadata=metadata,
        details=Details(),
        cover=make_cover(staged, Kind.PAGE, metadata.title, pictures),
        warnings=tuple(code for code, said in warnings.items() if said),
    )


def _metadata(
    staged: Staged, head: front_matter.FrontMatter, title: str, text: str
) -> tuple[Metadata, bool]:
    """What the page says of itself, and whether some of that means nothing."""
    problems: list[str] = []
    said, _ = understood(head.values, lambda code, **details: problems.append(code))
    found = Metadata(
        title=plain.plain(title, plain.TITLE_LIMIT) or staged.title,
        languages=plain.languages([guess_language(text)]),
    )
    said = msgspec.structs.replace(
        said,
        title=plain.plain(said.title, plain.TITLE_LIMIT),
        description=plain.plain(said.description, plain.DESCRIPTION_LIMIT),
        authors=plain.authors(said.authors),
        subject=plain.plain(said.subject, plain.TITLE_LIMIT),
        collection=plain.plain(said.collection, plain.TITLE_LIMIT),
    )
    unknown = any(not line.column for line in head.lines)
    return found.overlaid(said), bool(problems or head.odd or unknown)


def _narrations(staged: Staged, files: Sequence[str], page: Page) -> Iterator[Element]:
    """The sounds of the page's own name, where the text does not show them itself."""
    shown = set(_files(page))
    for name in files:
        language = narration(staged.main.stem, PurePath(name).stem)
        if language is not None and name not in shown and not _is_picture(name):
            label = language_name(language, language) if language else ""
            yield Element("audio", file=name, text=label)


def _files(nodes: Page) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Element):
            yield node.file
            yield from _files(node.inside)


def _can_be_shown(staged: Staged, name: str) -> bool:
    """Sounds can; a picture is decoded once, and taken out if it surprises."""
    if not _is_picture(name):
        return True
    try:
        with open_picture(staged.path(name)) as picture:
            picture.load()
    except (RefusalError, *PICTURE_ERRORS):
        staged.path(name).unlink()
        return False
    return True


def _is_picture(name: str) -> bool:
    return any(name.lower().endswith(suffix) for suffix in PICTURES)
