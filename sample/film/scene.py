# SPDX-License-Identifier: GPL-3.0-or-later
"""What the film shows at a second: where the camera stands, and who is on the stage."""

import math
from collections.abc import Callable
from functools import cache

from PIL import Image

from sample.drawing import colour as c
from sample.drawing import nature
from sample.drawing.brush import Brush, Point, smooth
from sample.film.panorama import HEIGHT, LENGTH, SPRING, SUMMIT, draw_panorama, river_height

WIDTH = 640
VIEW = WIDTH / HEIGHT * 100
SECONDS = 48.0
PEAK_OF_MELTING, RIVER_START, SEA_START, RISE_START = 5.0, 9.0, 26.0, 30.0
DRIFT_START, GREY_START, SNOW_START, END_START = 34.0, 38.5, 41.0, 45.0
AFLOAT: Point = (888.0, 70.0)
CLOUD_HEIGHT = 20.0
# Down the right flank of the mountain and over the meadow to the rock of the spring.
SLOPE = smooth(
    [SUMMIT, SUMMIT, (96, 26), (114, 46), (130, 60), (146, 58), (158, 59), SPRING], steps=40
)
TITLE = ("Роҳи об", "Путь воды · The way of water")
FAREWELL = ("Обро эҳтиёт кунем!", "Бережём воду! · Let us save water!")


def frame(second: float) -> Image.Image:
    """The picture at a second, 640 by 360 pixels."""
    camera = _camera(second)
    left = round(camera * HEIGHT / 100)
    picture = _panorama().crop((left, 0, left + WIDTH, HEIGHT))
    _paste(picture, _sprite("sun", 26, 0), (camera + VIEW - 24, 18), camera)
    for number, start in enumerate((112, 280, 470, 690, 900)):
        x = start + second * 1.5 + number * 9
        _paste(picture, _sprite("cloud", 24, 0), (x, 13 + number % 3 * 6), camera)
    _actors(picture, second, camera)
    if second < PEAK_OF_MELTING - 1:
        _words(picture, TITLE)
    if second >= END_START:
        _words(picture, FAREWELL)
    return _faded(picture, second)


def _actors(picture: Image.Image, second: float, camera: float) -> None:
    if second < RISE_START:
        bob = math.sin(second * 4) * 1.2
        x, y = _drop_place(second)
        size = 20 * _ease(second, 2.5, 4.5)
        if size > 1:
            tilt = round(math.sin(second * 3) * 8)
            _paste(picture, _sprite("drop", round(size), tilt), (x, y + bob), camera)
    elif second < DRIFT_START:
        _vapour(picture, second, camera)
    if second >= DRIFT_START - 2:
        _traveller(picture, second, camera)


def _drop_place(second: float) -> Point:
    """Where the drop is, until it rises from the sea."""
    if second < RIVER_START:
        part = _ease(second, PEAK_OF_MELTING, RIVER_START)
        return SLOPE[round(part * (len(SLOPE) - 1))]
    part = _ease(second, RIVER_START, SEA_START)
    x = SPRING[0] + (AFLOAT[0] - SPRING[0]) * part
    y = river_height(x) - 7
    to_sea = max(0.0, min(1.0, (x - 780) / 60))
    return (x, y * (1 - to_sea) + (AFLOAT[1] - 6) * to_sea)


def _vapour(picture: Image.Image, second: float, camera: float) -> None:
    """The drop grows pale and small while it rises; others rise with it."""
    part = _ease(second, RISE_START, DRIFT_START)
    for number, shift in enumerate((-34, -20, -8, 0, 12, 26, 40)):
        late = part - abs(shift) / 160
        if 0 < late < 1:
            x = AFLOAT[0] + shift * (1 - part * 0.7) + math.sin(second * 3 + number) * 1.5
            y = AFLOAT[1] - 6 - (AFLOAT[1] - 6 - CLOUD_HEIGHT) * late
            size = round((15 if shift == 0 else 7) * (1 - 0.6 * late))
            _paste(picture, _sprite("vapour", size, 0), (x, y), camera)


