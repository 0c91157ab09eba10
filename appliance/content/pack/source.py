# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading what goes into a pack, on any system, and seeing that it stays the same meanwhile."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from appliance.content.copy import Advance
from appliance.errors import RefusalError

_CHUNK = 1024 * 1024


def chunks(sources: Sequence[Path], advance: Advance) -> Iterator[bytes]:
    """The bytes of files, one after the other, in pieces of at most a megabyte.

    Raises:
        RefusalError: unreadable, or changed-while-read.
    """
    for path in sources:
        try:
            yield from _chunks_of(path, advance)
        except OSError as exc:
            raise RefusalError("unreadable") from exc


def sha256_of(sources: Sequence[Path], advance: Advance) -> str:
    """The SHA-256 of files, one after the other, in hexadecimal.

    Raises:
        RefusalError: as ``chunks``.
    """
    digest = hashlib.sha256()
    for chunk in chunks(sources, advance):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks_of(path: Path, advance: Advance) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        before = path.stat()
        left = before.st_size
        while left and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
            advance(len(chunk))
        after = path.stat()
        if left or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise RefusalError("changed-while-read")
