# SPDX-License-Identifier: GPL-3.0-or-later
"""The package document of an EPUB: metadata, reading order and table of contents.

Formats: EPUB 3.3 (OCF container, package document, navigation document), and NCX of EPUB 2.
"""

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from appliance.content.inspect.plain import TITLE_LIMIT, plain
from appliance.content.inspect.unpack import Package
from appliance.errors import RefusalError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_MIMETYPE = b"application/epub+zip"
_XML_LIMIT = 10_000_000
_MOST_CONTENTS = 2_000
# Fonts scrambled so that they cannot be lifted out of a book; readers cope without them.
_FONT_SCRAMBLING = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
)


class PackageDocument:
    """What the package document says; paths are those inside the archive.

    Attributes:
        path: of the package document itself.
        spine: paths of the chapters, in reading order, those that exist.
    """

    def __init__(self, package: Package) -> None:
        """Read it.

        Raises:
            RefusalError: not-what-name-says, drm or damaged.
        """
        self._package = package
        self._check_container()
        container = read_xml(package, _CONTAINER)
        roots = [item.get("full-path", "") for item in every(container, "rootfile")]
        self.path = next((path for path in roots if path in package.members), "")
        if not self.path:
            raise RefusalError("damaged")
        root = read_xml(package, self.path)
        self._metadata = next(every(root, "metadata"), Element("none"))
        self._items = {item.get("id", ""): item for item in every(root, "item")}
        self._spine = next(every(root, "spine"), Element("none"))
        self.spine = tuple(self._spine_paths())

    def said(self, name: str) -> list[str]:
        """The texts of a Dublin Core element."""
        return ["".join(element.itertext()) for element in every(self._metadata, name)]

    @property
    def cover(self) -> str:
        """Path of the cover picture, or empty."""
        named = [
            m.get("content", "") for m in every(self._metadata, "meta") if m.get("name") == "cover"
        ]
        marked = [
            item for item in self._items.values() if "cover-image" in item.get("properties", "")
        ]
        old = [self._items[name] for name in named if name in self._items]
        return next((path for item in (*marked, *old) if (path := self._item_path(item))), "")

    def contents(self) -> tuple[tuple[str, str], ...]:
        """(title, place) of the chapters: from the navigation document, else from the NCX."""
        navigation = [i for i in self._items.values() if "nav" in i.get("properties", "").split()]
        for item in navigation:
            if path := self._item_path(item):
                text = self._package.read(path, _XML_LIMIT).decode("utf-8", "replace")
                if found := self._places(path, _Navigation(text).links):
                    return found
        ncx = self._items.get(self._spine.get("toc", ""))
        path = self._item_path(ncx) if ncx is not None else ""
        return self._places(path, _ncx_links(self._package, path)) if path else ()

    def _places(self, base: str, links: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        places = []
        for label, href in links[:_MOST_CONTENTS]:
            title = plain(label, TITLE_LIMIT)
            target, _, fragment = href.partition("#")
            path = self._resolved(base, target) if target else base
            if title and path:
                places.append((title, f"{path}#{fragment}" if fragment else path))
        return tuple(places)

    def _spine_paths(self) -> Iterator[str]:
        for reference in every(self._spine, "itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is not None and (path := self._item_path(item)):
                yield path

    def _item_path(self, item: Element) -> str:
        return self._resolved(self.path, item.get("href", ""))

    def _resolved(self, base: str, href: str) -> str:
        """The member that a link means, or empty."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))
        return path if path in self._package.members else ""

    def _check_container(self) -> None:
        members = self._package.members
        if "mimetype" not in members or _CONTAINER not in members:
            raise RefusalError("not-what-name-says", expected="EPUB")
        if self._package.read("mimetype", 1000).strip(b"\xef\xbb\xbf \r\n\t\0") != _MIMETYPE:
            raise RefusalError("not-what-name-says", expected="EPUB")
        if _ENCRYPTION in members:
            methods = every(read_xml(self._package, _ENCRYPTION), "EncryptionMethod")
            if any(method.get("Algorithm", "") not in _FONT_SCRAMBLING for method in methods):
                raise RefusalError("drm")


def read_xml(package: Package, name: str) -> Element:
    """Parse a member without entities, the bombs of XML.

    Raises:
        RefusalError: damaged.
    """
    try:
        root: Element = fromstring(package.read(name, _XML_LIMIT))
    except (ParseError, DefusedXmlException, LookupError, ValueError) as exc:
        raise RefusalError("damaged") from exc
    return root


def every(root: Element, name: str) -> Iterator[Element]:
    """The elements below of a local name; makers of books are careless with namespaces."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name:
            yield element


def _ncx_links(package: Package, path: str) -> list[tuple[str, str]]:
    try:
        root = read_xml(package, path)
    except RefusalError:
        return []  # a book without a table of contents can still be read
    links = []
    for point in every(root, "navPoint"):
        label = next(every(point, "text"), None)
        target = next(every(point, "content"), None)
        if label is not None and target is not None:
            links.append((label.text or "", target.get("src", "")))
    return links


class _Navigation(HTMLParser):
    """The links of ``<nav epub:type="toc">``; not parsed as XML, which many are not quite."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self._inside = False
        self._href: str | None = None
        self._label = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "nav":
            self._inside = "toc" in (values.get("epub:type") or values.get("role") or "")
        elif tag == "a" and self._inside:
            self._href, self._label = values.get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._inside = False
        elif tag == "a" and self._href is not None:
            self.links.append((self._label, self._href))
            self._href = None

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self._label += data
