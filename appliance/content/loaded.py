# SPDX-License-Identifier: GPL-3.0-or-later
"""A delivery whose bytes are here: copied and hashed, not yet looked at."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from appliance.content.copy import Copy, hash_files
from appliance.content.delivery import Delivery
from appliance.content.file_name import safe_names
from appliance.content.fingerprint import content_id, fingerprint
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import job_of
from appliance.content.inspect.messages import Job
from appliance.content.item import Item, Kind, StoredFile
from appliance.content.partial import Partial
from appliance.content.payload import Payload
from appliance.content.store import FILES
from appliance.content.work import Work
from appliance.errors import RefusalError
from appliance.timestamp import utc_now

_WHOLE = "archive.zim"


class Loaded(msgspec.Struct):
    """Files in a staged folder.

    Attributes:
        folder: as ``ContentStore.stage`` gives one.
        hashes: SHA-256 by the name in the folder, in the order of the delivery's payloads.
        id: that the item will have.
    """

    delivery: Delivery
    folder: Path
    hashes: dict[str, str]
    id: str

    @property
    def files(self) -> list[str]:
        """Names of what is inspected."""
        return list(self.hashes)[: len(self.delivery.files)]

    @property
    def companions(self) -> list[str]:
        """Names of what came with it."""
        return list(self.hashes)[len(self.delivery.files) :]

    @property
    def source(self) -> str:
        """The name by which people know it, without the folders."""
        return Path(self.delivery.source).name

    def job(self) -> Job:
        """Its inspection among others."""
        kind, folder = self.delivery.kind, self.folder
        return job_of(kind, folder, self.files, self.companions, source=self.source)

    def item(self, inspection: Inspection) -> Item:
        """The item that it becomes; an archive gets its last name."""
        delivery = self.delivery
        if delivery.kind is Kind.ZIM:
            self._rename(_WHOLE, f"{self.id}.zim")
        metadata = inspection.metadata.overlaid(delivery.said)
        if not metadata.title:
            metadata = msgspec.structs.replace(metadata, title=Path(delivery.source).stem)
        return Item(
            id=self.id,
            kind=inspection.kind or delivery.kind,
            metadata=metadata,
            files=self._stored_files(),
            added=utc_now(),
            source=delivery.source,
            details=inspection.details,
            fingerprint=delivery.fingerprint or self._fingerprint(),
            cover=inspection.cover,
            edition=delivery.edition,
            titles=delivery.titles,
            lesson=delivery.lesson,
        )

    def _rename(self, old: str, new: str) -> None:
        (self.folder / FILES / old).rename(self.folder / FILES / new)
        self.hashes = {new if name == old else name: self.hashes[name] for name in self.hashes}

    def _fingerprint(self) -> str:
        present = [self.folder / FILES / name for name in self.hashes]
        return fingerprint([path for path in present if path.exists()])

    def _stored_files(self) -> tuple[StoredFile, ...]:
        """All files of the item: those that were copied, in their order, and what was made of them.

        An inspector may have left out a picture that cannot be read.
        """
        there = dict(_files(self.folder))
        brought = {f"{FILES}/{name}": sha256 for name, sha256 in self.hashes.items()}
        made = sorted(PurePosixPath(path) for path in there.keys() - brought.keys())
        return (
            *(StoredFile(path, there[path], brought[path]) for path in brought if path in there),
            *(StoredFile(str(path), there[str(path)], self._hash(str(path))) for path in made),
        )

    def _hash(self, path: str) -> str:
        return hash_files([self.folder / path], lambda _: None)


def _files(folder: Path, above: str = "") -> Iterator[tuple[str, int]]:
    """Path and bytes of each file below, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder / entry.name, f"{path}/")
            elif entry.is_file():
                yield path, entry.stat().st_size


def load(delivery: Delivery, folder: Path, partial: Partial | None, work: Work) -> Loaded:
    """Copy everything into a staged folder.

    Args:
        delivery: what shall be copied.
        folder: where to, with an empty ``files`` in it, or what an earlier try has left.
        partial: how far that was; None: nothing is kept of what breaks off.
        work: for progress and room.

    Raises:
        RefusalError: as ``Copy.run``, or ``pack-file-damaged``.
        OSError: the disk is full or failing.
    """
    names = safe_names([payload.name for payload in delivery.payloads])
    if delivery.kind is Kind.ZIM:
        names[0] = _WHOLE
    hashes = {
        name: _copy(payload, folder / FILES / name, partial, work)
        for payload, name in zip(delivery.payloads, names, strict=True)
    }
    return Loaded(delivery, folder, hashes, content_id(hashes.values()))


def _copy(payload: Payload, target: Path, partial: Partial | None, work: Work) -> str:
    kept = partial.kept(target.name) if partial else 0
    while True:
        copy = Copy(
            payload,
            target,
            kept=kept,
            spend=work.reserve.spend,
            mark=(lambda flushed: partial.mark(target.name, flushed)) if partial else None,
        )
        if partial:
            partial.begin(target.name, copy.kept)
        sha256 = copy.run(work.progress.advance, work.progress.skip)
        if not payload.sha256 or sha256 == payload.sha256:
            return sha256
        if not copy.kept:
            raise RefusalError("pack-file-damaged", path=payload.name)
        # Perhaps only the part that lay here was damaged.
        work.progress.skip(-payload.size)
        kept = 0
