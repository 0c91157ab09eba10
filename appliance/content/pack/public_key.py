# SPDX-License-Identifier: GPL-3.0-or-later
"""Minisign public keys as people paste them and read them out to each other.

https://jedisct1.github.io/minisign/: base64 of two bytes of algorithm, eight of the key's number,
little end first, and 32 of the Ed25519 key. A ``.pub`` file has a comment in a line before.
"""

import base64
import binascii

import msgspec

from appliance.errors import RefusalError

ALGORITHM = b"Ed"
_BYTES = 42
_LETTERS = 56
_LONGEST = 4000
"""Letters that are looked at of what somebody pasted."""

_GROUP = 4


class PublicKey(msgspec.Struct, frozen=True):
    """Whose signatures can be checked.

    Attributes:
        id: 8 bytes that minisign draws for each pair of keys; a hint, no proof.
        key: the Ed25519 public key, 32 bytes.
    """

    id: bytes
    key: bytes

    @property
    def text(self) -> str:
        """As people copy it: 56 letters of base64."""
        return base64.b64encode(ALGORITHM + self.id + self.key).decode("ascii")

    @property
    def fingerprint(self) -> str:
        """What minisign prints for it, which leaves out zeros at the beginning: 16 digits."""
        return f"{int.from_bytes(self.id, 'little'):016X}"


def read_public_key(text: str) -> PublicKey:
    """The key in what somebody pasted: the 56 letters alone, or the file that minisign writes.

    Raises:
        RefusalError: key-wrong: there is no key in it, or more than one.
    """
    lines = [line.strip() for line in text[:_LONGEST].splitlines()]
    keys = {line for line in lines if line and not line.startswith("untrusted comment:")}
    letters = keys.pop() if len(keys) == 1 else ""
    try:
        raw = base64.b64decode(letters.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as exc:
        raise RefusalError("key-wrong") from exc
    if len(letters) != _LETTERS or len(raw) != _BYTES or not raw.startswith(ALGORITHM):
        raise RefusalError("key-wrong")
    return PublicKey(raw[2:10], raw[10:])


def in_groups(fingerprint: str) -> str:
    """A key's number in groups of four, which can be read out."""
    return " ".join(fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP))
