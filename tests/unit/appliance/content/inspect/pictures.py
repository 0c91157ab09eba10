# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures drawn for tests."""

import io

from PIL import Image


def picture(size: tuple[int, int] = (64, 48), kind: str = "PNG", colour: str = "#205080") -> bytes:
    """A picture of one colour."""
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    return data.getvalue()
