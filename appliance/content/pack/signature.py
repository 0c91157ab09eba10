# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures in minisign's format: https://jedisct1.github.io/minisign/#signature-format."""

import base64
import binascii
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from appliance.content.pack.public_key import ALGORITHM, PublicKey
from appliance.content.pack.secret_key import SecretKey
from appliance.errors import RefusalError

MOST_BYTES = 8192
"""Of a signature file; minisign itself takes trusted comments of 8 KiB, ours have 120 letters."""

_PREHASHED = b"ED"
_SIGNATURE_BYTES = 74
_GLOBAL_BYTES = 64
_LINES = 4
_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "


class Signature(msgspec.Struct, frozen=True):
    """A ``.minisig`` file, read and not yet believed.

    Attributes:
        prehashed: what is signed is the message's BLAKE2b-512, not the message.
        key_id: of the key that is said to have made it.
        signature: over the message; 64 bytes.
        trusted_comment: covered by ``global_signature``, 64 bytes.
    """

    prehashed: bool
    key_id: bytes
    signature: bytes
    trusted_comment: str
    global_signature: bytes


def public_key(secret: SecretKey) -> PublicKey:
    """The public half of a secret key."""
    return PublicKey(secret.id, secret.private.public_key().public_bytes_raw())


def public_key_file(key: PublicKey) -> bytes:
    """The file that ``minisign -p`` reads."""
    return f"{_UNTRUSTED}minisign public key {key.fingerprint}\n{key.text}\n".encode("ascii")


def read_signature(data: bytes) -> Signature:
    """Take a ``.minisig`` file apart.

    Raises:
        RefusalError: signature-unreadable.
    """
    try:
        lines = data.decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")
    except UnicodeDecodeError as exc:
        raise RefusalError("signature-unreadable") from exc
    if len(data) > MOST_BYTES or len(lines) != _LINES or not lines[2].startswith(_TRUSTED):
        raise RefusalError("signature-unreadable")
    raw, above = _decoded(lines[1]), _decoded(lines[3])
    right = len(raw) == _SIGNATURE_BYTES and len(above) == _GLOBAL_BYTES
    if not right or raw[:2] not in (ALGORITHM, _PREHASHED):
        raise RefusalError("signature-unreadable")
    comment = lines[2].removeprefix(_TRUSTED)
    return Signature(raw[:2] == _PREHASHED, raw[2:10], raw[10:], comment, above)


def check_signature(message: bytes, signature: Signature, key: PublicKey) -> None:
    """See that the key signed both the message and the trusted comment.

    Raises:
        RefusalError: signature-wrong.
    """
    signed = hashlib.blake2b(message).digest() if signature.prehashed else message
    comment = signature.trusted_comment.encode("utf-8")
    if signature.key_id != key.id:
        raise RefusalError("signature-wrong")
    try:
        verifier = Ed25519PublicKey.from_public_bytes(key.key)
        verifier.verify(signature.signature, signed)
        verifier.verify(signature.global_signature, signature.signature + comment)
    except (InvalidSignature, ValueError) as exc:
        raise RefusalError("signature-wrong") from exc


def sign(message: bytes, secret: SecretKey, trusted_comment: str) -> bytes:
    """A ``.minisig`` file over the message, prehashed as minisign makes them by default."""
    comment = trusted_comment.encode("utf-8")
    signature = secret.private.sign(hashlib.blake2b(message).digest())
    above = secret.private.sign(signature + comment)
    lines = (
        f"{_UNTRUSTED}signature from chashma".encode("ascii"),
        base64.b64encode(_PREHASHED + secret.id + signature),
        _TRUSTED.encode("ascii") + comment,
        base64.b64encode(above),
    )
    return b"\n".join(lines) + b"\n"


def _decoded(text: str) -> bytes:
    """The bytes of strict base64; none at all where it is not."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return b""
