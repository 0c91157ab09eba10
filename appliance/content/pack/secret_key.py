# SPDX-License-Identifier: GPL-3.0-or-later
"""Secret keys in minisign's format: https://jedisct1.github.io/minisign/#secret-key-format.

A key with a password is XORed with what libsodium's ``pwhash_scryptsalsa208sha256`` makes of it.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.errors import RefusalError

_ALGORITHM = b"Ed"
_SCRYPT = b"Sc"
_NO_PASSWORD = b"\0\0"
_CHECKSUM = b"B2"
_FILE_BYTES = 158
_BLOCK_SIZE = 8
_MOST_MEMORY = (1 << 31) - 1
_SPARE_MEMORY = 1 << 25


class Cost(msgspec.Struct, frozen=True):
    """How hard a password is to guess, in libsodium's words; by default what minisign takes."""

    operations: int = 1 << 25
    memory: int = 1 << 30


class SecretKey(msgspec.Struct, frozen=True):
    """What signs: never on a box, only with who makes packs.

    Attributes:
        id: 8 bytes that the public key has as well.
        seed: of the Ed25519 key, 32 bytes.
    """

    id: bytes
    seed: bytes

    @property
    def private(self) -> Ed25519PrivateKey:
        """The key, ready to sign."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_secret_key() -> SecretKey:
    """A key that nobody has."""
    return SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))


def needs_password(text: str) -> bool:
    """Whether a secret key's file is locked.

    Raises:
        RefusalError: key-wrong.
    """
    return _raw(text)[2:4] == _SCRYPT


def read_secret_key(text: str, password: str = "") -> SecretKey:
    """Open the file of a secret key; takes a second and a gigabyte of memory if it is locked.

    Raises:
        RefusalError: key-wrong, or key-password-wrong.
    """
    raw = _raw(text)
    locked = raw[2:4] == _SCRYPT
    operations, memory = (int.from_bytes(raw[at : at + 8], "little") for at in (38, 46))
    inner = raw[54:]
    if locked:
        inner = _masked(inner, password, raw[6:38], Cost(operations, memory))
    key_id, seed, public = inner[:8], inner[8:40], inner[40:72]
    # Without a password minisign 0.11 leaves the checksum zero.
    checked = not locked and inner[72:] == bytes(32)
    if not checked and not hmac.compare_digest(_checksum(inner[:72]), inner[72:]):
        raise RefusalError("key-password-wrong" if locked else "key-wrong")
    key = SecretKey(key_id, seed)
    if key.private.public_key().public_bytes_raw() != public:
        raise RefusalError("key-wrong")
    return key


def secret_key_file(key: SecretKey, password: str = "", cost: Cost | None = None) -> bytes:
    """The file that ``minisign -s`` reads; locked, if there is a password."""
    cost = cost or Cost()
    inner = key.id + key.seed + key.private.public_key().public_bytes_raw()
    inner += _checksum(inner)
    salt = secrets.token_bytes(32) if password else bytes(32)
    numbers = (cost.operations, cost.memory) if password else (0, 0)
    if password:
        inner = _masked(inner, password, salt, cost)
    raw = _ALGORITHM + (_SCRYPT if password else _NO_PASSWORD) + _CHECKSUM + salt
    raw += b"".join(number.to_bytes(8, "little") for number in numbers) + inner
    kind = "encrypted" if password else "unencrypted"
    comment = f"untrusted comment: minisign {kind} secret key\n".encode("ascii")
    return comment + base64.b64encode(raw) + b"\n"


def _raw(text: str) -> bytes:
    lines = text.strip().splitlines()
    try:
        raw = base64.b64decode(lines[-1].strip().encode("ascii"), validate=True)
    except (IndexError, UnicodeEncodeError, binascii.Error) as exc:
        raise RefusalError("key-wrong") from exc
    if (
        len(raw) != _FILE_BYTES
        or (raw[:2], raw[4:6]) != (_ALGORITHM, _CHECKSUM)
        or raw[2:4] not in (_SCRYPT, _NO_PASSWORD)
    ):
        raise RefusalError("key-wrong")
    return raw


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(_ALGORITHM + content, digest_size=32).digest()


def _masked(content: bytes, password: str, salt: bytes, cost: Cost) -> bytes:
    factor, lanes = _scrypt_numbers(cost)
    try:
        stream = hashlib.scrypt(
            password.encode("utf-8"),
            salt=salt,
            n=factor,
            r=_BLOCK_SIZE,
            p=lanes,
            maxmem=min(128 * _BLOCK_SIZE * factor + _SPARE_MEMORY, _MOST_MEMORY),
            dklen=len(content),
        )
    except (ValueError, MemoryError, OverflowError) as exc:
        raise RefusalError("key-wrong") from exc
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


def _scrypt_numbers(cost: Cost) -> tuple[int, int]:
    """N and p, as libsodium picks them (``pickparams`` in pwhash_scryptsalsa208sha256.c)."""
    operations = max(cost.operations, 1 << 15)
    if operations < cost.memory // 32:
        most, lanes = operations // (_BLOCK_SIZE * 4), 1
    else:
        most, lanes = cost.memory // (_BLOCK_SIZE * 128), 0
    exponent = next((one for one in range(1, 63) if 1 << one > most // 2), 63)
    if not lanes:
        lanes = min(operations // 4 >> exponent, (1 << 30) - 1) // _BLOCK_SIZE
    return 1 << exponent, max(lanes, 1)
