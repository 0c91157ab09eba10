# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON that a box has signed, as a text of capital letters and figures.

These few characters make a small QR code (ISO/IEC 18004, alphanumeric mode), and what a messenger
does to letters and line ends does them no harm::

    CHASHMA.<base32>
    base32 (RFC 4648, no padding): 1 | public key 32 | signature 64 | length 2 | JSON

The signature is Ed25519 (RFC 8032) over the mark (``CHASHMA.``), a line end, and the JSON: so what
was signed for one purpose never counts for another.
"""

import base64
import re
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from appliance.errors import ApplianceError
from appliance.late_module import LateModule

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives.asymmetric import ed25519
else:
    # A certificate is shown more often than one is signed or checked.
    exceptions = LateModule("cryptography.exceptions")
    ed25519 = LateModule("cryptography.hazmat.primitives.asymmetric.ed25519")

_VERSION = 1
_KEY, _SIGNATURE, _LENGTH = 32, 64, 2
_HEAD = 1 + _KEY + _SIGNATURE + _LENGTH
_LARGEST = (1 << 8 * _LENGTH) - 1
_MOST_LETTERS = 120_000
# The version and the first bits of the key; the address before may hold the name as well.
_BEGINNING = "A[E-H][A-Z2-7]*"
_EIGHT, _FIVE = 8, 5


class Purpose(StrEnum):
    """What was signed; the mark that its text begins with."""

    STATEMENT = "CHASHMA."
    SCHOOL = "CHASHMAKEY."
    REVOKED = "CHASHMALIST."


class NoSealError(ApplianceError):
    """There is nothing of this kind in the text."""


class CutSealError(ApplianceError):
    """The end is missing, or letters were lost."""


class ForgedSealError(ApplianceError):
    """The signature is not over this: something was changed, or made up."""


class Sealed(msgspec.Struct, frozen=True):
    """JSON whose signature was checked; whose key it is, is another question.

    Attributes:
        key: Ed25519 public key, 32 bytes; ``signature``: 64.
    """

    purpose: Purpose
    payload: bytes
    key: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """The text that ``read_seal`` reads."""
        length = len(self.payload).to_bytes(_LENGTH, "big")
        raw = bytes([_VERSION]) + self.key + self.signature + length + self.payload
        return self.purpose + base64.b32encode(raw).decode("ascii").rstrip("=")

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return _signed(self.purpose, self.payload)


def private_key(secret: bytes) -> "ed25519.Ed25519PrivateKey":
    """What a secret of 32 bytes signs with."""
    return ed25519.Ed25519PrivateKey.from_private_bytes(secret)


def seal(purpose: Purpose, payload: bytes, key: "ed25519.Ed25519PrivateKey") -> Sealed:
    """Sign a payload of at most 65,535 bytes.

    Raises:
        ValueError: it is longer.
    """
    if len(payload) > _LARGEST:
        raise ValueError(len(payload))
    signature = key.sign(_signed(purpose, payload))
    return Sealed(purpose, payload, key.public_key().public_bytes_raw(), signature)


def read_seal(text: str, purpose: Purpose) -> Sealed:
    """Find what was signed for this purpose in a text, and check the signature.

    Takes it as people paste it: with an address before it, in small letters, broken into lines,
    with words after it.

    Raises:
        NoSealError, CutSealError, ForgedSealError: as they say.
    """
    raw = _raw(text, purpose)
    if len(raw) < _HEAD:
        raise CutSealError
    key, signature = raw[1 : 1 + _KEY], raw[1 + _KEY : _HEAD - _LENGTH]
    length = int.from_bytes(raw[_HEAD - _LENGTH : _HEAD], "big")
    payload = raw[_HEAD : _HEAD + length]
    if len(payload) < length:
        raise CutSealError
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed(purpose, payload))
    except (exceptions.InvalidSignature, ValueError) as exc:
        raise ForgedSealError from exc
    return Sealed(purpose, payload, key, signature)


def has_seal(text: str, purpose: Purpose) -> bool:
    """Whether the text has the mark of this purpose, whatever follows."""
    return purpose in _joined(text)


def fingerprint(key: bytes) -> str:
    """The first letters of a public key, as people compare it: ``ABCD EFGH IJKL MNOP``."""
    letters = base64.b32encode(key).decode("ascii")[:16]
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _signed(purpose: Purpose, payload: bytes) -> bytes:
    return f"{purpose}\n".encode("ascii") + payload


def _joined(text: str) -> str:
    return "".join(text[:_MOST_LETTERS].split()).upper()


def _raw(text: str, purpose: Purpose) -> bytes:
    found = re.search(re.escape(purpose) + f"({_BEGINNING})", _joined(text))
    if found is None:
        raise CutSealError if has_seal(text, purpose) else NoSealError
    letters = found[1]
    # What is left over of an incomplete group counts as far as it makes whole bytes.
    raw = base64.b32decode(letters + "A" * (-len(letters) % _EIGHT))
    return raw[: len(letters) * _FIVE // _EIGHT]