def _traveller(picture: Image.Image, second: float, camera: float) -> None:
    """The cloud that carries the water home, and the snow that falls from it."""
    grow = _ease(second, DRIFT_START - 2, DRIFT_START + 1)
    home = _ease(second, DRIFT_START, SNOW_START)
    x = AFLOAT[0] + (SUMMIT[0] + 16 - AFLOAT[0]) * home
    if second >= SNOW_START - 0.5:
        for number in range(26):
            start = (number * 37 % 100) / 100
            fall = (second * 0.45 + start) % 1
            place = (x - 20 + number * 1.6 + math.sin(second * 2 + number) * 2, 26 + fall * 32)
            _paste(picture, _sprite("flake", 3, 0), place, camera)
    kind = "traveller" if second < GREY_START else "grey"
    if grow > 0:
        _paste(picture, _sprite(kind, max(2, round(46 * grow)), 0), (x, CLOUD_HEIGHT), camera)


def _camera(second: float) -> float:
    """The x of the picture's left edge."""
    end = LENGTH - VIEW
    if second < RIVER_START:
        return 0.0
    if second < DRIFT_START:
        return max(0.0, min(end, _drop_place(min(second, SEA_START))[0] - VIEW * 0.45))
    return max(0.0, min(end, end - end * _ease(second, DRIFT_START, SNOW_START)))


def _ease(second: float, start: float, end: float) -> float:
    """0 before ``start``, 1 after ``end``, and between them a soft way up."""
    part = max(0.0, min(1.0, (second - start) / (end - start)))
    return part * part * (3 - 2 * part)


@cache
def _panorama() -> Image.Image:
    return draw_panorama()


def _flake(b: Brush) -> None:
    b.circle(50, 50, 40, c.WHITE)


def _vapour_drop(b: Brush) -> None:
    b.circle(50, 50, 46, "#e6f3fa")
    b.circle(50, 50, 30, c.WHITE)


def _with_face(fill: str) -> Callable[[Brush], None]:
    def draw(b: Brush) -> None:
        nature.cloud(b, fill)
        for x in (44, 60):
            b.circle(x, 52, 2.6, c.INK)
        b.curve([(46, 60), (52, 63), (58, 60)], c.INK, 1.8)

    return draw


SPRITES: dict[str, Callable[[Brush], None]] = {
    "sun": nature.sun,
    "cloud": nature.cloud,
    "drop": nature.drop,
    "flake": _flake,
    "vapour": _vapour_drop,
    "traveller": _with_face(c.WHITE),
    "grey": _with_face("#cbd5de"),
}


@cache
def _sprite(name: str, size: int, tilt: int) -> Image.Image:
    """A figure ``size`` units high on nothing, turned by ``tilt`` degrees."""
    side = round(size * HEIGHT / 100)
    large = Image.new("RGBA", (side * 4, side * 4), (255, 255, 255, 0))
    SPRITES[name](Brush(large, left=0, top=0, unit=side * 4 / 100))
    turned = large.rotate(tilt, Image.Resampling.BICUBIC) if tilt else large
    return turned.resize((side, side), Image.Resampling.LANCZOS)


def _paste(picture: Image.Image, sprite: Image.Image, place: Point, camera: float) -> None:
    x = round((place[0] - camera) * HEIGHT / 100 - sprite.width / 2)
    y = round(place[1] * HEIGHT / 100 - sprite.height / 2)
    picture.paste(sprite, (x, y), sprite)


def _words(picture: Image.Image, words: tuple[str, str]) -> None:
    """Two lines on a pale band, as large as a phone needs."""
    brush = Brush(picture, left=0, top=0, unit=HEIGHT / 100)
    brush.box(VIEW / 2 - 70, 36, 140, 30, c.CREAM, 4)
    brush.text(VIEW / 2, 46, words[0], 10.5, c.WATER_DEEP)
    brush.text(VIEW / 2, 59, words[1], 5.6, c.INK, bold=False)


def _faded(picture: Image.Image, second: float) -> Image.Image:
    """Out of white at the start, into white at the end."""
    light = _ease(second, 0, 0.8) * (1 - _ease(second, SECONDS - 1, SECONDS))
    return Image.blend(Image.new("RGB", picture.size, c.WHITE), picture, light)
