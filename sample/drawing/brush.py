# SPDX-License-Identifier: GPL-3.0-or-later
"""A brush for calm flat drawings: it draws large with Pillow and shrinks to smooth edges."""

import math
from collections.abc import Callable, Sequence
from typing import Self

from PIL import Image, ImageDraw, ImageFont

from sample.drawing.font import font_path

Point = tuple[float, float]
Drawing = Callable[["Brush"], None]

OVERSAMPLING = 3


class Brush:
    """Draws in its own units: (0, 0) is its upper left corner, y grows downwards.

    A picture of ``new`` is 100 units high; ``at`` gives a brush for a part of it.
    """

    def __init__(self, image: Image.Image, *, left: float, top: float, unit: float) -> None:
        self.image = image
        self.left, self.top, self.unit = left, top, unit
        self._draw = ImageDraw.Draw(image)

    @classmethod
    def new(cls, width: int, height: int, background: str) -> Self:
        """A brush on an empty picture that ``picture`` will give back in this size (pixels)."""
        size = (width * OVERSAMPLING, height * OVERSAMPLING)
        return cls(Image.new("RGB", size, background), left=0, top=0, unit=size[1] / 100)

    def at(self, x: float, y: float, scale: float = 1.0) -> "Brush":
        """A brush whose (0, 0) lies at (x, y) of this one and whose units are ``scale`` as big."""
        left, top = self._pixel((x, y))
        return Brush(self.image, left=left, top=top, unit=self.unit * scale)

    def picture(self) -> Image.Image:
        """The finished picture."""
        size = (self.image.width // OVERSAMPLING, self.image.height // OVERSAMPLING)
        return self.image.resize(size, Image.Resampling.BOX)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """A polygon."""
        self._draw.polygon([self._pixel(point) for point in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """A closed smooth shape through the points."""
        self.shape(smooth([*points[-1:], *points, *points[:2]]), fill)

    def land(self, points: Sequence[Point], bottom: float, fill: str) -> None:
        """Everything from a smooth skyline, left to right, down to ``bottom``."""
        skyline = smooth([points[0], *points, points[-1]])
        self.shape([*skyline, (points[-1][0], bottom), (points[0][0], bottom)], fill)

    def ellipse(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        """An ellipse around (x, y) with these two radii."""
        box = [self._pixel((x - across, y - down)), self._pixel((x + across, y + down))]
        self._draw.ellipse(box, fill=fill)

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """A disc around (x, y)."""
        self.ellipse(x, y, radius, radius, fill)

    def box(
        self, x: float, y: float, wide: float, high: float, fill: str, round_: float = 0
    ) -> None:
        """A rectangle with its upper left corner at (x, y) and corners of radius ``round_``."""
        corners = [self._pixel((x, y)), self._pixel((x + wide, y + high))]
        self._draw.rounded_rectangle(corners, radius=round_ * self.unit, fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line through the points with round ends and bends."""
        pixels = [self._pixel(point) for point in points]
        self._draw.line(pixels, fill=fill, width=max(1, round(width * self.unit)), joint="curve")
        for x, y in points:
            self.circle(x, y, width / 2, fill)

    def curve(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A smooth line through the points."""
        self.line(smooth([points[0], *points, points[-1]]), fill, width)

    def slice(
        self, x: float, y: float, radius: float, angles: tuple[float, float], fill: str
    ) -> None:
        """A slice of a disc, between two angles in degrees, clockwise from three o'clock."""
        box = [self._pixel((x - radius, y - radius)), self._pixel((x + radius, y + radius))]
        self._draw.pieslice(box, angles[0], angles[1], fill=fill)

    def text(
        self, x: float, y: float, words: str, size: float, fill: str, *, bold: bool = True
    ) -> None:
        """Words centred on (x, y), ``size`` units high."""
        font = ImageFont.truetype(str(font_path(bold=bold)), round(size * self.unit))
        self._draw.text(self._pixel((x, y)), words, font=font, fill=fill, anchor="mm")

    def _pixel(self, point: Point) -> Point:
        return (self.left + point[0] * self.unit, self.top + point[1] * self.unit)


def smooth(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A Catmull-Rom curve through all points but the first and the last, which only steer it."""
    curve: list[Point] = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-2]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t * t * t
    ) / 2


def ring(x: float, y: float, radius: float, count: int, start: float = -90) -> list[Point]:
    """``count`` points evenly around (x, y); ``start`` in degrees, -90 is the top."""
    angles = [math.radians(start + 360 * number / count) for number in range(count)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
