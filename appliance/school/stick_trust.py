# SPDX-License-Identifier: GPL-3.0-or-later
"""What sticks may bring, and whose packs install by themselves, as the school decided.

It stands in ``school.db``. The worker, who may not see that, reads ``Config.stick_policy``, which
is written inside each transaction that changes something here: where it cannot be written nothing
changes, and a power cut in between is mended by ``publish`` at the next start.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from appliance.config import Config
from appliance.content.policy import (
    FromSticks,
    PolicyError,
    StickPolicy,
    TrustedKey,
    write_policy,
)
from appliance.content.revoked import Revoked, read_revoked
from appliance.database import Database
from appliance.school.activity import Action, write_line
from appliance.school.pack_key import (
    KeyKnownError,
    KeyRevokedError,
    PackKey,
    Source,
    UnknownKeyError,
)
from appliance.school.settings import Settings
from appliance.school.staff import StaffMember
from appliance.timestamp import utc_now


class StickTrust:
    """Keys and rules; every change is on the record and published in the same moment."""

    def __init__(self, config: Config, database: Database) -> None:
        self._config = config
        self._database = database
        self._seen: tuple[int, int] | None = None

    def all(self) -> list[PackKey]:
        """Every key, those that are trusted first."""
        return _keys(self._database.connection)

    def key(self, number: int) -> PackKey:
        """A key by its row.

        Raises:
            UnknownKeyError: there is none.
        """
        return _key(self._database.connection, number)

    def publish(self) -> None:
        """Let the worker know how things stand.

        Raises:
            OSError: the disk is full or failing.
        """
        with self._changing():
            pass

    def decide(self, by: StaffMember, from_sticks: FromSticks, *, reports: bool) -> None:
        """What sticks may bring, and whether a report may be written on them.

        Raises:
            OSError: as ``publish``.
        """
        rules = {"from_sticks": from_sticks, "stick_reports": reports}
        with self._changing() as connection:
            connection.executemany(
                "INSERT INTO setting VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(value)) for name, value in rules.items()],
            )
            write_line(connection, by, Action.STICKS_DECIDED, policy=from_sticks.value)

    def add(self, by: StaffMember, key: str, name: str) -> PackKey:
        """Trust a key.

        Args:
            by: the administrator who vouches for it.
            key: as ``read_public_key`` gives it.
            name: whose it is, for people.

        Raises:
            KeyKnownError: it is trusted already.
            KeyRevokedError: it was revoked.
            OSError: as ``publish``.
        """
        with self._changing() as connection:
            row = connection.execute("SELECT id FROM pack_key WHERE key = ?", (key,)).fetchone()
            if row is not None:
                raise KeyRevokedError if _key(connection, row["id"]).revoked else KeyKnownError
            cursor = connection.execute(
                "INSERT INTO pack_key (key, name, source, added) VALUES (?, ?, ?, ?)",
                (key, name, Source.PANEL, utc_now()),
            )
            added = _key(connection, int(cursor.lastrowid or 0))
            _note(connection, by, Action.KEY_ADDED, added)
        return added

    def rename(self, by: StaffMember, number: int, name: str) -> PackKey:
        """Call a key something else.

        Raises:
            UnknownKeyError, OSError: as above.
        """
        return self._update(by, number, Action.KEY_RENAMED, name=name)

    def revoke(self, by: StaffMember, number: int) -> PackKey:
        """Trust a key no more; what it brought stays on the shelf.

        Raises:
            UnknownKeyError, OSError: as above.
        """
        return self._update(
            by, number, Action.KEY_REVOKED, revoked=utc_now(), revoked_by=Source.PANEL
        )

    def trust_again(self, by: StaffMember, number: int) -> PackKey:
        """Take back what ``revoke`` did; never what a signed list did.

        Raises:
            KeyRevokedError: a signed list revoked it.
            UnknownKeyError, OSError: as above.
        """
        if self.key(number).revoked_by == Source.LIST:
            raise KeyRevokedError
        return self._update(by, number, Action.KEY_TRUSTED_AGAIN, revoked="", revoked_by="")

    def remove(self, by: StaffMember, number: int) -> PackKey:
        """Forget a key that is trusted; it may come back with a card.

        Raises:
            KeyRevokedError: it was revoked, and that must not be forgotten.
            UnknownKeyError, OSError: as above.
        """
        with self._changing() as connection:
            known = _key(connection, number)
            if known.revoked:
                raise KeyRevokedError
            connection.execute("DELETE FROM pack_key WHERE id = ?", (number,))
            _note(connection, by, Action.KEY_REMOVED, known)
        return known

    def take_list(self) -> None:
        """Keep what signed lists have revoked, as the worker found them; a ``stat`` if none came.

        Raises:
            OSError: as ``publish``.
        """
        try:
            found = self._config.revoked_keys.stat()
            seen = (found.st_ino, found.st_mtime_ns)
            if seen == self._seen:
                return
            listed = read_revoked(self._config.revoked_keys)
        except (FileNotFoundError, PolicyError):
            return  # the worker stands by what it cannot read, and tells of it
        known = {key.key for key in self.all() if key.revoked}
        fresh = [one for one in listed if one.key not in known]
        if fresh:
            with self._changing() as connection:
                for one in fresh:
                    _revoke_by_list(connection, one)
        self._seen = seen

    def _update(self, by: StaffMember, number: int, action: Action, **values: str) -> PackKey:
        names = ", ".join(f"{column} = ?" for column in values)  # our own words above
        with self._changing() as connection:
            _key(connection, number)
            connection.execute(
                f"UPDATE pack_key SET {names} WHERE id = ?",  # noqa: S608 - see above
                (*values.values(), number),
            )
            changed = _key(connection, number)
            _note(connection, by, action, changed)
        return changed

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._database.transaction() as connection:
            yield connection
            write_policy(self._config.stick_policy, policy_of(connection))


def take_card_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """The keys that a card lists replace those of the card before; a revoked key stays revoked."""
    listed = tuple(keys)
    marks = ", ".join("?" * len(listed))
    connection.execute(
        f"DELETE FROM pack_key WHERE source = ? AND revoked = '' AND key NOT IN ({marks})",  # noqa: S608 - question marks
        (Source.CARD, *listed),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO pack_key (key, source, added) VALUES (?, ?, ?)",
        [(key, Source.CARD, utc_now()) for key in listed],
    )


def policy_of(connection: sqlite3.Connection) -> StickPolicy:
    """What is published: the rules and the keys as they stand in this transaction."""
    rows = connection.execute("SELECT name, value FROM setting")
    settings = msgspec.convert({name: json.loads(value) for name, value in rows}, Settings)
    keys = _keys(connection)
    return StickPolicy(
        from_sticks=settings.from_sticks,
        keys=tuple(TrustedKey(one.key, one.name) for one in keys if not one.revoked),
        revoked=tuple(one.key for one in keys if one.revoked),
        reports=settings.stick_reports,
    )


def _keys(connection: sqlite3.Connection) -> list[PackKey]:
    rows = connection.execute("SELECT * FROM pack_key ORDER BY revoked <> '', id")
    return [msgspec.convert(dict(row), PackKey) for row in rows]


def _key(connection: sqlite3.Connection, number: int) -> PackKey:
    row = connection.execute("SELECT * FROM pack_key WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise UnknownKeyError(str(number))
    return msgspec.convert(dict(row), PackKey)


def _revoke_by_list(connection: sqlite3.Connection, listed: Revoked) -> None:
    connection.execute(
        "INSERT INTO pack_key (key, source, added, revoked, revoked_by) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET revoked = excluded.revoked,"
        " revoked_by = excluded.revoked_by",
        (listed.key, Source.LIST, listed.when, listed.when, Source.LIST),
    )
    row = connection.execute("SELECT * FROM pack_key WHERE key = ?", (listed.key,)).fetchone()
    _note(connection, None, Action.KEY_LISTED, msgspec.convert(dict(row), PackKey))


def _note(
    connection: sqlite3.Connection, by: StaffMember | None, action: Action, key: PackKey
) -> None:
    write_line(connection, by, action, key=key.name or key.fingerprint, number=key.fingerprint)
