# SPDX-License-Identifier: GPL-3.0-or-later
"""Who did what when: a record that only grows."""

import json
import sqlite3
from enum import StrEnum

import msgspec

from appliance.database import Database
from appliance.school.staff import StaffMember
from appliance.timestamp import utc_now


class Action(StrEnum):
    """What can be done; the admin pages have a sentence for each in every language."""

    SET_UP = "set_up"
    CLOCK_WRONG = "clock_wrong"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_BLOCKED = "sign_in_blocked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an action, not a password
    MEMBER_ADDED = "member_added"
    MEMBER_CHANGED = "member_changed"
    MEMBER_PASSWORD_RESET = "member_password_reset"  # noqa: S105 - likewise
    MEMBER_DISABLED = "member_disabled"
    MEMBER_ENABLED = "member_enabled"
    MEMBER_DELETED = "member_deleted"
    ITEM_EDITED = "item_edited"
    ITEM_HIDDEN = "item_hidden"
    ITEM_SHOWN = "item_shown"
    ITEM_FEATURED = "item_featured"
    ITEM_UNFEATURED = "item_unfeatured"
    ITEM_REMOVED = "item_removed"
    ITEM_RESTORED = "item_restored"
    ITEM_PURGED = "item_purged"
    DRIVE_ADDED = "drive_added"
    FILE_UPLOADED = "file_uploaded"
    JOB_CANCELLED = "job_cancelled"
    SCHOOL_CHANGED = "school_changed"
    CARD_TAKEN = "card_taken"
    CARD_PASSWORD = "card_password"  # noqa: S105 - likewise
    HOTSPOT_CHANGED = "hotspot_changed"
    HOTSPOT_KEPT = "hotspot_kept"
    HOTSPOT_REVERTED = "hotspot_reverted"
    CLOCK_SET = "clock_set"
    POWERED_OFF = "powered_off"
    RESTARTED = "restarted"
    SERVICE_RESTARTED = "service_restarted"
    DATA_REPAIRED = "data_repaired"
    STICKS_DECIDED = "sticks_decided"
    KEY_ADDED = "key_added"
    KEY_RENAMED = "key_renamed"
    KEY_REVOKED = "key_revoked"
    KEY_TRUSTED_AGAIN = "key_trusted_again"
    KEY_REMOVED = "key_removed"
    KEY_LISTED = "key_listed"
    DRIVE_EJECTED = "drive_ejected"
    PACK_INSTALLED = "pack_installed"
    PACK_EXPORTED = "pack_exported"
    JOB_UNDONE = "job_undone"
    # None of these names a pupil: who is deleted shall be gone from here too.
    CLASS_ADDED = "class_added"
    CLASS_CHANGED = "class_changed"
    CLASS_CODE = "class_code"
    CLASS_GIVEN = "class_given"
    CLASS_REMOVED = "class_removed"
    CLASS_RESTORED = "class_restored"
    CLASS_ERASED = "class_erased"
    PUPILS_ADDED = "pupils_added"
    PUPIL_CHANGED = "pupil_changed"
    TRY_GIVEN = "try_given"
    PUPIL_ERASED = "pupil_erased"
    CLASS_EXPORTED = "class_exported"
    CERTIFICATES_GIVEN = "certificates_given"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_RESTORED = "certificate_restored"
    CERTIFICATES_EXPORTED = "certificates_exported"
    CERTIFICATE_SCHOOL_ADDED = "certificate_school_added"
    CERTIFICATE_SCHOOL_REMOVED = "certificate_school_removed"


class Entry(msgspec.Struct, frozen=True):
    """One line of the record.

    Attributes:
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``, by the box's clock at the time.
        who: the name at the time; empty for nobody known.
        details: names and numbers for the sentence; hostile text like any other.
    """

    id: int
    at: str
    staff_id: int | None
    who: str
    action: Action
    details: dict[str, str | int]


class Activity:
    """The record in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, by: StaffMember | None, action: Action, **details: str | int) -> None:
        """Write a line."""
        with self._database.transaction() as connection:
            write_line(connection, by, action, **details)

    def page(
        self,
        *,
        number: int = 1,
        size: int = 50,
        staff_id: int | None = None,
        actions: tuple[Action, ...] = (),
    ) -> tuple[list[Entry], int]:
        """A page of the record, newest first, and how many lines there are in all.

        Args:
            number: 1 is the newest page; one past the end is empty.
            size: lines a page.
            staff_id: only what this person did.
            actions: only these; empty is all.
        """
        # Each value is bound; only question marks are put together.
        marks = ", ".join("?" * len(actions or tuple(Action)))
        where = f"action IN ({marks}) AND (? IS NULL OR staff_id = ?)"
        values: list[object] = [*(actions or tuple(Action)), staff_id, staff_id]
        connection = self._database.connection
        total = connection.execute(
            f"SELECT count(*) FROM activity WHERE {where}",  # noqa: S608 - see above
            values,
        ).fetchone()[0]
        rows = connection.execute(
            f"SELECT * FROM activity WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?",  # noqa: S608 - likewise
            [*values, size, (max(number, 1) - 1) * size],
        )
        return [_entry(dict(row)) for row in rows], int(total)


def write_line(
    connection: sqlite3.Connection, by: StaffMember | None, action: Action, **details: str | int
) -> None:
    """Write a line as a part of what it tells of: both happen, or neither does."""
    connection.execute(
        "INSERT INTO activity (at, staff_id, who, action, details) VALUES (?, ?, ?, ?, ?)",
        (
            utc_now(),
            by.id if by else None,
            by.display_name if by else "",
            action,
            json.dumps(details, ensure_ascii=False),
        ),
    )


def _entry(row: dict[str, str]) -> Entry:
    return msgspec.convert({**row, "details": json.loads(row["details"])}, Entry)
