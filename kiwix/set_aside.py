# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives that killed the process which searched them, and are searched no more.

While an archive is being touched, its name stands in one small file. Python's ``faulthandler``
writes into another when the process dies by SIGSEGV, SIGABRT or SIGBUS, or hangs; it writes nothing
when the power fails or somebody kills the process. So the next process knows whether the archive
that was being touched is to blame.
"""

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

PATIENCE = 30.0  # seconds for one archive; a large cold one on a card takes a few
_RECORD = 256  # bytes


class Touched(msgspec.Struct, frozen=True):
    """An archive as it was when it was touched: mending or replacing it makes another of it."""

    id: str
    size: int
    changed_ns: int


class SetAside:
    """The archives that have killed a process."""

    def __init__(self, folder: Path, name: str, *, patience: float = PATIENCE) -> None:
        """Learn from the last process's end, and be ready for one's own.

        Args:
            folder: where the files lie: ``<name>.touching``, ``<name>.crash``, ``<name>.aside``.
            name: what their names begin with.
            patience: seconds after which an archive counts as hanging.
        """
        self._patience = patience
        self._file = folder / f"{name}.aside"
        self._archives = _read(self._file)
        self._touching = os.open(folder / f"{name}.touching", os.O_RDWR | os.O_CREAT, 0o600)
        crash = folder / f"{name}.crash"
        self.blamed = self._blamed(crash)
        if self.blamed is not None:
            self._archives.add(self.blamed)
            _write(self._file, self._archives)
        self._note(b"")
        self._crash = crash.open("wb", buffering=0)
        faulthandler.enable(self._crash, all_threads=False)
        # Works while libzim holds Python's lock, unlike a handler in Python; then SIGALRM kills.
        # (dump_traceback_later would do too, but costs 1.6 ms each time it is called off.)
        faulthandler.register(signal.SIGALRM, self._crash, all_threads=False, chain=True)

    def close(self) -> None:
        """Stop watching."""
        faulthandler.unregister(signal.SIGALRM)
        faulthandler.disable()
        self._crash.close()
        os.close(self._touching)

    def __contains__(self, archive: Touched) -> bool:
        return archive in self._archives

    @contextmanager
    def touching(self, archive: Touched) -> Iterator[None]:
        """Whatever kills the process in this block is this archive's fault."""
        self._note(msgspec.json.encode(archive))
        signal.setitimer(signal.ITIMER_REAL, self._patience)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._note(b"")

    def _note(self, record: bytes) -> None:
        os.pwrite(self._touching, record.ljust(_RECORD), 0)

    def _blamed(self, crash: Path) -> Touched | None:
        if not crash.exists() or crash.stat().st_size == 0:
            return None
        try:
            return msgspec.json.decode(os.pread(self._touching, _RECORD, 0), type=Touched)
        except msgspec.MsgspecError:
            return None  # it died between two archives


def _read(file: Path) -> set[Touched]:
    try:
        return set(msgspec.json.decode(file.read_bytes(), type=list[Touched]))
    except (FileNotFoundError, msgspec.MsgspecError):
        return set()  # power failed while it was written: the archive will show itself again


def _write(file: Path, archives: set[Touched]) -> None:
    new = file.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(sorted(archives, key=lambda archive: archive.id)))
    new.replace(file)
