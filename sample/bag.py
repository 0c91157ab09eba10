# SPDX-License-Identifier: GPL-3.0-or-later
"""Zip files whose bytes depend on nothing but what is in them."""

import zipfile

# One moment for everything that the sample library writes: the same texts give the same bytes.
MOMENT = (2026, 9, 1, 8, 0, 0)


def put(bag: zipfile.ZipFile, name: str, data: bytes, *, packed: bool = True) -> None:
    """Add a file; pictures need no packing."""
    entry = zipfile.ZipInfo(name, date_time=MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # Unix, whatever machine this runs on
    bag.writestr(entry, data)
