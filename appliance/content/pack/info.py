# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pack says of itself: ``chashma-pack.json``, a tag file beside ``bagit.txt``.

The bag (RFC 8493) lists it in its tag manifest, so the signature covers it.
"""

import datetime
import re

import msgspec

from appliance.errors import RefusalError

FILE_NAME = "chashma-pack.json"
FEED_NAME = "data/catalog.json"
"""The OPDS 2.0 feed of the payload."""

SIGNATURE_NAME = "tagmanifest-sha256.txt.minisig"
"""Minisign's signature over the tag manifest; no manifest lists it."""

_MOST_RETIRED = 100_000
_LONGEST_TEXT = 300
HIGHEST_VERSION = 10**15
_ID = re.compile(r"[a-z0-9-]{1,64}")
_MADE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_PROGRAM = re.compile(r"\d{1,4}(?:\.\d{1,4}){2}", re.ASCII)


class PackInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """The identity of a pack.

    Attributes:
        id: of the series, the same in each version: ``a-z0-9-``, 1 to 64 letters.
        version: grows with each pack of the series; by default the moment of its making as
            ``YYYYMMDDhhmm``, so that people can read it.
        title: by language code.
        publisher: who made it, for people.
        made: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        since: for an incremental pack: the version whose content it does not bring again; else 0.
        minimum: the oldest version of Chashma that can take it, as ``major.minor.patch``.
        retires: identifiers of publications of this series that shall leave the shelf.
    """

    id: str
    version: int
    title: dict[str, str]
    publisher: str = ""
    made: str = ""
    since: int = 0
    minimum: str = "0.1.0"
    retires: tuple[str, ...] = ()


def read_info(content: bytes) -> PackInfo:
    """What a pack says of itself, if it can be true.

    Raises:
        RefusalError: pack-info-wrong.
    """
    try:
        info = msgspec.json.decode(content, type=PackInfo)
        made = not info.made or datetime.datetime.fromisoformat(info.made)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as exc:
        raise RefusalError("pack-info-wrong") from exc
    texts = (info.publisher, *info.title, *info.title.values(), *info.retires)
    right = (
        _ID.fullmatch(info.id)
        and 0 < info.version <= HIGHEST_VERSION
        and 0 <= info.since < info.version
        and made
        and (not info.made or _MADE.fullmatch(info.made))
        and _PROGRAM.fullmatch(info.minimum)
        and all(len(text) <= _LONGEST_TEXT and text.isprintable() for text in texts)
        and len(info.retires) <= _MOST_RETIRED
        and all(one.startswith(f"urn:chashma:pack:{info.id}:") for one in info.retires)
    )
    if not right:
        raise RefusalError("pack-info-wrong")
    return info
