# SPDX-License-Identifier: GPL-3.0-or-later
"""The key that signs the cookies of one box, made at its first start."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

_LENGTH = 32
_NAME = "admin-secret-key"


def secret_key(state: Path) -> bytes:
    """The key in the state folder; made there if it is missing, readable for its owner alone.

    Two processes that start at once get the same key: the one whose link comes second reads
    what the first has written. A file that a power cut left short is replaced.
    """
    file = state / _NAME
    with suppress(FileNotFoundError):
        kept = file.read_bytes()
        if len(kept) == _LENGTH:
            return kept
        file.unlink(missing_ok=True)
    fresh = state / f".{_NAME}.{secrets.token_hex(8)}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(secrets.token_bytes(_LENGTH))
        target.flush()
        os.fsync(descriptor)
    try:
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
    finally:
        fresh.unlink()
    return file.read_bytes()
