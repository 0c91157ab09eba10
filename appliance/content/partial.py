# SPDX-License-Identifier: GPL-3.0-or-later
"""Partial copies: what an unplugged stick or a power cut leaves, kept so that it goes on there.

``partial/<key>/`` is a folder as the store stages it, ``<key>.json`` beside it says how many bytes
of each file are surely on the disk. The key is made from the content, so the same content finds
it again, from whatever stick it comes.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from appliance.content.lock_file import taken, tried
from appliance.durable import sync_file

FILES = "files"
KEPT_DAYS = 30
_KEY = re.compile(r"[a-z0-9]{16,64}")
_DAY_S = 86400.0


class _Record(msgspec.Struct):
    """What is known of the files.

    Attributes:
        boot: the start of the machine in which this was written. A process that was killed leaves
            every byte that it wrote; only a power cut takes those that were not flushed.
        files: bytes that are flushed, by name.
    """

    boot: str
    files: dict[str, int]


class Partial:
    """A partial copy that this process holds.

    Attributes:
        folder: as ``ContentStore.stage`` gives one.
    """

    def __init__(self, folder: Path, record: Path) -> None:
        self.folder = folder
        self._file = record
        self._record = _Record(_boot(), _surely_there(folder, _read(record)))
        self._clean()
        self._write()

    def kept(self, name: str) -> int:
        """Bytes of a file that an earlier run has copied."""
        return self._record.files.get(name, 0)

    def begin(self, name: str, kept: int) -> None:
        """A file is being written, from this byte on."""
        self._record.files[name] = kept
        self._write()

    def mark(self, name: str, flushed: int) -> None:
        """So many bytes of a file are flushed to the disk.

        Raises:
            OSError: the disk is full or failing.
        """
        self._record.files[name] = flushed
        self._write(durably=True)

    def _clean(self) -> None:
        """Leave only the beginnings of files; what was made of them is made again."""
        files = self.folder / FILES
        files.mkdir(parents=True, exist_ok=True)
        for entry in list(self.folder.iterdir()):
            if entry != files:
                _delete(entry)
        for entry in list(files.iterdir()):
            if entry.name in self._record.files:
                os.truncate(entry, self._record.files[entry.name])
            else:
                _delete(entry)

    def _write(self, *, durably: bool = False) -> None:
        temporary = self._file.with_suffix(".new")
        temporary.write_bytes(msgspec.json.encode(self._record))
        if durably:
            sync_file(temporary)
        # If the rename is lost, the record before it holds, and promises less.
        temporary.replace(self._file)


class Partials:
    """All partial copies of a store."""

    def __init__(self, root: Path) -> None:
        """Use the folder, which is made where it is missing."""
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def take(self, key: str) -> Iterator[Partial | None]:
        """The partial copy of this key, new or old; nothing while another process has it.

        It stays when the block ends by an exception, unless ``drop`` was called.
        """
        folder = self._folder(key)
        with tried(folder.with_suffix(".lock")) as mine:
            if not mine:
                yield None
                return
            yield Partial(folder, folder.with_suffix(".json"))
            self.drop(key)

    def drop(self, key: str) -> None:
        """Forget a partial copy."""
        folder = self._folder(key)
        folder.with_suffix(".json").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def kept(self, key: str) -> int:
        """Bytes that need not be copied again."""
        folder = self._folder(key)
        record = folder.with_suffix(".json")
        return sum(_surely_there(folder, _read(record)).values()) if record.exists() else 0

    def oldest_first(self) -> list[str]:
        """What there is, oldest first."""
        found = [entry for entry in self._root.iterdir() if _KEY.fullmatch(entry.name)]
        return [entry.name for entry in sorted(found, key=_age)]

    def give_way(self, key: str) -> None:
        """Delete a partial copy because room is needed, unless somebody is at work on it."""
        with taken(self._folder(key).with_suffix(".lock")) as abandoned:
            if abandoned:
                self.drop(key)

    def repair(self) -> None:
        """Delete what can no longer be used: without a record, or too old."""
        keys = set(self.oldest_first())
        for key in keys:
            folder = self._folder(key)
            # A clock that was set back makes nothing old.
            old = time.time() - _age(folder.with_suffix(".json")) > KEPT_DAYS * _DAY_S
            if old or _read(folder.with_suffix(".json")) is None:
                self.give_way(key)
        for entry in list(self._root.iterdir()):
            if entry.suffix and entry.stem not in keys and entry.suffix != ".lock":
                with taken(entry.with_suffix(".lock")) as abandoned:
                    if abandoned:
                        entry.unlink(missing_ok=True)
        for lock in list(self._root.glob("*.lock")):
            with taken(lock):
                pass

    def _folder(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self._root / key


def _surely_there(folder: Path, record: _Record | None) -> dict[str, int]:
    """Bytes of each file that survived, however the last run ended."""
    if record is None:
        return {}
    _undo_naming(folder, record)
    found = {}
    for name, flushed in record.files.items():
        with suppress(OSError):
            size = (folder / FILES / name).lstat().st_size
            found[name] = size if record.boot and record.boot == _boot() else min(size, flushed)
    return {name: size for name, size in found.items() if size}


def _undo_naming(folder: Path, record: _Record) -> None:
    """An archive gets its last name when all is copied; here it still has the first."""
    lost = [name for name in record.files if name.endswith(".zim")]
    found = list((folder / FILES).glob("*.zim"))
    if len(lost) == 1 and len(found) == 1 and found[0].name != lost[0]:
        found[0].rename(folder / FILES / lost[0])


def _read(file: Path) -> _Record | None:
    try:
        record = msgspec.json.decode(file.read_bytes(), type=_Record)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return record if all("/" not in name for name in record.files) else None


def _age(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _delete(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""  # then only what is flushed counts
