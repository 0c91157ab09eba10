# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``chashma.toml`` says about the school, brought into ``school.db``: each file once.

The digest of the file that was taken over last stands in the same transaction as what it brought.
So a second start with the same card changes nothing, and a power cut in between loses nothing.
``CardReport.changed`` is not asked: it speaks of the boot before, at which the power may have
failed before this was done.
"""

import json
import sqlite3
from pathlib import Path

import msgspec

from appliance.card.settings import CardReport, CardSettings
from appliance.config import Config
from appliance.database import Database
from appliance.language import DEFAULT
from appliance.school.activity import Action, write_line
from appliance.school.name_fold import fold_name
from appliance.school.staff import Role
from appliance.school.stick_trust import take_card_keys
from appliance.timestamp import utc_now

ACCOUNT = "administrator"
"""The name to sign in with of the account whose password stands on the card."""

_DISPLAY_NAME = "Administrator"


class Card:
    """The card of this boot, for the school's own records."""

    def __init__(self, config: Config, database: Database) -> None:
        self._file = config.card_json
        self._database = database
        self._seen: tuple[int, int] | None = None

    def report(self) -> CardReport | None:
        """The file as the box understood it; nothing on a laptop, and before the agent has run."""
        return _read(self._file)

    def take(self) -> bool:
        """Take over what the card says, if that has not been done. Costs a ``stat`` if it has.

        May be called at any time and by many: the agent and the web start side by side. True says
        that something is not as it was; ``StickTrust.publish`` has then to be called.
        """
        try:
            found = self._file.stat()
        except OSError:
            return False
        seen = (found.st_ino, found.st_mtime_ns)
        if seen == self._seen:
            return False
        report = _read(self._file)
        taken = report is not None and report.present and self._take(report)
        self._seen = seen
        return taken

    def _take(self, report: CardReport) -> bool:
        # A file that could not be read says nothing, and may be read at the next start.
        nothing_said = report.settings == CardSettings()
        if nothing_said or _taken(self._database.connection) == report.digest:
            return False
        with self._database.transaction() as connection:
            # Another process may have done it while this one waited for the lock.
            if _taken(connection) == report.digest:
                return False
            _apply(connection, report.settings)
            connection.execute(
                "INSERT INTO card VALUES (1, ?)"
                " ON CONFLICT (id) DO UPDATE SET digest = excluded.digest",
                (report.digest,),
            )
        return True


def _read(file: Path) -> CardReport | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=CardReport)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        # Whatever is wrong with it: the school's pages matter more than what it would say.
        return None


def _taken(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT digest FROM card").fetchone()
    return str(row["digest"]) if row else ""


def _apply(connection: sqlite3.Connection, settings: CardSettings) -> None:
    """What the card is silent about stays as it is."""
    if settings.school_name is not None:
        connection.execute(
            "INSERT INTO setting VALUES ('school_name', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (json.dumps(settings.school_name),),
        )
    if settings.administrator_password_hash is not None:
        _give_account(connection, settings.administrator_password_hash)
    if settings.trusted_keys:
        take_card_keys(connection, settings.trusted_keys)
    write_line(connection, None, Action.CARD_TAKEN)


def _give_account(connection: sqlite3.Connection, kept: str) -> None:
    """Whoever holds the card holds the box: the account is made, or opened with this password."""
    folded = fold_name(ACCOUNT)
    found = connection.execute("SELECT id FROM staff WHERE folded = ?", (folded,)).fetchone()
    if found is None:
        connection.execute(
            "INSERT INTO staff (name, folded, display_name, role, language, password, temporary,"
            " created) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (ACCOUNT, folded, _DISPLAY_NAME, Role.ADMINISTRATOR, DEFAULT, kept, utc_now()),
        )
    else:
        connection.execute(
            "UPDATE staff SET password = ?, role = ?, temporary = 0, disabled = 0 WHERE id = ?",
            (kept, Role.ADMINISTRATOR, found["id"]),
        )
        connection.execute("DELETE FROM session WHERE staff_id = ?", (found["id"],))
    write_line(connection, None, Action.CARD_PASSWORD, person=ACCOUNT)
