# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers: a small WebP of the best picture there is, or a calm card with the title, as PNG."""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from appliance.content.inspect.inspection import COVER_FILE, DRAWN_COVER_FILE
from appliance.content.inspect.staged import Staged
from appliance.content.item import Kind
from appliance.errors import RefusalError

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
_WIDTH, _HEIGHT = 400, 600
_MOST_BYTES = 25_000
_QUALITIES = (80, 60, 40)
# A picture smaller than this is an icon: it goes on a card.
_ICON = 120
_ICON_SHOWN = 96
_CARD = (300, 400)
_WIDE_CARD = (400, 300)
_WIDE = frozenset({Kind.VIDEO, Kind.AUDIO, Kind.ALBUM})
_INK = "#ffffff"
# One hue for each kind, dark enough for white letters (contrast over 7).
_COLOURS = {
    Kind.ZIM: "#1f5673",
    Kind.PDF: "#6b3a3a",
    Kind.EPUB: "#3d5a40",
    Kind.VIDEO: "#4a4263",
    Kind.AUDIO: "#5c4a2a",
    Kind.ALBUM: "#2f5d62",
    Kind.HTML: "#44525e",
    Kind.APP: "#3f4f3a",
    Kind.PAGE: "#4d4a3a",
    Kind.COURSE: "#274d6b",
    Kind.QUIZ: "#5a3d5c",
    Kind.H5P: "#6a3d5a",
    Kind.SCORM: "#44525e",
}
_SHADES = 8
"""Enough for smooth letters, and few enough for a small PNG."""

_ALL_INK = 255
_IN_SHADES = [round(ink * (_SHADES - 1) / _ALL_INK) for ink in range(_ALL_INK + 1)]
_FONT = "DejaVuSans.ttf"
_LETTERS, _LINE = 26, 34
PICTURE_ERRORS = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)

# open_picture() has a stricter limit, and raises an error where Pillow only warns.
Image.MAX_IMAGE_PIXELS = None


def make_cover(staged: Staged, kind: Kind, title: str, candidates: Iterable[bytes | Path]) -> str:
    """Write the cover of an item from the first picture that can be read, else draw one.

    A picture that came with the file goes before what the file holds.

    Returns:
        The name of the cover file in the item's folder.
    """
    own = [staged.picture] if staged.picture else []
    for candidate in (*own, *candidates):
        picture = _small(candidate)
        if picture is not None:
            if max(picture.size) < _ICON:
                picture = _card(kind, title, picture)
            return _save(staged, picture)
    (staged.folder / DRAWN_COVER_FILE).write_bytes(_drawn(_card(kind, title, None)))
    return DRAWN_COVER_FILE


def example_cover() -> bytes:
    """A card that nobody sees: to write it both ways, Pillow loads all that it ever loads."""
    card = _card(Kind.AUDIO, "Aa", None)
    return _drawn(card) + _encoded(card.convert("RGB"))


def open_picture(source: bytes | Path) -> Image.Image:
    """Open a picture of a kind that browsers show, without decoding it yet.

    Raises:
        RefusalError: not-what-name-says, damaged or too-large-picture.
    """
    try:
        picture = Image.open(
            io.BytesIO(source) if isinstance(source, bytes) else source, formats=PICTURE_FORMATS
        )
    except Image.DecompressionBombError as exc:
        raise RefusalError("too-large-picture") from exc
    except UnidentifiedImageError as exc:
        raise RefusalError("not-what-name-says", expected="JPEG, PNG, WebP, GIF") from exc
    except PICTURE_ERRORS as exc:
        raise RefusalError("damaged") from exc
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise RefusalError("too-large-picture", width=width, height=height)
    return picture


def _small(source: bytes | Path) -> Image.Image | None:
    """The picture, upright and no larger than a cover; None if it cannot be read."""
    if not source:
        return None
    try:
        with open_picture(source) as picture:
            picture.draft("RGB", (_WIDTH * 2, _HEIGHT * 2))  # lets JPEG decode to less
            upright: Image.Image = ImageOps.exif_transpose(picture) or picture
            upright.thumbnail((_WIDTH, _HEIGHT))
            return _flat(upright)
    except (RefusalError, *PICTURE_ERRORS):
        return None


def _flat(picture: Image.Image) -> Image.Image:
    """In RGB, what is transparent on white."""
    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    coloured = picture.convert("RGBA")
    ground = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(ground, coloured).convert("RGB")


def _card(kind: Kind, title: str, icon: Image.Image | None) -> Image.Image:
    """A card in the colour of its kind: the icon if there is one, and the title, in its middle."""
    size = _WIDE_CARD if kind in _WIDE else _CARD
    shown = ImageOps.contain(icon, (_ICON_SHOWN, _ICON_SHOWN)) if icon is not None else None
    icon_height = shown.height + _LINE if shown is not None else 0
    ink, top = _ink(size, title, icon_height)
    ink.putpalette(_shades(kind))
    if shown is None:
        return ink
    card = ink.convert("RGB")
    card.paste(shown, ((card.width - shown.width) // 2, top))
    return card


def _ink(size: tuple[int, int], title: str, icon_height: int) -> tuple[Image.Image, int]:
    """How much ink is where on a card, 0 to ``_SHADES`` - 1, and where its icon goes."""
    width, height = size
    ink = Image.new("L", size)
    draw = ImageDraw.Draw(ink)
    draw.rectangle((14, 14, width - 15, height - 15), outline=_ALL_INK, width=2)
    try:
        font = _font()
        lines = _lines(title, font, width - 64)[: (height - 72 - icon_height) // _LINE]
    except OSError:  # without the font there is no card with letters, but still a card
        font, lines = None, []
    top = (height - icon_height - len(lines) * _LINE) // 2
    for number, line in enumerate(lines):
        place = (width / 2, top + icon_height + number * _LINE)
        draw.text(place, line, fill=_ALL_INK, font=font, anchor="ma")
    return ink.point(_IN_SHADES), top


@cache
def _shades(kind: Kind) -> list[int]:
    """The palette of a card: from the colour of its kind to that of the ink."""
    ground, ink = ImageColor.getrgb(_COLOURS[kind]), ImageColor.getrgb(_INK)
    return [
        round(below + (above - below) * shade / (_SHADES - 1))
        for shade in range(_SHADES)
        for below, above in zip(ground, ink, strict=True)
    ]


@cache
def _font() -> ImageFont.FreeTypeFont:
    """Remembered, because Pillow looks through all folders of fonts for it.

    Raises:
        OSError: the computer has no such font.
    """
    return ImageFont.truetype(_FONT, _LETTERS)


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text[:200].split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _save(staged: Staged, picture: Image.Image) -> str:
    data = _encoded(picture)
    while len(data) > _MOST_BYTES and min(picture.size) > _ICON:
        picture.thumbnail((picture.width * 3 // 4, picture.height * 3 // 4))
        data = _encoded(picture)
    (staged.folder / COVER_FILE).write_bytes(data)
    return COVER_FILE


def _drawn(card: Image.Image) -> bytes:
    """PNG of a card of few colours, made quickly."""
    data = io.BytesIO()
    card.save(data, "PNG", compress_level=1)
    return data.getvalue()


def _encoded(picture: Image.Image) -> bytes:
    """WebP, as good as the size allows."""
    for quality in _QUALITIES:
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=4)
        if data.tell() <= _MOST_BYTES:
            break
    return data.getvalue()
