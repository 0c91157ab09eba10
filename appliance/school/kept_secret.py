# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a box makes for itself at first need, and keeps for good."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from appliance.durable import sync_folder

LENGTH = 32
"""Bytes of such a secret."""


def kept_secret(file: Path) -> bytes:
    """The secret in this file; made there if it is missing, readable for its owner alone.

    Two processes that start at once get the same secret: the one whose link comes second reads
    what the first has written. A file that a power cut left short is replaced.

    Args:
        file: where it lies; its folder exists.

    Raises:
        OSError: it can neither be read nor made.
    """
    with suppress(FileNotFoundError):
        kept = file.read_bytes()
        if len(kept) == LENGTH:
            return kept
        file.unlink(missing_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(secrets.token_bytes(LENGTH))
        target.flush()
        os.fsync(descriptor)
    try:
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
    finally:
        fresh.unlink()
    sync_folder(file.parent)
    return file.read_bytes()
