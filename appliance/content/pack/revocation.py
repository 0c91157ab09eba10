# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of keys that count no longer: ``revoked-keys.txt``, signed by a key that does.

One public key a line, as 56 letters of base64; after it, and after ``#``, whatever helps people.
"""

from pathlib import Path

import msgspec

from appliance.content.pack.bag import read_file
from appliance.content.pack.carrier import Carrier, carrier_of
from appliance.content.pack.pack import Pack
from appliance.content.pack.public_key import read_public_key
from appliance.content.pack.signature import MOST_BYTES as MOST_SIGNATURE_BYTES
from appliance.content.pack.signature import read_signature
from appliance.content.pack.signer import signer_of
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.errors import RefusalError

LIST_NAME = "revoked-keys.txt"
LIST_SIGNATURE_NAME = f"{LIST_NAME}.minisig"
COMMENT = "chashma revoked keys"
"""What the trusted comment begins with, so that no other signed file passes for a list."""

_MOST_BYTES = 256 * 1024
_MOST_KEYS = 1000


class RevokedKeys(msgspec.Struct, frozen=True):
    """A list that was checked.

    Attributes:
        keys: public keys that count no longer, as the policy writes them.
        signer: who says so.
    """

    keys: tuple[str, ...]
    signer: TrustedKey


def read_revoked_keys(content: bytes, signature: bytes, policy: StickPolicy) -> RevokedKeys:
    """Check a list by the keys of the policy.

    The list adds to what was revoked before; nothing in it makes a key count again.

    Args:
        content: of ``revoked-keys.txt``.
        signature: of the file beside it.
        policy: who is trusted; who is revoked cannot sign a list.

    Raises:
        RefusalError: revoked-keys-wrong, signature-unreadable, signature-wrong, key-revoked, or
            signature-unknown where no trusted key made it.
    """
    said = read_signature(signature)
    signer = signer_of(content, said, policy)
    if not signer:
        raise RefusalError("signature-unknown")
    if not said.trusted_comment.startswith(COMMENT):
        raise RefusalError("revoked-keys-wrong")
    try:
        lines = [line.partition("#")[0].split() for line in content.decode("utf-8").splitlines()]
        keys = dict.fromkeys(read_public_key(words[0]).text for words in lines if words)
    except (UnicodeDecodeError, RefusalError) as exc:
        raise RefusalError("revoked-keys-wrong") from exc
    if len(keys) > _MOST_KEYS:
        raise RefusalError("revoked-keys-wrong")
    return RevokedKeys(tuple(keys), signer)


def find_revoked_keys(place: Path | Pack, policy: StickPolicy) -> RevokedKeys | None:
    """The list that lies right in a folder or beside a pack's tag files; None where there is none.

    Raises:
        RefusalError: as ``read_revoked_keys``, or as reading.
    """
    carrier = place.bag.carrier if isinstance(place, Pack) else carrier_of(place)
    content = _read(carrier, LIST_NAME, _MOST_BYTES)
    if content is None:
        return None
    signature = _read(carrier, LIST_SIGNATURE_NAME, MOST_SIGNATURE_BYTES)
    if signature is None:
        raise RefusalError("signature-unknown")
    return read_revoked_keys(content, signature, policy)


def _read(carrier: Carrier, name: str, limit: int) -> bytes | None:
    try:
        return read_file(carrier, name, limit)
    except RefusalError as exc:
        if exc.code == "pack-file-missing":
            return None
        raise
