# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of each file that was brought."""

from enum import StrEnum
from typing import Any

import msgspec

from appliance.content.item import Item, Kind
from appliance.errors import RefusalError
from appliance.reasons import sentence

NOT_ITS_FAULT = frozenset(("drive-removed", "unreadable", "changed-while-read", "no-space"))
"""Refusals that say nothing of the file, nor of what was copied of it so far."""


class Status(StrEnum):
    """How it went for a file."""

    INSTALLED = "installed"
    ALREADY = "already"
    REJECTED = "rejected"
    RETIRED = "retired"
    """A pack took it off the shelf."""

    RESTORED = "restored"
    REMOVED = "removed"


class Notice(msgspec.Struct, frozen=True):
    """Something that is odd about a file, but no reason to refuse it."""

    code: str
    details: dict[str, str | int] = {}


class IngestResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The outcome for one candidate, or for one row of a sheet.

    Attributes:
        file: what people know the file by.
        status: what became of it.
        id: of the item; empty when rejected.
        code: why it was rejected, a key of ``appliance.reasons.REASONS``.
        details: for the sentence of the code.
        size: bytes of the file that was rejected, where they are known.
        replaced: titles of the older editions that it replaced.
        notices: what is odd about it.
    """

    file: str
    status: Status
    id: str = ""
    kind: Kind | None = None
    title: str = ""
    languages: tuple[str, ...] = ()
    code: str = ""
    details: dict[str, str | int] = {}
    size: int = 0
    replaced: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @classmethod
    def of(cls, file: str, status: Status, item: Item) -> "IngestResult":
        """For an item that is on the shelf now."""
        shown = item.shown
        return cls(file, status, item.id, item.kind, shown.title, shown.languages)

    @classmethod
    def rejected(cls, file: str, exc: RefusalError, kind: Kind | None = None) -> "IngestResult":
        """For a file that was refused."""
        return cls(file, Status.REJECTED, kind=kind, code=exc.code, details=exc.details)

    def reason(self, language: str) -> str:
        """Why it was rejected, in plain words, or empty."""
        return sentence(self.code, self.details, language) if self.code else ""

    def for_people(self, language: str) -> dict[str, Any]:
        """The object that ``chashma ingest --json`` prints."""
        return {
            "file": self.file,
            "status": self.status,
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "languages": self.languages,
            "reason": self.reason(language),
            "code": self.code,
            "replaced": self.replaced,
            "notices": [sentence(n.code, n.details, language) for n in self.notices],
        }
