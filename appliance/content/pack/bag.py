# SPDX-License-Identifier: GPL-3.0-or-later
"""BagIt 1.0 bags, read strictly: RFC 8493, https://www.rfc-editor.org/rfc/rfc8493.

What the tag manifest lists was hashed as it was read, and so was the manifest: who believes the tag
manifest can believe everything that this module gives. The payload is counted, not read.

Limits: 200,000 payload files, a manifest of 64 MB, other tag files of 1 MB, at most 64 of them.
"""

import hashlib
import io
import re

from appliance.content.file_name import shown_name
from appliance.content.pack.bag_path import PAYLOAD
from appliance.content.pack.carrier import Carrier
from appliance.content.pack.info import FILE_NAME
from appliance.content.pack.manifest import MOST_FILES, Manifest, read_manifest
from appliance.errors import RefusalError

DECLARATION = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
FETCH = "fetch.txt"
_REQUIRED = (DECLARATION, BAG_INFO, FILE_NAME, MANIFEST)
MOST_TAG_BYTES = 1024 * 1024
_MOST_TAG_FILES = 64
_DECLARED = re.compile(
    rb"BagIt-Version: 1\.0(?:\r\n|\r|\n)Tag-File-Character-Encoding: UTF-8(?:\r\n|\r|\n)?", re.I
)
_OXUM = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")
_BUFFER = 1 << 16


class Bag:
    """A bag whose files are all there, with the sizes that it says.

    Attributes:
        carrier: what it lies in.
        manifest: of the payload, with the sizes.
        tag_manifest: its bytes: what a signature is over.
        tags: the other tag files' bytes that the tag manifest lists, by name.
    """

    def __init__(
        self, carrier: Carrier, manifest: Manifest, tag_manifest: bytes, tags: dict[str, bytes]
    ) -> None:
        self.carrier = carrier
        self.manifest = manifest
        self.tag_manifest = tag_manifest
        self.tags = tags

    @property
    def size(self) -> int:
        """Bytes of the payload."""
        return sum(self.manifest.sizes)

    def read(self, number: int, limit: int) -> bytes:
        """A payload file by its number in the manifest, checked against its hash.

        Raises:
            RefusalError: pack-file-damaged, pack-file-too-large, or as reading.
        """
        path = self.manifest.paths[number]
        content = read_file(self.carrier, path, limit)
        if hashlib.sha256(content).hexdigest() != self.manifest.digest(number):
            raise RefusalError("pack-file-damaged", path=shown_name(path))
        return content


def read_bag(carrier: Carrier) -> Bag:
    """Read all tag files, and compare what there is with what is listed.

    Raises:
        RefusalError: pack-list-wrong, pack-file-missing, pack-file-unlisted, pack-file-damaged,
            pack-file-too-large, pack-size-wrong, too-many-files, unsafe-names, duplicate-names, or
            as reading.
    """
    if not _DECLARED.fullmatch(read_file(carrier, DECLARATION, MOST_TAG_BYTES)):
        raise RefusalError("pack-list-wrong", path=DECLARATION)
    raw = read_file(carrier, TAG_MANIFEST, MOST_TAG_BYTES)
    listed = read_manifest(io.BytesIO(raw), TAG_MANIFEST)
    if len(listed.paths) > _MOST_TAG_FILES:
        raise RefusalError("too-many-files", count=len(listed.paths), limit=_MOST_TAG_FILES)
    for name in _REQUIRED:
        if listed.paths.find(name) is None:
            raise RefusalError("pack-list-wrong", path=TAG_MANIFEST)
    tags = {}
    for number in range(len(listed.paths)):
        name = listed.paths[number]
        if name.startswith(PAYLOAD) or name in (TAG_MANIFEST, FETCH):
            raise RefusalError("pack-list-wrong", path=TAG_MANIFEST)
        if name != MANIFEST:
            tags[name] = read_file(carrier, name, MOST_TAG_BYTES)
            _check_hash(name, hashlib.sha256(tags[name]).hexdigest(), listed.digest(number))
    manifest = _payload_manifest(carrier, listed)
    _count_payload(carrier, manifest)
    _check_oxum(tags[BAG_INFO], manifest)
    return Bag(carrier, manifest, raw, tags)


def read_file(carrier: Carrier, path: str, limit: int) -> bytes:
    """All of a small file.

    Raises:
        RefusalError: pack-file-too-large, or as ``Carrier.open``.
    """
    stream, size = carrier.open(path)
    with stream:
        if size > limit:
            raise RefusalError("pack-file-too-large", path=path, size=size, most=limit)
        content = io.BytesIO()  # hands its bytes out without a copy
        while chunk := stream.read(min(_BUFFER, size + 1)):
            content.write(chunk)
            if content.tell() > size:
                raise RefusalError("changed-while-read")
        return content.getvalue()


def _payload_manifest(carrier: Carrier, listed: Manifest) -> Manifest:
    stream, _ = carrier.open(MANIFEST)
    with io.BufferedReader(stream, _BUFFER) as buffered:
        manifest = read_manifest(buffered, MANIFEST)
    number = listed.paths.find(MANIFEST)
    _check_hash(MANIFEST, manifest.sha256, listed.digest(number or 0))
    for path in (manifest.paths[one] for one in range(len(manifest.paths))):
        if not path.startswith(PAYLOAD):
            raise RefusalError("unsafe-names", path=shown_name(path))
    return manifest


def _check_hash(name: str, found: str, listed: str) -> None:
    if found != listed:
        raise RefusalError("pack-file-damaged", path=shown_name(name))


def _count_payload(carrier: Carrier, manifest: Manifest) -> None:
    """Find every file, note its size, and refuse what is not listed or not there."""
    present = bytearray(len(manifest.paths))
    others = 0
    for path, size in carrier.files():
        if not path.startswith(PAYLOAD):
            others += 1
            if path == FETCH or others > MOST_FILES:
                raise RefusalError("pack-file-unlisted", path=shown_name(path))
            continue
        number = manifest.paths.find(path)
        if number is None:
            raise RefusalError("pack-file-unlisted", path=shown_name(path))
        present[number] = 1
        manifest.sizes[number] = size
    missing = present.find(0)
    if missing >= 0:
        raise RefusalError("pack-file-missing", path=shown_name(manifest.paths[missing]))


def _check_oxum(bag_info: bytes, manifest: Manifest) -> None:
    """``Payload-Oxum`` is OCTETS.FILES; section 2.2.2."""
    try:
        lines = bag_info.decode("utf-8").splitlines()
    except UnicodeDecodeError as exc:
        raise RefusalError("pack-list-wrong", path=BAG_INFO) from exc
    values = [line.partition(":")[2].strip() for line in lines if _label(line) == "payload-oxum"]
    oxum = _OXUM.fullmatch(values[0]) if len(values) == 1 else None
    if not oxum:
        raise RefusalError("pack-list-wrong", path=BAG_INFO)
    if (int(oxum[1]), int(oxum[2])) != (sum(manifest.sizes), len(manifest.paths)):
        raise RefusalError("pack-size-wrong")


def _label(line: str) -> str:
    return line.partition(":")[0].casefold()
