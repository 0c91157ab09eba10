# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile bytes for packs: close enough to true ones that the last check is reached."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.pack_maker import OPEN_ACCESS, TERMS

_PIECES = [
    *("data", "items", "0001", "a.pdf", "light.pdf", "LIGHT.PDF", "ҷой.pdf", "catalog.json"),
    *("..", ".", "", " ", "a.", "a\\b", "C:", "CON", "nul.txt", "n" * 256, "etc", "passwd"),
    *("%", "%0A", "%25", "%2e%2e", "\x00", "\x1b[2J", "e\u0301", "é", "\u202e", "\u2028"),
]
_NUMBERS = st.integers(-2, 300) | st.sampled_from([2**31, 2**32 - 1, 2**63, 2**64, 10**30])
_KEYS = st.sampled_from(
    "metadata publications identifier title links images href rel properties size sha256 parts "
    f"language author name subject code {TERMS}grades {TERMS}audiences published x".split()
)

paths = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("/".join)
"""Paths as a manifest, a zip or a link may have them."""

texts = (
    st.text(max_size=30) | paths | st.sampled_from(["tg", "urn:chashma:pack:test:a", OPEN_ACCESS])
)
json_values = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | texts, inner, max_size=5),
    max_leaves=25,
)
_line = st.tuples(
    st.sampled_from(["0" * 64, "A" * 64, "0" * 63, "", "x" * 64]),
    st.sampled_from(["  ", " ", "\t", "", " *", "\r"]),
    paths | paths.map("data/{}".format),
    st.sampled_from(["\n", "\r\n", "\r", "", "\n\n"]),
).map(lambda parts: "".join(parts).encode())
manifest_lines = st.lists(_line | st.binary(max_size=80), max_size=6).map(b"".join)


def spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    """Bytes with some changed, left out, doubled or put in; or cut short."""
    places = st.integers(0, len(content) - 1)
    change = st.tuples(places, st.integers(0, 12), st.binary(max_size=12))

    def changed(changes: list[tuple[int, int, bytes]]) -> bytes:
        found = bytearray(content)
        for place, length, new in changes:
            found[place : place + length] = new
        return bytes(found)

    return st.lists(change, min_size=1, max_size=4).map(changed) | places.map(
        lambda place: content[:place]
    )


def spoiled_json(value: Any) -> st.SearchStrategy[bytes]:
    """A document in which one value, somewhere, is another."""

    def changed(chosen: tuple[tuple[Any, ...], Any]) -> bytes:
        (*above, last), other = chosen
        document = json.loads(json.dumps(value))
        inner = document
        for key in above:
            inner = inner[key]
        inner[last] = other
        return json.dumps(document).encode()

    return st.tuples(st.sampled_from(list(_places(value))), json_values).map(changed)


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if above:
        yield above
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(inner, (*above, key))
