# SPDX-License-Identifier: GPL-3.0-or-later
"""What Raspberry Pi Imager asks of a repository, as a schema of our own.

Taken from ``doc/json-schema/os-list-schema.json`` (which fields an entry must have, their types)
and ``doc/schema-notes.md`` (devices, dates, values of ``init_format``) of raspberrypi/rpi-imager.
Stricter than theirs: what they do not know is refused, so that a slip of the pen is found.
"""

from typing import Any

_SUM = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BYTES = {"type": "integer", "minimum": 1}
_WORDS = {"type": "string", "minLength": 1}
_PICTURE = {"type": "string", "pattern": r"^(https://.+\.(png|svg)|data:image/svg\+xml;base64,.+)$"}
_TAGS = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"enum": ["pi3-64bit", "pi4-64bit", "pi5-64bit"]},
}

_ENTRY = {
    "type": "object",
    "required": [
        *("name", "description", "icon", "url", "devices", "release_date"),
        *("extract_size", "extract_sha256", "image_download_size"),
    ],
    "properties": {
        "name": _WORDS,
        "description": _WORDS,
        "icon": _PICTURE,
        "url": {"type": "string", "pattern": r"^(https|file)://.+\.(zip|gz|xz)$"},
        "website": {"type": "string", "format": "uri"},
        "release_date": {"type": "string", "format": "date"},
        "extract_size": _BYTES,
        "extract_sha256": _SUM,
        "image_download_size": _BYTES,
        "image_download_sha256": _SUM,
        "devices": _TAGS,
        "architecture": {"enum": ["armhf", "armv8"]},
        "init_format": {"enum": ["systemd", "cloudinit", "cloudinit-rpi", "none", ""]},
    },
    "additionalProperties": False,
}

_DEVICE = {
    "type": "object",
    "required": ["name", "tags", "matching_type"],
    "properties": {
        "name": _WORDS,
        "description": _WORDS,
        "icon": _PICTURE,
        "tags": _TAGS,
        "matching_type": {"enum": ["inclusive", "exclusive"]},
    },
    "additionalProperties": False,
}

SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["os_list"],
    "properties": {
        "imager": {
            "type": "object",
            "properties": {"devices": {"type": "array", "items": _DEVICE}},
            "additionalProperties": False,
        },
        "os_list": {"type": "array", "minItems": 1, "items": _ENTRY},
    },
    "additionalProperties": False,
}
