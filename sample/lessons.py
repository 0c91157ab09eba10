# SPDX-License-Identifier: GPL-3.0-or-later
"""The interactive page as a zip of HTML."""

import zipfile
from pathlib import Path

from sample.bag import put
from sample.drawing.gallery import encoded, icon

PAPER = "#eef6fb"  # as in style.css
PAGES = Path(__file__).parent / "trainer"


def write_trainer(file: Path) -> None:
    """Write the times table trainer."""
    with zipfile.ZipFile(file, "w") as bag:
        for page in sorted(PAGES.iterdir()):
            put(bag, page.name, page.read_bytes())
        put(bag, "drop.png", encoded(icon("drop", 240, PAPER), "PNG"), packed=False)
