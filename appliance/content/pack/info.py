# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pack says of itself: ``chashma-pack.json``, a tag file beside ``bagit.txt``.

The bag (RFC 8493) lists it in its tag manifest, so the signature covers it.
"""

import msgspec

FILE_NAME = "chashma-pack.json"
FEED_NAME = "data/catalog.json"
"""The OPDS 2.0 feed of the payload."""

SIGNATURE_NAME = "tagmanifest-sha256.txt.minisig"
"""Minisign's signature over the tag manifest; no manifest lists it."""


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
