# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifest of a bag (RFC 8493, sections 2.1.3 and 2.2.1): which files, with which hashes."""

import hashlib
import re
from array import array
from typing import IO

from appliance.content.file_name import shown_name
from appliance.content.pack.bag_path import decoded_path
from appliance.content.pack.path_table import PathTable, sorting
from appliance.errors import RefusalError

MOST_FILES = 200_000
MOST_BYTES = 64 * 1024 * 1024
"""Of a manifest; two hundred thousand lines with long paths."""

_LONGEST_LINE = 8192
_DIGEST_BYTES = 32
_LINE = re.compile(rb"([0-9A-Fa-f]{64})[ \t]+([^ \t].*)", re.DOTALL)
_CODES = re.compile(rb"%(25|0[AD])?", re.IGNORECASE)
_DECODED = {b"25": b"%", b"0A": b"\n", b"0D": b"\r"}


class Manifest:
    """What a manifest lists, by number in the order of the paths.

    Attributes:
        paths: in the bag, with ``/``.
        sizes: bytes of each file; 0 until the bag was walked through.
        sha256: of the manifest itself, hexadecimal.
    """

    def __init__(self, paths: PathTable, digests: bytes, sha256: str) -> None:
        self.paths = paths
        self._digests = digests
        self.sizes = array("Q", bytes(8 * len(paths)))
        self.sha256 = sha256

    def digest(self, number: int) -> str:
        """The SHA-256 that a file should have, hexadecimal."""
        return self._digests[number * _DIGEST_BYTES :][:_DIGEST_BYTES].hex()


def read_manifest(stream: IO[bytes], name: str) -> Manifest:
    """Read a manifest line by line.

    Args:
        stream: at its beginning.
        name: of the manifest, for the refusal.

    Raises:
        RefusalError: pack-list-wrong, too-many-files, unsafe-names or duplicate-names.
    """
    paths: list[str] = []
    digests: list[bytes] = []
    total = hashlib.sha256()
    read = 0
    while line := stream.readline(_LONGEST_LINE):
        total.update(line)
        read += len(line)
        if len(line) >= _LONGEST_LINE or read > MOST_BYTES:
            raise RefusalError("pack-list-wrong", path=name)
        if len(paths) == MOST_FILES:
            raise RefusalError("too-many-files", count=MOST_FILES + 1, limit=MOST_FILES)
        digest, path = _entry(line, name)
        paths.append(path)
        digests.append(digest)
    order = sorting(paths)
    joined = b"".join(digests[number] for number in order)
    table = PathTable([paths[number] for number in order])
    del paths, digests, order
    table.check_distinct()
    return Manifest(table, joined, total.hexdigest())


def _entry(line: bytes, name: str) -> tuple[bytes, str]:
    found = _LINE.fullmatch(line.removesuffix(b"\n").removesuffix(b"\r"))
    if not found:
        raise RefusalError("pack-list-wrong", path=name)
    return bytes.fromhex(found[1].decode("ascii")), decoded_path(_decoded(found[2]))


def _decoded(path: bytes) -> bytes:
    """Undo the encoding of CR, LF and %; a % that stands for none of them is unsafe.

    ``bagit.py`` leaves a % as it is, so what it made with one in a name is refused here.
    """

    def letter(code: re.Match[bytes]) -> bytes:
        if not code[1]:
            raise RefusalError("unsafe-names", path=shown_name(path.decode("utf-8", "replace")))
        return _DECODED[code[1].upper()]

    return _CODES.sub(letter, path) if b"%" in path else path
