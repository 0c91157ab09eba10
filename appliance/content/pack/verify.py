# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose word a pack is: only here a Pack becomes a VerifiedPack."""

import datetime
from collections.abc import Callable
from enum import StrEnum

from appliance.content.pack.pack import Pack
from appliance.content.policy import StickPolicy, TrustedKey


class Standing(StrEnum):
    """Who stands for a pack."""

    TRUSTED = "trusted"
    """Signed by a key of the policy."""

    UNKNOWN = "unknown"
    """Signed, and whole, by a key that nobody here knows."""

    UNSIGNED = "unsigned"


class VerifiedPack:
    """A pack whose signature was checked; only ``verify_pack`` makes one.

    Attributes:
        pack: the pack.
        standing: who stands for it.
        key: the trusted key; None unless the standing is trusted.
        fingerprint: of the key that is said to have signed it, 16 hexadecimal digits; for an
            unknown key it is a claim; empty for an unsigned pack.
        until: ``YYYY-MM-DD``, the last day of the signature; empty: it has none.
    """

    pack: Pack
    standing: Standing
    key: TrustedKey | None
    fingerprint: str
    until: str


def verify_pack(pack: Pack, policy: StickPolicy, today: datetime.date | None) -> VerifiedPack:
    """Check a pack's signature by the keys of the policy.

    Args:
        pack: as it was read.
        policy: the keys that are trusted, and those that are revoked.
        today: None where the box does not know the date; then nothing has expired.

    Raises:
        RefusalError: signature-wrong, signature-other-pack, signature-expired, key-revoked, or
            pack-needs-newer where the box is too old for it.
    """
    raise NotImplementedError


def check_payload(verified: VerifiedPack, advance: Callable[[int], None]) -> None:
    """Read everything and compare it with the manifest.

    Args:
        verified: the pack.
        advance: called with bytes done since the last call.

    Raises:
        RefusalError: pack-file-damaged, or as ``Pack.open``.
    """
    raise NotImplementedError
