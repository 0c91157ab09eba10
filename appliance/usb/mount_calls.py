# SPDX-License-Identifier: GPL-3.0-or-later
"""Linux's calls for mounting, of which Python has none.

Those that make a file system and its place in two steps (fsopen, fsmount: since Linux 5.2) let the
file system be read-only while its place is not. Each process with a view of its own, as systemd
gives to services, keeps the place as it was when it appeared; so it is the file system alone that
is opened for writing and closed again, for all of them at once.

Numbers and flags: ``linux/mount.h`` and ``asm-generic/unistd.h``; the same on arm64 and amd64.
"""

import contextlib
import ctypes
import logging
import mmap
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

log = logging.getLogger(__name__)

Options = Mapping[str, str | None]
"""Of a file system: a name and its value, or nothing for a name that stands alone."""

_MOVE_MOUNT, _FSOPEN, _FSCONFIG, _FSMOUNT, _FSPICK = 429, 430, 431, 432, 433
_CLOEXEC = 1
_SET_FLAG, _SET_STRING, _CREATE, _RECONFIGURE = 0, 1, 6, 7
_NOSUID, _NODEV, _NOEXEC, _NOATIME, _NOSYMFOLLOW = 0x2, 0x4, 0x8, 0x10, 0x200000
_AT_FDCWD = -100
_FROM_EMPTY_PATH = 4
_MNT_DETACH, _UMOUNT_NOFOLLOW = 2, 8

_libc = ctypes.CDLL(None, use_errno=True)


def mount(device: Path, place: Path, kind: str, options: Options) -> None:
    """Mount a device read-only; nothing on it runs, is a device or leads elsewhere.

    Args:
        device: its node below ``/dev``.
        place: the folder; made here, once the file system has been opened.
        kind: the kernel's name of the file system.
        options: of the file system.

    Raises:
        OSError: the file system cannot be opened; nothing is left behind.
    """
    flags = _NOSUID | _NODEV | _NOEXEC | _NOATIME | _NOSYMFOLLOW
    with _descriptor(_call(_FSOPEN, kind.encode(), _CLOEXEC)) as context:
        _configure(context, {"source": str(device), "ro": None, **options})
        _command(context, _CREATE)
        mounted = _call(_FSMOUNT, context, _CLOEXEC, flags)
    with _descriptor(mounted):
        place.mkdir(mode=0o700, exist_ok=True)
        try:
            _call(_MOVE_MOUNT, mounted, b"", _AT_FDCWD, os.fsencode(place), _FROM_EMPTY_PATH)
        except OSError:
            place.rmdir()
            raise


def remount(place: Path, options: Options, *, writable: bool) -> None:
    """Let a file system be written, or no longer; ``options`` are those that it was mounted with.

    Raises:
        OSError: it stays as it was.
    """
    with _descriptor(_call(_FSPICK, _AT_FDCWD, os.fsencode(place), _CLOEXEC)) as context:
        _configure(context, {**options, "rw" if writable else "ro": None})
        _command(context, _RECONFIGURE)


def unmount(place: Path, *, at_once: bool = False) -> None:
    """Take a file system away.

    Args:
        place: where it is mounted.
        at_once: even if somebody uses it; for them it ends when they are done.

    Raises:
        OSError: it stays; EBUSY if somebody uses it.
    """
    flags = _UMOUNT_NOFOLLOW | (_MNT_DETACH if at_once else 0)
    _checked(_libc.umount2(os.fsencode(place), flags))


def write_out(place: Path) -> None:
    """Wait until everything that was written has reached the device.

    Raises:
        OSError: it has not.
    """
    with _descriptor(os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as folder:
        _checked(_libc.syncfs(folder))


def read_fresh(device: Path) -> None:
    """Read the first bytes from the device itself, past what the kernel remembers of it.

    Raises:
        OSError: it answered with an error.
    """
    flags = os.O_RDONLY | os.O_DIRECT | os.O_CLOEXEC
    # Past the memory of the kernel, pages are read into pages (open(2), O_DIRECT).
    with _descriptor(os.open(device, flags)) as opened, mmap.mmap(-1, mmap.PAGESIZE) as page:
        os.preadv(opened, [page], 0)


def _configure(context: int, options: Options) -> None:
    for name, value in options.items():
        if value is None:
            _call(_FSCONFIG, context, _SET_FLAG, name.encode(), None, 0)
        else:
            _call(_FSCONFIG, context, _SET_STRING, name.encode(), os.fsencode(value), 0)


def _command(context: int, command: int) -> None:
    try:
        _call(_FSCONFIG, context, command, None, None, 0)
    except OSError:
        with contextlib.suppress(OSError):
            while said := os.read(context, 4096):
                log.info("the kernel says: %s", said.decode("utf-8", "replace").strip())
        raise


def _call(number: int, *arguments: int | bytes | None) -> int:
    # As wide as a register: int would leave the upper half undefined.
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _checked(int(_libc.syscall(ctypes.c_long(number), *words)))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


@contextlib.contextmanager
def _descriptor(number: int) -> Iterator[int]:
    try:
        yield number
    finally:
        os.close(number)
