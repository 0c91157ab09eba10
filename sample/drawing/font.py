# SPDX-License-Identifier: GPL-3.0-or-later
"""The fonts that the sample library is set in."""

from functools import cache
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/TTF"),
    Path("/usr/share/fonts/dejavu-sans-fonts"),
)


class FontMissingError(Exception):
    """No font with the letters of Tajik was found on this machine."""


@cache
def font_path(*, bold: bool = False) -> Path:
    """The file of DejaVu Sans, which has every Tajik letter and may be embedded freely.

    Raises:
        FontMissingError: Debian's ``fonts-dejavu-core`` is not installed.
    """
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    raise FontMissingError(f"{name} not found: install fonts-dejavu-core")
