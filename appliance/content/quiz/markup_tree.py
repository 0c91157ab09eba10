# SPDX-License-Identifier: GPL-3.0-or-later
"""A tree of XML from a stranger: entities refused, names without their namespaces."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from appliance.errors import RefusalError

MOST_BYTES = 50_000_000
_DEEPEST = 100


def parse(data: bytes) -> Element:
    """The root of a document; names of its elements are in small letters, without namespaces.

    Raises:
        RefusalError: damaged, or too deep or too large to be a quiz.
    """
    if len(data) > MOST_BYTES:
        raise RefusalError("zip-bomb", size=len(data))
    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as exc:
        # An encoding that nobody knows is a LookupError; one that Expat cannot use a ValueError.
        raise RefusalError("damaged") from exc
    level = [root]
    for _ in range(_DEEPEST):
        for element in level:
            if isinstance(element.tag, str):
                element.tag = element.tag.rpartition("}")[2].lower()
        level = [child for element in level for child in element]
        if not level:
            return root
    raise RefusalError("damaged")


def text_at(element: Element | None, *path: str) -> str:
    """The text of an element, or of what lies below it on this path; empty if nothing does."""
    for name in path:
        element = None if element is None else element.find(name)
    return "" if element is None else "".join(element.itertext()).strip()


def every(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names, at any depth, in order."""
    return (found for found in element.iter() if found.tag in names)


def float_of(text: str) -> float | None:
    """A number as programs write it; nothing for what is none, or is not finite."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
