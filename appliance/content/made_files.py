# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are made when somebody wants them, and kept while there is room."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from appliance.errors import ApplianceError

_TRIM_EVERY = 100


class MadeBusyError(ApplianceError):
    """Too many wait for something to be made already; asking again in a moment helps."""


class MadeFiles:
    """A folder of made files of one process; it makes one at a time, so no class stops the box.

    Whoever waits keeps a request open, and the others must still get their pages; so few may wait,
    and not for long.
    """

    def __init__(
        self, cache: Path, name: str, *, kept_bytes: int, waiting: int, patience_s: float
    ) -> None:
        """Keep the files below the folder ``name`` of a cache.

        Args:
            kept_bytes: more than this is trimmed now and then, what nobody has asked for longest
                first.
            waiting: how many threads may be making or waiting to make.
            patience_s: how long each of them waits for its turn.
        """
        self._cache = cache
        self._name = name
        self._kept_bytes = kept_bytes
        self._turn = threading.Semaphore(1)
        self._room = threading.BoundedSemaphore(waiting)
        self._patience_s = patience_s
        self._made = 0

    def path(self, inside: str, make: Callable[[], bytes]) -> str:
        """The path below the cache of a file, which is made first if need be.

        Args:
            inside: ``<folder>/<file>``, of our own making.
            make: gives the content; what it raises goes through, and nothing is kept.

        Raises:
            MadeBusyError: too many wait already.
        """
        target = self._cache / self._name / inside
        if not target.exists():
            with self._queue():
                if not target.exists():  # the one before in the queue may have wanted the same
                    _write(target, make())
                    self._count()
        return f"{self._name}/{inside}"

    def _count(self) -> None:
        self._made += 1
        if self._made % _TRIM_EVERY == 0:
            _trim(self._cache / self._name, self._kept_bytes)

    @contextlib.contextmanager
    def _queue(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise MadeBusyError
        try:
            if not self._turn.acquire(timeout=self._patience_s):
                raise MadeBusyError
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._room.release()


def _write(target: Path, content: bytes) -> None:
    """Write a file that appears whole; another process may write the same at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{secrets.token_hex(6)}")
    fresh.write_bytes(content)
    fresh.replace(target)


def _trim(folder: Path, kept_bytes: int) -> None:
    """Delete what nobody has asked for longest, until the rest has room."""
    found = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            state = path.stat()
            found.append((max(state.st_atime, state.st_mtime), state.st_size, path))
    too_much = sum(size for _, size, _ in found) - kept_bytes
    for _, size, path in sorted(found, key=lambda entry: entry[0]):
        if too_much <= 0:
            return
        path.unlink(missing_ok=True)
        too_much -= size
