# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs on a drive: found by name, and read without believing them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from appliance.content.pack.info import PackInfo
from appliance.content.pack.publication import PayloadFile, Publication
from appliance.content.pack.signature import Signature


class Pack:
    """A pack whose parts agree with each other, whoever made it; nothing of it is believed yet.

    It keeps no file open, so the drive may go at any time.

    Attributes:
        path: the folder, the zip or its first volume.
        info: what it says of itself.
        publications: decoded one by one as they are asked for; asking twice decodes twice.
        signature: as it was read; None: unsigned.
        digest: SHA-256 of the tag manifest, hexadecimal: packs with the same are the same.
        size: bytes of the whole payload.
    """

    path: Path
    info: PackInfo
    publications: Sequence[Publication]
    signature: Signature | None
    digest: str
    size: int

    def open(self, file: PayloadFile, offset: int = 0) -> AbstractContextManager[BinaryIO]:
        """The bytes of a file over all its parts, from an offset to its end.

        The stream's ``read`` and ``readinto`` raise RefusalError: drive-removed, unreadable,
        not-a-file, damaged or changed-while-read. What it gives is not checked against the hash.

        Raises:
            RefusalError: likewise.
        """
        raise NotImplementedError


def find_packs(folder: Path) -> list[Path]:
    """What has the name of a pack, in a folder and in the folders right in it, sorted.

    Raises:
        OSError: the folder itself cannot be read.
    """
    raise NotImplementedError


def read_pack(path: Path) -> Pack:
    """Read a pack's tag files and its feed, and see that the payload is there, unread.

    Raises:
        RefusalError: any code that begins with ``pack-``, or one of a zip or of a drive.
    """
    raise NotImplementedError
