# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that can stop answering, as the electronics of a stick can: whoever reads it then waits.

A loop device above it hangs as a real one does, in the kernel and past every signal. The file lies
in a file system of its own, which speaks FUSE's protocol (``linux/fuse.h``, 7.31) by itself: the
requests that a loop device makes, and no others.
"""

import ctypes
import errno
import os
import stat
import struct
import threading
from pathlib import Path

_LOOKUP, _FORGET, _GETATTR, _SETATTR, _OPEN, _READ, _WRITE = 1, 2, 3, 4, 14, 15, 16
_RELEASE, _FSYNC, _FLUSH, _INIT, _INTERRUPT = 18, 20, 25, 26, 36
_HEADER = struct.Struct("<IIQQIIII")
_ANSWER = struct.Struct("<IiQ")
_ROOT, _FILE = 1, 2
_DIRECT = 1  # FOPEN_DIRECT_IO: nothing is remembered above it
_LARGEST = 128 * 1024
_FORCE, _DETACH = 1, 2
_libc = ctypes.CDLL(None, use_errno=True)


class HangingFile:
    """A copy of a file below a folder, made to answer or not.

    Attributes:
        path: where it can be opened.
        answering: while it is cleared, who reads or writes waits.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        folder.mkdir()
        self._source, self._folder = source, folder
        self.path = folder / "stick"
        self.answering = threading.Event()
        self.answering.set()
        self._kept = os.open(source, os.O_RDWR)
        self._fuse = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={self._fuse},rootmode=40000,user_id=0,group_id=0".encode()
        if _libc.mount(b"chashma-test", os.fsencode(folder), b"fuse", 0, options):
            raise OSError(ctypes.get_errno(), "FUSE cannot be mounted")
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def end_waiting(self) -> None:
        """Everybody who waits, now or later, gets an error: it was pulled."""
        # By force: what was asked is answered with errors, whether it can be unmounted or not.
        _libc.umount2(os.fsencode(self._folder), _FORCE)
        self.answering.set()

    def end(self) -> None:
        """Leave nothing behind."""
        self.end_waiting()
        self._thread.join(60)
        _libc.umount2(os.fsencode(self._folder), _DETACH)
        os.close(self._fuse)
        os.close(self._kept)

    def _serve(self) -> None:
        while True:
            try:
                request = os.read(self._fuse, _LARGEST + 4096)
            except OSError as exc:
                if exc.errno == errno.ENODEV:
                    return  # aborted
                continue
            _, code, number, node, *_ = _HEADER.unpack_from(request)
            body = request[_HEADER.size :]
            if code in (_FORGET, _INTERRUPT):
                continue
            if code in (_READ, _WRITE):
                self.answering.wait()
            try:
                answer, error = self._answer(code, node, body), 0
            except OSError as exc:
                answer, error = b"", -(exc.errno or errno.EIO)
            head = _ANSWER.pack(_ANSWER.size + len(answer), error, number)
            try:
                os.write(self._fuse, head + answer)
            except OSError:
                continue  # nobody waits for it any more

    def _answer(self, code: int, node: int, body: bytes) -> bytes:
        answer = b""
        if code == _INIT:
            answer = struct.pack("<IIIIHHIIHHI28x", 7, 31, 0, 0, 12, 9, _LARGEST, 1, 0, 0, 0)
        elif code == _LOOKUP:
            if body.rstrip(b"\0") != b"stick":
                raise FileNotFoundError(errno.ENOENT, "")
            answer = struct.pack("<QQQQII", _FILE, 0, 60, 60, 0, 0) + self._attributes(_FILE)
        elif code in (_GETATTR, _SETATTR):
            answer = struct.pack("<QII", 60, 0, 0) + self._attributes(node)
        elif code == _OPEN:
            answer = struct.pack("<QII", 1, _DIRECT, 0)
        elif code == _READ:
            _, offset, size = struct.unpack_from("<QQI", body)
            answer = os.pread(self._kept, size, offset)
        elif code == _WRITE:
            _, offset, size = struct.unpack_from("<QQI", body)
            answer = struct.pack("<II", os.pwrite(self._kept, body[40 : 40 + size], offset), 0)
        elif code not in (_RELEASE, _FSYNC, _FLUSH):
            raise OSError(errno.ENOSYS, "")
        return answer

    def _attributes(self, node: int) -> bytes:
        size = os.fstat(self._kept).st_size
        folder = node == _ROOT
        mode = stat.S_IFDIR | 0o755 if folder else stat.S_IFREG | 0o600
        numbers = (node, 0 if folder else size, 0, 0, 0, 0)
        return struct.pack("<6Q10I", *numbers, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)
