# SPDX-License-Identifier: GPL-3.0-or-later
"""The ornament of a certificate: a band of eight-pointed stars, and a rosette behind the words.

Shapes alone, for a PDF and for a web page, in points (1/72 inch) from the corner below left.
"""

import math
from collections.abc import Iterator

import msgspec

WIDTH, HEIGHT = 842.0, 595.0
"""A4, landscape."""

PAPER, BLUE, CLAY, GOLD, SHADE = "#fffdf7", "#1b5568", "#a8452f", "#b98a2e", "#f6f1e3"
_EDGE, _BAND = 22.0, 30.0
_TILES_ACROSS, _TILES_UP = 26, 18


class Shape(msgspec.Struct, frozen=True):
    """A filled polygon, or a line around a rectangle.

    Attributes:
        points: x and y of each corner.
        fill: ``#rrggbb``; empty for a line.
        stroke: likewise; ``width`` of the line.
    """

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0


def ornament() -> list[Shape]:
    """All of it, from the back to the front."""
    return [
        _rectangle(0, fill=PAPER),
        *_rosette(WIDTH / 2, HEIGHT / 2 + 8, 172),
        _rectangle(_EDGE, stroke=BLUE, width=1.6),
        _rectangle(_EDGE + 4, stroke=GOLD, width=0.7),
        *_band(),
        _rectangle(_EDGE + _BAND - 4, stroke=GOLD, width=0.7),
        _rectangle(_EDGE + _BAND, stroke=BLUE, width=1.6),
    ]


def svg() -> str:
    """The ornament as a picture for a web page."""
    shapes = "".join(
        f'<polygon points="{" ".join(f"{x:.1f},{HEIGHT - y:.1f}" for x, y in shape.points)}"'
        f' fill="{shape.fill or "none"}"'
        + (f' stroke="{shape.stroke}" stroke-width="{shape.width}"' if shape.stroke else "")
        + "/>"
        for shape in ornament()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f"{shapes}</svg>"
    )


def star(
    x: float, y: float, radius: float, *, points: int = 8, inner: float = 0.765, turn: float = 0.0
) -> tuple[tuple[float, float], ...]:
    """The corners of a star.

    Args:
        x, y, radius: where, and how large.
        points: how many it has.
        inner: share of the radius at which its notches lie; 0.765 makes two squares laid crosswise.
        turn: in parts of the way from one point to the next.
    """
    return tuple(
        (
            x + length * math.cos(math.pi * (at + 2 * turn) / points),
            y + length * math.sin(math.pi * (at + 2 * turn) / points),
        )
        for at in range(2 * points)
        for length in (radius if at % 2 == 0 else radius * inner,)
    )


def _band() -> Iterator[Shape]:
    low = _EDGE + _BAND / 2
    right, high = WIDTH - low, HEIGHT - low
    across, up = (right - low) / _TILES_ACROSS, (high - low) / _TILES_UP
    places = [(low + across * at, y) for at in range(_TILES_ACROSS + 1) for y in (low, high)]
    places += [(x, low + up * at) for at in range(1, _TILES_UP) for x in (low, right)]
    for x, y in places:
        corner = x in (low, right) and y in (low, high)
        yield from _flower(x, y, 10.6 if corner else 7.6, corner=corner)
    for at in range(_TILES_ACROSS):
        for y in (low, high):
            yield Shape(star(low + across * (at + 0.5), y, 3.4, points=4, inner=0.5), CLAY)
    for at in range(_TILES_UP):
        for x in (low, right):
            yield Shape(star(x, low + up * (at + 0.5), 3.4, points=4, inner=0.5), CLAY)


def _flower(x: float, y: float, radius: float, *, corner: bool) -> Iterator[Shape]:
    yield Shape(star(x, y, radius), CLAY if corner else BLUE)
    yield Shape(star(x, y, radius * 0.62, turn=0.5), PAPER)
    yield Shape(star(x, y, radius * 0.42), GOLD)


def _rosette(x: float, y: float, radius: float) -> Iterator[Shape]:
    """A wheel of stars in a colour that hardly shows."""
    yield Shape(star(x, y, radius, points=24, inner=0.93), SHADE)
    yield Shape(star(x, y, radius * 0.88, points=24, inner=0.93, turn=0.5), PAPER)
    yield Shape(star(x, y, radius * 0.8, points=16, inner=0.8), SHADE)
    yield Shape(star(x, y, radius * 0.6, points=16, inner=0.8, turn=0.5), PAPER)
    yield Shape(star(x, y, radius * 0.5), SHADE)


def _rectangle(inset: float, *, fill: str = "", stroke: str = "", width: float = 0.0) -> Shape:
    right, high = WIDTH - inset, HEIGHT - inset
    corners = ((inset, inset), (right, inset), (right, high), (inset, high))
    return Shape(corners, fill, stroke, width)
