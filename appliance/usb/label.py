# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that sticks bring with them, made fit for people's eyes."""

import re
import unicodedata

_LONGEST = 64
_ESCAPE = re.compile(rb"\\x([0-9a-fA-F]{2})")
_UNSEEN = ("C", "Zl", "Zp")


def decode_udev(text: str) -> str:
    r"""The printable name for a value of udev's that ends in ``_ENC``.

    There ``\x20`` stands for a byte that udev thinks unsafe (``udev_util_encode_string``). Windows
    and DOS write the label of a FAT file system in the code page of their country, which for
    Cyrillic is 866; whatever is no UTF-8 is read as that.
    """
    raw = _ESCAPE.sub(
        lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "surrogateescape")
    )
    try:
        return printable(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return printable(raw.decode("cp866", "replace"))


def printable(text: str) -> str:
    """One line of letters, figures and signs, at most 64; nothing that turns the writing around."""
    seen = "".join(
        " " if one.isspace() else one
        for one in unicodedata.normalize("NFC", text)
        if one.isspace() or not unicodedata.category(one).startswith(_UNSEEN)
    )
    return " ".join(seen.split())[:_LONGEST].strip()
