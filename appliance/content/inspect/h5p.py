# SPDX-License-Identifier: GPL-3.0-or-later
"""H5P: an exercise and the libraries that play it, unpacked for the host of untrusted content."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.h5p_package import CONTENT, DEFINITION, H5PPackage
from appliance.content.inspect.html import is_served
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import Package, open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

_CONTENT_LIMIT = 10_000_000
_SAMPLE = 20_000
_MOST_TEXTS = 20_000
_DEEPEST = 64
# What content.json holds beside what somebody wrote for readers.
_NOT_TEXT = frozenset(
    ("path", "mime", "library", "subContentId", "license", "contentType", "machineName", "version")
)
# Words of buttons and messages: the same in every exercise, so search would only find noise.
_INTERFACE = frozenset(
    ("l10n", "behaviour", "UI", "currikisettings", "confirmCheck", "confirmRetry")
)
_SHORTEST_TEXT = 3


def inspect_h5p(staged: Staged) -> Inspection:
    """Check that everything is there, unpack it and read its words.

    Raises:
        RefusalError: as ``H5PPackage``, or for what may be wrong with an archive.
    """
    with open_package(staged.main, expected="H5P") as package:
        h5p = H5PPackage(package)
        text = "\n".join(_texts(_content(package)))
        folders = h5p.folders

        def wanted(name: str) -> bool:
            top = PurePosixPath(name).parts[0]
            return name == DEFINITION or (top in folders and is_served(name))

        package.unpack(staged.pages, wanted=wanted, progress=staged.progress)
        with PassageWriter(staged.folder) as passages:
            passages.add("", text)
        definition = h5p.definition
        title = plain.plain(definition.title, plain.TITLE_LIMIT) or staged.title
        said = (definition.default_language, definition.language)
        return Inspection(
            metadata=Metadata(
                title=title,
                description=plain.plain(definition.meta_description, plain.DESCRIPTION_LIMIT),
                authors=plain.authors(author.name for author in definition.authors),
                languages=plain.languages([guess_language(text[:_SAMPLE])])
                or plain.languages(language for language in said if language != "und"),
            ),
            details=Details(entry=DEFINITION),
            cover=make_cover(staged, Kind.H5P, title, []),
            warnings=("text-cut",) if passages.cut else (),
        )


def _content(package: Package) -> object:
    try:
        return msgspec.json.decode(package.read(CONTENT, _CONTENT_LIMIT).lstrip(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise RefusalError("h5p-definition-wrong", path=CONTENT) from exc


def _texts(content: object) -> Iterator[str]:
    """What somebody wrote for readers, in order, as plain text."""
    waiting: list[tuple[object, int]] = [(content, 0)]
    count = 0
    while waiting and count < _MOST_TEXTS:
        value, depth = waiting.pop()
        if isinstance(value, str):
            count += 1
            if " " in value.strip() or "<" in value:
                shown = plain.plain(value, _CONTENT_LIMIT)
                if len(shown) >= _SHORTEST_TEXT:
                    yield shown
        elif depth < _DEEPEST:
            waiting += [(inner, depth + 1) for inner in reversed(_inside(value))]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        left_out = _NOT_TEXT | _INTERFACE
        return [inner for name, inner in value.items() if name not in left_out]
    return list(value) if isinstance(value, list) else []
