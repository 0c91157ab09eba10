# SPDX-License-Identifier: GPL-3.0-or-later
"""A key by which packs are signed, as the school knows it, and what can be wrong with one."""

from enum import StrEnum

import msgspec

from appliance.content.pack.public_key import in_groups, read_public_key
from appliance.errors import ApplianceError


class UnknownKeyError(ApplianceError):
    """There is no such key (any more)."""


class KeyKnownError(ApplianceError):
    """The key is trusted already."""


class KeyRevokedError(ApplianceError):
    """The key was revoked; it can neither be added again nor forgotten."""


class Source(StrEnum):
    """Who brought a key, or revoked it."""

    CARD = "card"
    PANEL = "panel"
    LIST = "list"


class PackKey(msgspec.Struct, frozen=True):
    """A key by which packs are signed.

    Attributes:
        key: minisign public key, 56 letters of base64.
        name: for people; may be empty.
        added: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; empty where it is not known.
        revoked: likewise; empty while the key is trusted.
        revoked_by: who revoked it, else empty.
    """

    id: int
    key: str
    name: str
    source: Source
    added: str
    revoked: str
    revoked_by: str

    @property
    def fingerprint(self) -> str:
        """Its number, in groups of four."""
        return in_groups(read_public_key(self.key).fingerprint)
