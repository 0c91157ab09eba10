# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and rules: each change is kept, on the record and published, or none of it happens."""

import base64
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.policy import FromSticks, StickPolicy, TrustedKey, read_policy
from appliance.content.revoked import Revoked, add_revoked
from appliance.database import Database
from appliance.school import stick_trust
from appliance.school.activity import Action, Activity
from appliance.school.database import open_school
from appliance.school.pack_key import KeyKnownError, KeyRevokedError, Source, UnknownKeyError
from appliance.school.staff import NewMember, Role, Staff, StaffMember
from appliance.school.stick_trust import (
    StickTrust,
    take_card_keys,
)


def key(number: int) -> str:
    return base64.b64encode(b"Ed" + number.to_bytes(8, "little") + bytes(32)).decode()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state")


@pytest.fixture
def database(config: Config) -> Database:
    return open_school(config)


@pytest.fixture
def trust(config: Config, database: Database) -> StickTrust:
    return StickTrust(config, database)


@pytest.fixture
def by(database: Database) -> StaffMember:
    return Staff(database).add(NewMember("a", "Азиза", Role.ADMINISTRATOR, "tg", "x"))


def actions(database: Database) -> list[Action]:
    return [entry.action for entry in Activity(database).page()[0]]


def test_a_new_box_asks_and_trusts_nobody(config: Config, trust: StickTrust) -> None:
    trust.publish()
    assert config.stick_policy.exists()
    assert read_policy(config.stick_policy) == StickPolicy()


def test_what_stands_already_is_not_written_again(config: Config, trust: StickTrust) -> None:
    trust.publish()
    before = config.stick_policy.stat()
    trust.publish()
    after = config.stick_policy.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    config.stick_policy.write_bytes(b"{")
    trust.publish()
    assert read_policy(config.stick_policy) == StickPolicy()


def test_every_change_is_published_and_on_the_record(
    config: Config, database: Database, trust: StickTrust, by: StaffMember
) -> None:
    added = trust.add(by, key(1), "Khujand")
    assert added.fingerprint == "0000 0000 0000 0001"
    assert (added.source, added.revoked) == (Source.PANEL, "")
    assert read_policy(config.stick_policy).keys == (TrustedKey(key(1), "Khujand"),)
    trust.rename(by, added.id, "Хуҷанд")
    assert read_policy(config.stick_policy).keys == (TrustedKey(key(1), "Хуҷанд"),)
    trust.decide(by, FromSticks.SIGNED, reports=False)
    trust.revoke(by, added.id)
    assert read_policy(config.stick_policy) == StickPolicy(
        FromSticks.SIGNED, revoked=(key(1),), reports=False
    )
    trust.trust_again(by, added.id)
    assert read_policy(config.stick_policy).revoked == ()
    trust.remove(by, added.id)
    assert read_policy(config.stick_policy).keys == ()
    assert actions(database) == [
        Action.KEY_REMOVED,
        Action.KEY_TRUSTED_AGAIN,
        Action.KEY_REVOKED,
        Action.STICKS_DECIDED,
        Action.KEY_RENAMED,
        Action.KEY_ADDED,
    ]
    assert Activity(database).page()[0][0].details == {
        "key": "Хуҷанд",
        "number": "0000 0000 0000 0001",
    }


def test_a_key_is_there_once(trust: StickTrust, by: StaffMember) -> None:
    trust.add(by, key(1), "one")
    with pytest.raises(KeyKnownError):
        trust.add(by, key(1), "two")
    assert [one.name for one in trust.all()] == ["one"]


def test_what_is_revoked_is_neither_forgotten_nor_added_again(
    database: Database, trust: StickTrust, by: StaffMember
) -> None:
    number = trust.add(by, key(1), "lost").id
    trust.revoke(by, number)
    with pytest.raises(KeyRevokedError):
        trust.remove(by, number)
    with pytest.raises(KeyRevokedError):
        trust.add(by, key(1), "found")
    with database.transaction() as connection:
        take_card_keys(connection, [key(1), key(2)])
        take_card_keys(connection, [key(2)])
    assert [(one.key, bool(one.revoked)) for one in trust.all()] == [
        (key(2), False),
        (key(1), True),
    ]


def test_a_card_replaces_what_cards_brought_and_nothing_else(
    database: Database, trust: StickTrust, by: StaffMember
) -> None:
    trust.add(by, key(9), "by hand")
    with database.transaction() as connection:
        take_card_keys(connection, [key(1), key(2)])
    named = next(one for one in trust.all() if one.key == key(2))
    trust.rename(by, named.id, "kept")
    with database.transaction() as connection:
        take_card_keys(connection, [key(2), key(3), key(9)])
    assert {(one.key, one.name, one.source) for one in trust.all()} == {
        (key(9), "by hand", Source.PANEL),
        (key(2), "kept", Source.CARD),
        (key(3), "", Source.CARD),
    }


def test_a_signed_list_revokes_for_good(
    config: Config, database: Database, trust: StickTrust, by: StaffMember
) -> None:
    trust.take_list()
    number = trust.add(by, key(1), "stolen").id
    when = "2026-11-22T05:00:00Z"
    add_revoked(config.revoked_keys, (Revoked(key(1), key(8), when), Revoked(key(2), key(8), when)))
    trust.take_list()
    trust.take_list()
    assert {(one.key, one.name, one.revoked, one.revoked_by) for one in trust.all()} == {
        (key(1), "stolen", when, Source.LIST),
        (key(2), "", when, Source.LIST),
    }
    assert set(read_policy(config.stick_policy).revoked) == {key(1), key(2)}
    assert actions(database).count(Action.KEY_LISTED) == 2
    with pytest.raises(KeyRevokedError):
        trust.trust_again(by, number)
    with pytest.raises(KeyRevokedError):
        trust.add(by, key(2), "again")


def test_a_list_that_cannot_be_read_is_passed_over(config: Config, trust: StickTrust) -> None:
    config.revoked_keys.write_bytes(b"{")
    trust.take_list()
    assert trust.all() == []


def test_no_such_key(trust: StickTrust, by: StaffMember) -> None:
    for change in (trust.revoke, trust.trust_again, trust.remove):
        with pytest.raises(UnknownKeyError):
            change(by, 7)
    with pytest.raises(UnknownKeyError):
        trust.rename(by, 7, "x")


def test_what_cannot_be_published_did_not_happen(
    config: Config,
    database: Database,
    trust: StickTrust,
    by: StaffMember,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    trust.publish()
    with monkeypatch.context() as patch:
        patch.setattr(stick_trust, "write_policy", full)
        with pytest.raises(OSError, match="space"):
            trust.add(by, key(1), "x")
    assert trust.all() == []
    assert actions(database) == []
    assert read_policy(config.stick_policy) == StickPolicy()


def test_keys_of_the_version_before_are_kept(config: Config) -> None:
    """The scripts up to the third are those of the version before; its table stays for it."""
    config.state.mkdir()
    with sqlite3.connect(config.school_db) as old:
        for script in sorted(files("appliance.school.migrations").iterdir(), key=lambda e: e.name):
            if script.name.startswith(("0001", "0002", "0003")):
                old.executescript(script.read_text(encoding="utf-8"))
        old.execute("INSERT INTO trusted_key VALUES (?)", (key(5),))
        old.execute("PRAGMA user_version = 3")
    old.close()
    database = open_school(config)
    assert [one.key for one in StickTrust(config, database).all()] == [key(5)]
    # What the version before does when a card comes.
    database.connection.execute("INSERT OR IGNORE INTO trusted_key VALUES (?)", (key(6),))
