# SPDX-License-Identifier: GPL-3.0-or-later
"""Who signed something: a key that the policy trusts, one that it revoked, or a stranger."""

from appliance.content.pack.public_key import PublicKey, read_public_key
from appliance.content.pack.signature import Signature, check_signature
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.errors import RefusalError


def signer_of(message: bytes, signature: Signature, policy: StickPolicy) -> TrustedKey | None:
    """The trusted key that made a signature; None where no key with its id is known here.

    Args:
        message: what it shall be over.
        signature: as it was read.
        policy: trusted and revoked keys; a key that is both is revoked.

    Raises:
        RefusalError: key-revoked, or signature-wrong where a known key did not make it.
    """
    revoked = [key for key in map(_known, policy.revoked) if key]
    if any(_made(message, signature, key) for key in revoked):
        raise RefusalError("key-revoked", key=fingerprint_of(signature))
    trusted = [(one, key) for one in policy.keys if (key := _known(one.key))]
    for one, key in trusted:
        if key not in revoked and _made(message, signature, key):
            return one
    known = {*revoked, *(key for _, key in trusted)}
    if any(key.id == signature.key_id for key in known):
        raise RefusalError("signature-wrong")
    return None


def fingerprint_of(signature: Signature) -> str:
    """Of the key that is said to have made it; a claim, until it was checked."""
    return PublicKey(signature.key_id, b"").fingerprint


def _made(message: bytes, signature: Signature, key: PublicKey) -> bool:
    if key.id != signature.key_id:
        return False
    try:
        check_signature(message, signature, key)
    except RefusalError:
        return False
    return True


def _known(text: str) -> PublicKey | None:
    """A key of the policy; one that cannot be read counts for nothing."""
    try:
        return read_public_key(text)
    except RefusalError:
        return None
