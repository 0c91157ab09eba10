# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs on a drive: found by name, and read without believing them."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from appliance.content.pack.bag import DECLARATION, Bag, read_bag, read_file
from appliance.content.pack.carrier import Carrier, carrier_of
from appliance.content.pack.feed import MOST_BYTES as MOST_FEED_BYTES
from appliance.content.pack.feed import read_feed
from appliance.content.pack.info import FEED_NAME, FILE_NAME, SIGNATURE_NAME, PackInfo, read_info
from appliance.content.pack.part_stream import PartStream
from appliance.content.pack.publication import PayloadFile, Publication
from appliance.content.pack.signature import MOST_BYTES as MOST_SIGNATURE_BYTES
from appliance.content.pack.signature import Signature, read_signature
from appliance.errors import RefusalError

ENDINGS = (".chashma.zip", ".chashma.zip.001")
_MOST_FOUND = 1000


class Pack:
    """A pack whose parts agree with each other, whoever made it; nothing of it is believed yet.

    It keeps no file open, so the drive may go at any time.

    Attributes:
        path: the folder, the zip or its first volume.
        info: what it says of itself.
        publications: decoded one by one as they are asked for; asking twice decodes twice.
        signature: as it was read; None: unsigned.
        bag: what lies below: the manifest, and the bytes that the signature is over.
    """

    def __init__(
        self,
        path: Path,
        bag: Bag,
        info: PackInfo,
        publications: Sequence[Publication],
        signature: Signature | None,
    ) -> None:
        self.path = path
        self.bag = bag
        self.info = info
        self.publications = publications
        self.signature = signature

    @property
    def digest(self) -> str:
        """SHA-256 of the tag manifest, hexadecimal: packs with the same are the same."""
        return hashlib.sha256(self.bag.tag_manifest).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the whole payload."""
        return self.bag.size

    def open(self, file: PayloadFile, offset: int = 0) -> BinaryIO:
        """The bytes of a file over all its parts, from an offset to its end; to be closed.

        The stream's ``read`` and ``readinto`` raise RefusalError: pack-file-missing, drive-removed,
        unreadable, not-a-file, damaged or changed-while-read. What it gives is not checked against
        the hash: that is for who copies it.

        Raises:
            RefusalError: likewise.
        """
        stream = PartStream(self.bag.carrier, file.parts, file.size, offset)
        return cast(BinaryIO, stream)


def find_packs(folder: Path) -> list[Path]:
    """What has the name of a pack, in a folder and in the folders right in it, sorted.

    Links are passed over, and so is a folder right in it that cannot be read.

    Raises:
        OSError: the folder itself cannot be read.
    """
    found: list[Path] = []
    for path, is_folder in _listing(folder):
        if _is_pack(path, is_folder=is_folder):
            found.append(path)
        elif is_folder:
            found.extend(_packs_in(path))
    return found[:_MOST_FOUND]


def read_pack(path: Path) -> Pack:
    """Read a pack's tag files and its feed, and see that the payload is there, unread.

    Raises:
        RefusalError: any code that begins with ``pack-``, or one of a zip or of a drive.
    """
    carrier = carrier_of(path)
    bag = read_bag(carrier)
    info = read_info(bag.tags[FILE_NAME])
    number = bag.manifest.paths.find(FEED_NAME)
    if number is None:
        raise RefusalError("pack-file-missing", path=FEED_NAME)
    publications = read_feed(bag.read(number, MOST_FEED_BYTES), bag, info.id)
    return Pack(path, bag, info, publications, _signature(carrier))


def _signature(carrier: Carrier) -> Signature | None:
    try:
        content = read_file(carrier, SIGNATURE_NAME, MOST_SIGNATURE_BYTES)
    except RefusalError as exc:
        if exc.code == "pack-file-missing":
            return None
        raise
    return read_signature(content)


def _packs_in(folder: Path) -> list[Path]:
    try:
        listing = _listing(folder)
    except OSError:
        return []
    return [path for path, is_folder in listing if _is_pack(path, is_folder=is_folder)]


def _listing(folder: Path) -> list[tuple[Path, bool]]:
    """What may be a pack by its name or hold one, and whether it is a folder; sorted.

    Of a hundred thousand books nothing but the name is asked for.
    """
    with os.scandir(folder) as entries:
        found = [
            (entry.name, is_folder)
            for entry in entries
            if not entry.is_symlink()
            and ((is_folder := entry.is_dir()) or entry.name.casefold().endswith(ENDINGS))
        ]
    return [(folder / name, is_folder) for name, is_folder in sorted(found)]


def _is_pack(path: Path, *, is_folder: bool) -> bool:
    if path.name.casefold().endswith(ENDINGS):
        return path.is_file()
    return is_folder and (path / DECLARATION).is_file()
