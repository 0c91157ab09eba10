# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a pack: payload, feed, manifests, signature.

A BagIt 1.0 bag (https://www.rfc-editor.org/rfc/rfc8493); what is read is hashed and written in one
pass, and nothing but the lists is kept, on the disk.
"""

import hashlib
import itertools
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

import msgspec

from appliance.content.copy import Advance
from appliance.content.pack.bag import MOST_TAG_BYTES
from appliance.content.pack.compose import compose
from appliance.content.pack.draft import Draft, DraftFile, pack_urn
from appliance.content.pack.feed import MOST_BYTES as MOST_FEED_BYTES
from appliance.content.pack.info import FEED_NAME, FILE_NAME, SIGNATURE_NAME, PackInfo
from appliance.content.pack.manifest import MOST_FILES
from appliance.content.pack.publication import PayloadFile, Publication
from appliance.content.pack.secret_key import SecretKey
from appliance.content.pack.signature import sign
from appliance.content.pack.source import chunks
from appliance.content.pack.target import Target
from appliance.content.pack.trusted_comment import comment_for
from appliance.errors import ApplianceError, RefusalError
from appliance.language import size_in_words

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# FAT32 searches a folder from its beginning, and holds 65,534 names.
_IN_A_FOLDER = 1000
_CHUNK = 1024 * 1024


class TooManyError(ApplianceError):
    """There are more publications than a box takes in one pack."""


class BagWriter:
    """Writes the publications as they come, and the lists at the end."""

    def __init__(self, target: Target, advance: Advance) -> None:
        """Write to the target; ``advance`` hears of every piece, and may raise to stop."""
        self._target = target
        self._advance = advance
        self._manifest = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - closed by close()
        self._feed = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - likewise
        self._count = self._bytes = self._files = 0

    def __enter__(self) -> "BagWriter":
        return self

    def __exit__(self, *_: object) -> None:
        """Let the lists go; what was not sealed is discarded."""
        self._manifest.close()
        self._feed.close()
        self._target.discard()

    @property
    def count(self) -> int:
        """How many publications were written."""
        return self._count

    @property
    def size(self) -> int:
        """Bytes of the payload so far."""
        return self._bytes

    def add(self, draft: Draft) -> Publication:
        """Write a publication.

        Raises:
            RefusalError: a source cannot be read, changed meanwhile, or is not what it was said to
                be; the pack cannot be finished then.
            OSError: the target cannot be written.
        """
        group, number = divmod(self._count, _IN_A_FOLDER)
        place = f"data/items/{group:04}/{number + 1:04}"
        publication = Publication(
            identifier=draft.identifier,
            files=tuple(self._copy(place, file) for file in draft.files),
            captions=tuple(self._copy(place, file) for file in draft.captions),
            cover=self._copy(place, draft.cover) if draft.cover else None,
            metadata=draft.metadata,
            titles=draft.titles,
            lesson=draft.lesson,
            edition=draft.edition,
        )
        if self._count:
            self._feed.write(b",\n")
        self._feed.write(msgspec.json.encode(compose(publication)))
        self._count += 1
        return publication

    def seal(self, info: PackInfo, key: SecretKey | None = None) -> None:
        """Write feed, manifests and signature, and give the pack its name.

        Raises:
            TooManyError: no box would read so long a feed.
            OSError: the target cannot be written.
        """
        said = msgspec.json.format(msgspec.json.encode(info), indent=1) + b"\n"
        if len(said) > MOST_TAG_BYTES:
            raise TooManyError(f"{len(info.retires)} are too many to retire in one pack")
        self._write_feed(info)
        self._manifest.seek(0)
        tags = {
            "bagit.txt": _DECLARATION,
            "bag-info.txt": self._bag_info(info),
            FILE_NAME: said,
            "manifest-sha256.txt": None,
        }
        lines = b"".join(
            self._put_tag(name, self._manifest if content is None else content)
            for name, content in tags.items()
        )
        self._put_tag("tagmanifest-sha256.txt", lines)
        if key:
            self._put_tag(SIGNATURE_NAME, sign(lines, key, comment_for(info).text))
        self._target.publish()

    def _copy(self, place: str, file: DraftFile) -> PayloadFile:
        try:
            size = file.size
        except OSError as exc:
            raise RefusalError("unreadable") from exc
        most = self._target.most_bytes
        paths = _part_paths(f"{place}/{file.name}", size, most)
        cutter = _Cutter(chunks(file.sources, self._advance))
        whole = hashlib.sha256()
        for number, path in enumerate(paths):
            length = min(most, size - number * most) if len(paths) > 1 else size
            part = hashlib.sha256() if len(paths) > 1 else whole
            pieces = _hashed(cutter.take(length), *{whole, part})
            self._target.put(path, length, pieces)
            self._list(path, part.hexdigest(), length)
        if cutter.taken != size or cutter.has_more:
            raise RefusalError("changed-while-read")
        if file.sha256 and whole.hexdigest() != file.sha256:
            raise RefusalError("checksum-wrong")
        return PayloadFile(file.name, tuple(paths), size, whole.hexdigest())

    def _list(self, path: str, sha256: str, size: int) -> None:
        self._manifest.write(f"{sha256}  {path}\n".encode())
        self._bytes += size
        self._files += 1

    def _write_feed(self, info: PackInfo) -> None:
        metadata = {
            "title": info.title,
            "identifier": pack_urn(info.id),
            "modified": info.made,
            "numberOfItems": self._count,
        }
        links = [{"rel": "self", "href": "catalog.json", "type": "application/opds+json"}]
        head = msgspec.json.encode({"metadata": metadata, "links": links})
        head = head.removesuffix(b"}") + b',\n"publications": [\n'
        size = len(head) + self._feed.tell() + len(b"\n]}\n")
        if size > MOST_FEED_BYTES or self._files >= MOST_FILES:
            raise TooManyError(f"{self._count} publications are too many for one pack")
        self._feed.seek(0)
        digest = hashlib.sha256()
        pieces = itertools.chain([head], _read(self._feed), [b"\n]}\n"])
        self._target.put(FEED_NAME, size, _hashed(pieces, digest))
        self._list(FEED_NAME, digest.hexdigest(), size)

    def _bag_info(self, info: PackInfo) -> bytes:
        lines = [
            f"Bag-Size: {size_in_words(self._bytes, 'en')}",
            f"Bagging-Date: {info.made[:10]}",
            f"External-Identifier: {pack_urn(info.id)}",
            f"Payload-Oxum: {self._bytes}.{self._files}",
        ]
        if info.publisher:
            lines.append(f"Source-Organization: {' '.join(info.publisher.split())}")
        return "".join(f"{line}\n" for line in lines).encode()

    def _put_tag(self, path: str, content: "bytes | BinaryIO") -> bytes:
        """Write a tag file; its line for the tag manifest."""
        digest = hashlib.sha256()
        pieces = [content] if isinstance(content, bytes) else _read(content)
        self._target.put(path, 0, _hashed(pieces, digest))
        return f"{digest.hexdigest()}  {path}\n".encode()


class _Cutter:
    """Cuts a stream of pieces at places of its own.

    Attributes:
        taken: bytes so far.
    """

    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream = stream
        self._rest = b""
        self.taken = 0

    def take(self, most: int) -> Iterator[bytes]:
        """The next bytes, at most so many."""
        while most and (chunk := self._rest or next(self._stream, b"")):
            piece, self._rest = chunk[:most], chunk[most:]
            most -= len(piece)
            self.taken += len(piece)
            yield piece

    @property
    def has_more(self) -> bool:
        """Whether something is left; reads the source to its end, where it looks for changes."""
        return bool(self._rest or next(self._stream, b""))


def _part_paths(path: str, size: int, most: int) -> list[str]:
    if not most or size <= most:
        return [path]
    return [f"{path}.part{number:03}" for number in range(1, -(-size // most) + 1)]


def _hashed(pieces: Iterable[bytes], *digests: "hashlib._Hash") -> Iterator[bytes]:
    for piece in pieces:
        for digest in digests:
            digest.update(piece)
        yield piece


def _read(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece
