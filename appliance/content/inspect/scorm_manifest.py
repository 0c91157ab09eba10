# SPDX-License-Identifier: GPL-3.0-or-later
"""``imsmanifest.xml`` of a SCORM 1.2 package.

Format: ADL SCORM 1.2 Content Aggregation Model, section 2.3, over IMS Content Packaging 1.1.2.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from appliance.content.inspect.epub_package import every, read_xml
from appliance.content.inspect.plain import TITLE_LIMIT, plain
from appliance.content.inspect.unpack import Package
from appliance.content.scorm import MOST_SCOS, Sco
from appliance.errors import RefusalError

MANIFEST = "imsmanifest.xml"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SCORM_2004 = re.compile(r"2004|CAM 1\.3|1\.3")
_LAUNCH_DATA_LIMIT = 4096
_ID_LIMIT = 255
_BEST = 100.0
_DEEPEST = 32
_SAFE = "/-_.!~*'()@:+,;=$%"


class Manifest:
    """What the manifest says.

    Attributes:
        folder: that all paths are below, with ``/`` at its end, or empty.
        title: of the organization, plain text; may be empty.
    """

    def __init__(self, package: Package) -> None:
        """Read it.

        Raises:
            RefusalError: damaged, scorm-version, scorm-manifest-twice or scorm-no-lesson.
        """
        self._package = package
        path = manifest_path(package)
        root = read_xml(package, path)
        self.folder = path.removesuffix(PurePosixPath(path).name)
        _check_version(root)
        self._root = root
        self._resources = self._unique("resource")
        self._unique("item")
        self._organization = self._chosen()
        self.title = _title(self._organization)

    def scos(self) -> tuple[Sco, ...]:
        """The lessons that can be launched, in order.

        Raises:
            RefusalError: scorm-no-lesson or scorm-file-missing.
        """
        found = tuple(self._scos(self._organization, 0))
        if not found:
            raise RefusalError("scorm-no-lesson")
        return found[:MOST_SCOS]

    @property
    def language(self) -> str:
        """The language that the metadata names, as written, or empty."""
        return next((e.text or "" for e in every(self._root, "language")), "")

    def _chosen(self) -> Element:
        """The default organization, else the first."""
        for organizations in every(self._root, "organizations"):
            found = [e for e in organizations if _local(e) == "organization"]
            named = organizations.get("default", "")
            default = [e for e in found if named and e.get("identifier") == named]
            if found:
                return (default or found)[0]
        raise RefusalError("scorm-no-lesson")

    def _unique(self, name: str) -> dict[str, Element]:
        """The elements of a name by their identifiers, which must differ: results hang on them."""
        elements = [e for e in every(self._root, name) if e.get("identifier")]
        counts = Counter(e.get("identifier", "") for e in elements)
        twice = next((identifier for identifier, count in counts.items() if count > 1), None)
        if twice is not None:
            raise RefusalError("scorm-manifest-twice", name=plain(twice, 100))
        return {e.get("identifier", ""): e for e in elements}

    def _scos(self, parent: Element, depth: int) -> Iterator[Sco]:
        """Those of the items below; one whose resource is missing or elsewhere is left out."""
        if depth > _DEEPEST:
            return
        for item in (e for e in parent if _local(e) == "item"):
            resource = self._resources.get(item.get("identifierref", ""))
            if resource is not None and item.get("isvisible", "true").lower() != "false":
                yield from self._sco(item, resource)
            yield from self._scos(item, depth + 1)

    def _sco(self, item: Element, resource: Element) -> Iterator[Sco]:
        href = resource.get("href", "").strip()
        identifier = item.get("identifier", "")
        if not href or len(identifier) > _ID_LIMIT:
            return
        base = urljoin(self._base(resource), href.replace("\\", "/"))
        address = urlsplit(base)
        if address.scheme or address.netloc:
            return
        path = posixpath.normpath(self.folder + unquote(address.path).lstrip("/"))
        member = _member(self._package, path)
        if not member:
            raise RefusalError("scorm-file-missing", path=plain(path, 200))
        tail = _tail(item.get("parameters", ""))
        query = "&".join(filter(None, (address.query, tail[0])))
        fragment = tail[1] or address.fragment
        yield Sco(
            id=identifier,
            title=_title(item) or self.title or PurePosixPath(member).stem,
            href=quote(member, safe=_SAFE.replace("%", ""))
            + (f"?{quote(query, safe=_SAFE + '&?')}" if query else "")
            + (f"#{quote(fragment, safe=_SAFE + '&?')}" if fragment else ""),
            mastery=_mastery(item),
            launch_data=_text(item, "datafromlms")[:_LAUNCH_DATA_LIMIT],
        )

    def _base(self, resource: Element) -> str:
        """``xml:base`` of the manifest, its list of resources and the resource, joined."""
        base = self._root.get(_XML_BASE, "")
        for resources in every(self._root, "resources"):
            if resource in list(resources):
                base = urljoin(base, resources.get(_XML_BASE, ""))
        return urljoin(base, resource.get(_XML_BASE, ""))


def manifest_path(package: Package) -> str:
    """Where the manifest of a SCORM package lies, or empty: at the top, or in the one folder there.

    Other packages of IMS have a manifest of the same name: there no resource has a SCORM type.
    """
    tops = {PurePosixPath(name).parts[0] for name in package.members}
    folders = ["", *(f"{top}/" for top in tops if len(tops) == 1)]
    for folder in folders:
        path = folder + MANIFEST
        if path in package.members and _is_scorm(package, path):
            return path
    return ""


def _is_scorm(package: Package, path: str) -> bool:
    """Whether it says so; a manifest that cannot be read shall be told to be damaged."""
    try:
        root = read_xml(package, path)
    except RefusalError:
        return True
    typed = any(
        name.rpartition("}")[2].lower() == "scormtype"
        for resource in every(root, "resource")
        for name in resource.attrib
    )
    return typed or any("SCORM" in (e.text or "").upper() for e in every(root, "schema"))


def _check_version(root: Element) -> None:
    said = next((e.text or "" for e in every(root, "schemaversion")), "")
    if _SCORM_2004.search(said):
        raise RefusalError("scorm-version", version=plain(said, 50))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(item: Element, name: str) -> str:
    """The text of an element right below, or empty."""
    return next(("".join(e.itertext()).strip() for e in item if _local(e) == name), "")


def _title(element: Element) -> str:
    return plain(_text(element, "title"), TITLE_LIMIT)


def _mastery(item: Element) -> float | None:
    try:
        score = float(_text(item, "masteryscore"))
    except ValueError:
        return None
    return score if 0 <= score <= _BEST else None


def _tail(parameters: str) -> tuple[str, str]:
    """Query and fragment that an item adds to its resource's address (section 2.3.2.5.1)."""
    written = parameters.strip().lstrip("?&")
    query, _, fragment = written.partition("#")
    return query, fragment


def _member(package: Package, path: str) -> str:
    """The member of this path, also where its case is another: packages come from Windows."""
    if path in package.members:
        return path
    folded = path.casefold()
    return next((name for name in package.members if name.casefold() == folded), "")
