# SPDX-License-Identifier: GPL-3.0-or-later
"""Minisign public keys as people paste them and read them out to each other.

https://jedisct1.github.io/minisign/: base64 of two bytes of algorithm (``Ed``), eight of the key's
number, little end first, and 32 of the Ed25519 key. A ``.pub`` file has a comment in a line before.
"""

import base64
import binascii

from appliance.errors import ApplianceError

_ALGORITHM = b"Ed"
_BYTES = 42
_LETTERS = 56
_LONGEST = 4000
_NUMBER = slice(2, 10)
_GROUP = 4


class KeyFormError(ApplianceError):
    """This is no minisign public key."""


def read_public_key(text: str) -> str:
    """The 56 letters of the key in what somebody pasted: the letters alone, or a ``.pub`` file.

    Raises:
        KeyFormError: there is no key in it, or more than one.
    """
    lines = [line.strip() for line in text[:_LONGEST].splitlines()]
    keys = {line for line in lines if line and not line.startswith("untrusted comment:")}
    if len(keys) != 1:
        raise KeyFormError(f"{len(keys)} keys")
    key = keys.pop()
    try:
        decoded = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise KeyFormError(str(exc)) from exc
    if len(key) != _LETTERS or len(decoded) != _BYTES or not decoded.startswith(_ALGORITHM):
        raise KeyFormError("not a minisign key")
    return key


def fingerprint(key: str) -> str:
    """The number by which ``minisign`` calls a public key, in groups that can be read out."""
    number = base64.b64decode(key)[_NUMBER][::-1].hex().upper()
    return " ".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))
