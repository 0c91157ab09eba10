# SPDX-License-Identifier: GPL-3.0-or-later
"""``imsmanifest.xml`` of a Common Cartridge: its outline, and what stands behind each line of it.

Format: IMS Common Cartridge 1.0 to 1.3, section 3 of each, over IMS Content Packaging 1.1.4.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import msgspec

from appliance.content.inspect.plain import TITLE_LIMIT, plain
from appliance.content.quiz.markup_tree import every, parse, text_at
from appliance.errors import RefusalError
from appliance.language import normal_language

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MOST_FILES = 20_000
_DEEPEST = 32


class ResourceKind(StrEnum):
    """What a resource is, by its type."""

    FILE = "file"
    QUIZ = "quiz"
    """An assessment of QTI."""
    QUESTIONS = "questions"
    """Moodle XML with all that it shows inside."""
    BANK = "bank"
    LINK = "link"
    DISCUSSION = "discussion"
    TOOL = "tool"
    TASK = "task"
    OTHER = "other"


_KINDS = (
    (re.compile(r"webcontent|.*/learning-application-resource"), ResourceKind.FILE),
    (re.compile(r"imsqti.*/assessment|imsqti_xmlv1p2(?:p1)?"), ResourceKind.QUIZ),
    (re.compile(r"imsqti.*/question-bank"), ResourceKind.BANK),
    (re.compile(r"imswl.*"), ResourceKind.LINK),
    (re.compile(r"imsdt.*"), ResourceKind.DISCUSSION),
    (re.compile(r"imsbasiclti.*"), ResourceKind.TOOL),
    (re.compile(r"assignment.*"), ResourceKind.TASK),
)


class Resource(msgspec.Struct, frozen=True):
    """A resource.

    Attributes:
        id: unique in the manifest.
        main: path in the archive of what is opened, or empty.
        files: paths in the archive, the main one among them; they need not be there.
        needs: ids of other resources.
    """

    id: str
    kind: ResourceKind
    main: str
    files: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line of the outline; ``resource`` is empty where it is a heading alone."""

    id: str
    title: str
    resource: str = ""
    inside: "tuple[Line, ...]" = ()


class Manifest(msgspec.Struct, frozen=True):
    """What the manifest says.

    Attributes:
        language: code, or empty.
        lines: the top of the outline.
        resources: by id.
    """

    id: str
    title: str
    language: str
    lines: tuple[Line, ...]
    resources: dict[str, Resource]


def read_manifest(data: bytes) -> Manifest:
    """The manifest.

    Raises:
        RefusalError: damaged; cartridge-scorm; cartridge-manifest-twice; cartridge-empty, where
            there is no outline.
    """
    root = parse(data)
    if root.tag != "manifest":
        raise RefusalError("cartridge-none")
    if any(key.rpartition("}")[2].lower() == "scormtype" for e in root.iter() for key in e.attrib):
        raise RefusalError("cartridge-scorm")
    resources = _resources(root)
    organization = next(every(root, "organization"), None)
    lines = _lines(organization, 0) if organization is not None else ()
    if len(lines) == 1 and not lines[0].resource and not lines[0].title:
        lines = lines[0].inside  # the root that every cartridge has
    if not lines:
        raise RefusalError("cartridge-empty")
    metadata = root.find("metadata")
    return Manifest(
        id=root.get("identifier", ""),
        title=_said(metadata, "title") or text_at(organization, "title"),
        language=normal_language(_said(metadata, "language")),
        lines=lines,
        resources=resources,
    )


def _resources(root: Element) -> dict[str, Resource]:
    found = []
    for group in root.findall("resources"):
        base = group.get(_XML_BASE, "")
        found += [_resource(one, base) for one in group.findall("resource")]
    counts = Counter(one.id for one in found)
    twice = next((one for one, count in counts.items() if count > 1), None)
    if twice is not None:
        raise RefusalError("cartridge-manifest-twice", name=plain(twice, 100))
    return {one.id: one for one in found}


def _resource(element: Element, base: str) -> Resource:
    base += element.get(_XML_BASE, "")
    kind = element.get("type", "").strip().lower()
    files = [member(base + one.get("href", "")) for one in element.findall("file")]
    main = member(base + element.get("href", "")) if element.get("href") else ""
    known = (meant for pattern, meant in _KINDS if pattern.fullmatch(kind))
    return Resource(
        id=element.get("identifier", ""),
        kind=next(known, ResourceKind.OTHER),
        # What is opened is the only file of what is no web page.
        main=main or next(iter(files), ""),
        files=tuple(dict.fromkeys(filter(None, (main, *files))))[:_MOST_FILES],
        needs=tuple(one.get("identifierref", "") for one in element.findall("dependency")),
    )


def member(reference: str, folder: str = "") -> str:
    """The path in the archive that an address means; empty for one that leads elsewhere."""
    try:
        address = urlsplit(reference.strip().replace("\\", "/"))
    except ValueError:
        return ""
    if address.scheme or address.netloc or not address.path:
        return ""
    path = posixpath.normpath(posixpath.join(folder, unquote(address.path).lstrip("/")))
    return "" if path == "." or path.split("/")[0] == ".." else path


def _lines(parent: Element, depth: int) -> tuple[Line, ...]:
    if depth > _DEEPEST:
        raise RefusalError("too-deep", path="imsmanifest.xml")
    return tuple(
        Line(
            id=item.get("identifier", ""),
            title=plain(text_at(item, "title"), TITLE_LIMIT),
            resource=item.get("identifierref", ""),
            inside=_lines(item, depth + 1),
        )
        for item in parent.findall("item")
    )


def every_line(lines: tuple[Line, ...]) -> Iterator[Line]:
    """All lines, those inside of others after these."""
    for line in lines:
        yield line
        yield from every_line(line.inside)


def _said(metadata: Element | None, name: str) -> str:
    """What the general part of the metadata says: its first words."""
    general = next(every(metadata, "general"), None) if metadata is not None else None
    found = general.find(name) if general is not None else None
    return plain("".join(found.itertext()), TITLE_LIMIT) if found is not None else ""
