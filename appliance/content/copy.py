# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying from a source that may lie, change, break off or be pulled out."""

import hashlib
import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from appliance.content.payload import CHUNK, LoosePayload, Payload

_CHUNKS_AHEAD = 4
_SAMPLE = 64 * 1024
_SAMPLES = 6
_SMALLEST_STEP, _LARGEST_STEP = 1024 * 1024, 16 * 1024 * 1024

Advance = Callable[[int], None]
"""Called with the number of bytes done since the last call; may raise to stop the work."""


def copy_hashed(payload: Payload, target: Path, advance: Advance) -> str:
    """Copy into a new file; the SHA-256 of what was written.

    What is hashed is what is written, so a source that changes cannot make the two differ.

    Raises:
        RefusalError: a source is no ordinary file, cannot be read, or changed meanwhile.
        OSError: the target cannot be written (a full disk, for one).
    """
    return Copy(payload, target).run(advance)


def hash_files(sources: Sequence[Path], advance: Advance) -> str:
    """The SHA-256 of the sources, one after the other, without copying them.

    Raises:
        RefusalError: as in ``copy_hashed``.
    """
    with _Hasher() as hasher, closing(LoosePayload(sources).chunks()) as chunks:
        for chunk in chunks:
            hasher.update(chunk)
            advance(len(chunk))
    return hasher.hexdigest


class Copy:
    """A copy that can go on where an earlier one broke off."""

    def __init__(
        self,
        payload: Payload,
        target: Path,
        *,
        kept: int = 0,
        spend: Callable[[int], None] = lambda _: None,
        mark: Callable[[int], None] | None = None,
    ) -> None:
        """Copy the payload into the target, whose first ``kept`` bytes are there.

        Args:
            payload: what is copied.
            target: where to.
            kept: bytes; they are believed only if samples of them agree with the source.
            spend: told before so many bytes are written.
            mark: told, now and then and from another thread, how many bytes are flushed.
        """
        self._payload, self._target = payload, target
        self._spend, self._mark = spend, mark
        self.kept = kept if kept and self._agrees(kept) else 0

    def run(self, advance: Advance, skip: Advance | None = None) -> str:
        """Do it; the SHA-256 of the whole target.

        Args:
            advance: counts what is copied; ``skip``, what was there already.
            skip: see ``advance``.

        Raises:
            RefusalError: as ``Payload.chunks``.
            OSError: the target cannot be written.
        """
        descriptor = os.open(self._target, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            os.truncate(descriptor, self.kept)
            with _Hasher() as hasher:
                self._read_again(descriptor, hasher, skip or advance)
                with _Flusher(descriptor, self.kept, self._mark) as flusher:
                    self._append(descriptor, hasher, flusher, advance)
            return hasher.hexdigest
        finally:
            os.close(descriptor)

    def _read_again(self, descriptor: int, hasher: "_Hasher", skip: Advance) -> None:
        """What is there is read once more, since a hash cannot be kept half done."""
        left = self.kept
        while left:
            chunk = os.read(descriptor, min(CHUNK, left))
            if not chunk:
                raise OSError(f"{self._target} became shorter")
            hasher.update(chunk)
            left -= len(chunk)
            skip(len(chunk))

    def _append(
        self, descriptor: int, hasher: "_Hasher", flusher: "_Flusher", advance: Advance
    ) -> None:
        written = self.kept
        with closing(self._payload.chunks(self.kept)) as chunks:
            for chunk in chunks:
                hasher.update(chunk)
                self._spend(len(chunk))
                _write(descriptor, chunk)
                written += len(chunk)
                flusher.wrote(written)
                advance(len(chunk))

    def _agrees(self, kept: int) -> bool:
        """Whether the source still has, here and there, what was copied from it."""
        if kept > self._payload.size:
            return False
        # Where a hash was promised, it decides in the end; a look at the last bytes is enough.
        count = 1 if self._payload.sha256 else _SAMPLES
        with self._target.open("rb") as target:
            for number in range(count, 0, -1):
                offset = max(0, kept * number // count - _SAMPLE)
                target.seek(offset)
                ours = target.read(min(_SAMPLE, kept - offset))
                with closing(self._payload.chunks(offset)) as chunks:
                    theirs = next(chunks, b"")
                if theirs[: len(ours)] != ours:
                    return False
        return True


class _Flusher:
    """Flushes what is written in a thread beside, and marks it; the reading does not wait."""

    def __init__(self, descriptor: int, begin: int, mark: Callable[[int], None] | None) -> None:
        self._descriptor, self._mark = descriptor, mark
        self._written = self._flushed = begin
        self._more = threading.Condition()
        self._ending = False
        self._failed: OSError | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "_Flusher":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self._mark:
            return
        if self._thread:
            with self._more:
                self._ending = True
                self._more.notify()
            self._thread.join()
        # Whatever broke it off: the next run goes on at the last byte. A whole file is flushed
        # with everything else that belongs to its item.
        with suppress(OSError):
            if kind is not None and self._written > self._flushed:
                self._flush(self._written)

    def wrote(self, total: int) -> None:
        """So many bytes stand in the file."""
        if not self._mark:
            return
        with self._more:
            if self._failed:
                raise self._failed
            self._written = total
            if not self._is_due:
                return
            self._more.notify()
        if not self._thread:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    @property
    def _is_due(self) -> bool:
        step = min(_LARGEST_STEP, max(_SMALLEST_STEP, self._written // 25))
        return self._written - self._flushed >= step

    def _work(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._ending or self._is_due)
                if self._ending:
                    return
                total = self._written
            try:
                self._flush(total)
            except OSError as exc:
                self._failed = exc
                return

    def _flush(self, total: int) -> None:
        os.fdatasync(self._descriptor)
        if self._mark:
            self._mark(total)
        self._flushed = total


class _Hasher:
    """Hashes in a thread beside the reading and writing; hashlib lets other threads run."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._chunks: queue.Queue[bytes | None] = queue.Queue(_CHUNKS_AHEAD)
        self._thread: threading.Thread | None = None
        self._begun = False

    def __enter__(self) -> "_Hasher":
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread:
            self._chunks.put(None)
            self._thread.join()

    def update(self, chunk: bytes) -> None:
        if self._thread:
            self._chunks.put(chunk)
            return
        self._digest.update(chunk)
        if self._begun:  # a file of one chunk is not worth a thread
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._begun = True

    @property
    def hexdigest(self) -> str:
        return self._digest.hexdigest()

    def _work(self) -> None:
        while (chunk := self._chunks.get()) is not None:
            self._digest.update(chunk)


def _write(descriptor: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]
