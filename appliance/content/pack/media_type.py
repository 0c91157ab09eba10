# SPDX-License-Identifier: GPL-3.0-or-later
"""Media types of the files in a pack, told from their names."""

import mimetypes
from pathlib import PurePath

_TYPES = {
    ".apk": "application/vnd.android.package-archive",
    ".epub": "application/epub+zip",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".gift": "text/plain",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zim": "application/x-zim",
    ".zip": "application/zip",
}


def media_type(name: str) -> str:
    """The type of a file; what nobody knows is a stream of bytes."""
    suffix = PurePath(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(f"a{suffix}")[0] or "application/octet-stream"
