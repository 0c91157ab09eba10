# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths in a bag: those that mean the same file on every system, and nothing outside the bag."""

import re

from appliance.content.file_name import shown_name
from appliance.errors import RefusalError

PAYLOAD = "data/"
_DEEPEST = 24
_LONGEST_PART = 255
# What FAT, NTFS or a terminal takes for something else than a letter of a name.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\<>:"|?*]')
# Names that Windows gives to devices, with any ending.
_DEVICE = re.compile(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.[^/]*)?(?:/|$)",
    re.IGNORECASE,
)


def checked_path(path: str) -> str:
    """The path, if it is a plain one: relative, with ``/``, at most 24 deep, 255 bytes a part.

    Raises:
        RefusalError: unsafe-names.
    """
    parts = path.split("/")
    if (
        len(parts) > _DEEPEST
        or _FORBIDDEN.search(path)
        or _DEVICE.search(path)
        or any(part in ("", ".", "..") or part[-1] in ". " for part in parts)
        or any(len(part.encode("utf-8")) > _LONGEST_PART for part in parts)
    ):
        raise RefusalError("unsafe-names", path=shown_name(path))
    return path


def decoded_path(raw: bytes) -> str:
    """A path as a manifest or an archive writes it, in UTF-8; checked.

    Raises:
        RefusalError: unsafe-names.
    """
    try:
        return checked_path(raw.decode("utf-8"))
    except UnicodeDecodeError as exc:
        raise RefusalError("unsafe-names", path=shown_name(raw.decode("cp866"))) from exc
