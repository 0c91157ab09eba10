# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose word a pack is: only here a Pack becomes a VerifiedPack."""

import datetime
import hashlib
from enum import StrEnum

from appliance.content.copy import Advance
from appliance.content.file_name import shown_name
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import Pack
from appliance.content.pack.signature import Signature
from appliance.content.pack.signer import fingerprint_of, signer_of
from appliance.content.pack.trusted_comment import read_comment
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.errors import RefusalError
from appliance.version import VERSION, version_numbers

_CHUNK = 1 << 20
_SEAL = object()


class Standing(StrEnum):
    """Who stands for a pack."""

    TRUSTED = "trusted"
    """Signed by a key of the policy."""

    UNKNOWN = "unknown"
    """Signed, as it says, by a key that nobody here knows."""

    UNSIGNED = "unsigned"


class VerifiedPack:
    """A pack whose signature was checked; only ``verify_pack`` can make one.

    Attributes:
        pack: the pack.
        standing: who stands for it.
        key: the trusted key; None unless the standing is trusted.
        fingerprint: of the key that is said to have signed it, 16 hexadecimal digits; for an
            unknown key it is a claim; empty for an unsigned pack.
        until: last day of a trusted signature, if it has one.
    """

    def __init__(
        self,
        seal: object,
        pack: Pack,
        *,
        key: TrustedKey | None = None,
        until: datetime.date | None = None,
    ) -> None:
        """Not for others.

        Raises:
            TypeError: somebody else than ``verify_pack`` calls.
        """
        if seal is not _SEAL:
            raise TypeError("only verify_pack makes a VerifiedPack")
        self.pack = pack
        self.key = key
        self.until = until
        self.fingerprint = fingerprint_of(pack.signature) if pack.signature else ""
        signed = Standing.UNKNOWN if pack.signature else Standing.UNSIGNED
        self.standing = Standing.TRUSTED if key else signed


def verify_pack(pack: Pack, policy: StickPolicy, today: datetime.date | None) -> VerifiedPack:
    """Check a pack's signature by the keys of the policy.

    Args:
        pack: as it was read.
        policy: the keys that are trusted, and those that are revoked.
        today: None where the box does not know the date; then nothing has expired.

    Raises:
        RefusalError: signature-wrong, signature-other-pack, signature-expired, key-revoked, or
            pack-needs-newer where this Chashma is too old for it.
    """
    if version_numbers(pack.info.minimum) > version_numbers(VERSION):
        raise RefusalError("pack-needs-newer", version=pack.info.minimum, own=VERSION)
    if not pack.signature:
        return VerifiedPack(_SEAL, pack)
    key = signer_of(pack.bag.tag_manifest, pack.signature, policy)
    until = _checked_until(pack.info, pack.signature, today)
    return VerifiedPack(_SEAL, pack, key=key, until=until if key else None)


def check_payload(verified: VerifiedPack, advance: Advance) -> None:
    """Read everything and compare it with the hashes of manifest and feed.

    Args:
        verified: the pack.
        advance: called with the number of bytes done since the last call; may raise to stop.

    Raises:
        RefusalError: pack-file-damaged, or as ``Pack.open``.
    """
    bag = verified.pack.bag
    for number in range(len(bag.manifest.paths)):
        path = bag.manifest.paths[number]
        stream, _ = bag.carrier.open(path)
        digest = hashlib.sha256()
        with stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                advance(len(chunk))
        if digest.hexdigest() != bag.manifest.digest(number):
            raise RefusalError("pack-file-damaged", path=shown_name(path))
    _check_split_files(verified.pack)


def _checked_until(
    info: PackInfo, signature: Signature, today: datetime.date | None
) -> datetime.date | None:
    said = read_comment(signature.trusted_comment)
    if (said.id, said.version, said.made) != (info.id, info.version, info.made):
        raise RefusalError("signature-other-pack")
    if said.until and today and today > said.until:
        raise RefusalError("signature-expired", date=said.until.isoformat())
    return said.until


def _check_split_files(pack: Pack) -> None:
    """The manifest has the hashes of the parts; that of the whole stands in the feed alone."""
    for publication in pack.publications:
        cover = (publication.cover,) if publication.cover else ()
        for file in (*publication.files, *publication.captions, *cover):
            if len(file.parts) == 1:
                continue
            digest = hashlib.sha256()
            with pack.open(file) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
            if digest.hexdigest() != file.sha256:
                raise RefusalError("pack-file-damaged", path=shown_name(file.name))
