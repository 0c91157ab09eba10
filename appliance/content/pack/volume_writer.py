# SPDX-License-Identifier: GPL-3.0-or-later
"""One long file that is written in pieces: ``….001``, ``.002`` and so on."""

import io
from pathlib import Path
from typing import BinaryIO


class VolumeWriter(io.RawIOBase):
    """A file to write and to seek in, cut into pieces of one size.

    It becomes one file where one piece is enough.
    """

    def __init__(self, path: Path, most_bytes: int) -> None:
        """Write pieces named after ``path``; older ones of this name go.

        Args:
            path: without the number.
            most_bytes: of a piece; 0: all in one.
        """
        super().__init__()
        self._path = path
        self._most = most_bytes
        self._position = 0
        self._pieces: list[BinaryIO] = []
        self._remove()

    def writable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: headers of a zip are written again once their sizes are known."""
        return True

    def tell(self) -> int:
        """The place in the whole, in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the beginning, the only way that is needed."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the beginning")
        self._position = offset
        return offset

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override] # no other buffers come
        """Write all of it, over as many pieces as it takes."""
        view = memoryview(data)
        while view:
            number, inside = (
                divmod(self._position, self._most) if self._most else (0, self._position)
            )
            while number >= len(self._pieces):
                self._pieces.append(self._name(len(self._pieces)).open("w+b", buffering=0))
            piece = self._pieces[number]
            piece.seek(inside)
            room = self._most - inside if self._most else len(view)
            written = piece.write(view[:room])
            self._position += written
            view = view[written:]
        return len(data)

    def close(self) -> None:
        """Close all pieces."""
        for piece in self._pieces:
            piece.close()
        super().close()

    def rename(self, path: Path) -> None:
        """Give the closed pieces their names; the first one last, for by it people find them."""
        if len(self._pieces) == 1:
            self._name(0).rename(path)
            return
        for number in reversed(range(len(self._pieces))):
            self._name(number).rename(_numbered(path, number))

    def discard(self) -> None:
        """Close and remove all pieces."""
        self.close()
        self._remove()

    def _name(self, number: int) -> Path:
        return _numbered(self._path, number)

    def _remove(self) -> None:
        for leftover in self._path.parent.glob(f"{_escaped(self._path.name)}.[0-9][0-9][0-9]"):
            leftover.unlink()


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number + 1:03}")


def _escaped(name: str) -> str:
    """For ``glob``: brackets and stars in the name mean themselves."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
