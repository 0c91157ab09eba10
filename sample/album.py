# SPDX-License-Identifier: GPL-3.0-or-later
"""The albums: pictures with their name under them, in the formats that phones make."""

from pathlib import Path

from PIL import Image

from sample.drawing import colour
from sample.drawing.brush import Brush
from sample.drawing.gallery import ICONS, encoded

WIDTH, HEIGHT = 800, 600
# Picture, its Tajik name (which is its file's name too), background, format.
ANIMALS = (
    ("cat", "Гурба", colour.SKY_WARM, "JPEG"),
    ("dog", "Саг", colour.SKY, "JPEG"),
    ("cow", "Гов", colour.GRASS_LIGHT, "WEBP"),
    ("sheep", "Гӯсфанд", colour.GRASS_LIGHT, "WEBP"),
    ("hen", "Мурғ", colour.SKY, "PNG"),
    ("rabbit", "Харгӯш", colour.GRASS_LIGHT, "JPEG"),
    ("fish", "Моҳӣ", colour.SKY, "PNG"),
    ("bird", "Парранда", colour.SKY_WARM, "WEBP"),
    ("butterfly", "Шапалак", colour.GRASS_LIGHT, "JPEG"),
)
SHAPES = (
    ("circle", "Доира", colour.SKY_WARM, "PNG"),
    ("square", "Мураббаъ", colour.SKY, "PNG"),
    ("triangle", "Секунҷа", colour.SKY_WARM, "PNG"),
    ("rectangle", "Росткунҷа", colour.SKY, "WEBP"),
    ("star", "Ситора", colour.SKY, "WEBP"),
    ("heart", "Дил", colour.SKY_WARM, "JPEG"),
    ("oval", "Байзашакл", colour.GRASS_LIGHT, "JPEG"),
)
ENDINGS = {"JPEG": "jpg", "WEBP": "webp", "PNG": "png"}


def write_album(pictures: tuple[tuple[str, str, str, str], ...], folder: Path) -> None:
    """Write the pictures into a new folder."""
    folder.mkdir()
    for number, (name, word, background, format_) in enumerate(pictures, start=1):
        file = folder / f"{number} {word}.{ENDINGS[format_]}"
        file.write_bytes(encoded(_picture(name, word, background), format_))


def _picture(name: str, word: str, background: str) -> Image.Image:
    brush = Brush.new(WIDTH, HEIGHT, background)
    brush.box(0, 82, 134, 18, colour.WHITE)
    brush.circle(66.6, 42, 37, colour.WHITE)
    ICONS[name](brush.at(36.6, 12, 0.6))
    brush.text(66.6, 91, word, 11, colour.INK)
    return brush.picture()
