# SPDX-License-Identifier: GPL-3.0-or-later
"""What the card says is taken over once, whole, and never twice."""

import sqlite3
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from appliance.card.settings import CardProblem, CardReport, CardSettings
from appliance.config import Config
from appliance.content.policy import read_policy
from appliance.database import Database
from appliance.school.activity import Action, Activity
from appliance.school.card import Card
from appliance.school.database import open_school
from appliance.school.opening import Records
from appliance.school.password import hash_password
from appliance.school.session import Sessions
from appliance.school.settings import SchoolSettings
from appliance.school.staff import NewMember, Role, Staff
from appliance.school.stick_trust import StickTrust

HASH = hash_password("чойи сабз бо нон")
KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state", agent_socket=tmp_path / "agent" / "agent.sock")


@pytest.fixture
def database(config: Config) -> Database:
    return open_school(config)


def lay(
    config: Config, digest: str, *, problems: tuple[CardProblem, ...] = (), **says: object
) -> None:
    """The report of a card, as the agent writes it."""
    report = CardReport(True, True, digest, CardSettings(**says), problems)  # type: ignore[arg-type] # as given
    config.card_json.parent.mkdir(exist_ok=True)
    fresh = config.card_json.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(report))
    fresh.replace(config.card_json)


def start(config: Config, database: Database) -> None:
    """What the web does at its start."""
    Card(config, database).take()


def trusted(config: Config, database: Database) -> list[str]:
    return [key.key for key in StickTrust(config, database).all() if not key.revoked]


def test_a_new_card_makes_the_account_and_the_name(config: Config, database: Database) -> None:
    lay(
        config,
        "d1",
        school_name="Мактаби №5",
        administrator_password_hash=HASH,
        trusted_keys=(KEY,),
    )
    start(config, database)
    member = Staff(database).authenticate("Administrator", "чойи сабз бо нон")
    assert member is not None
    assert (member.role, member.temporary) == (Role.ADMINISTRATOR, False)
    assert SchoolSettings(database).load().school_name == "Мактаби №5"
    assert trusted(config, database) == [KEY]
    said = [entry.action for entry in Activity(database).page()[0]]
    assert said == [Action.CARD_TAKEN, Action.CARD_PASSWORD]


def test_the_same_card_changes_nothing_twice(config: Config, database: Database) -> None:
    lay(config, "d1", school_name="Card", administrator_password_hash=HASH)
    start(config, database)
    staff = Staff(database)
    staff.set_password(staff.all()[0].id, "another one entirely")
    SchoolSettings(database).save(school_name="Panel")
    start(config, database)
    assert SchoolSettings(database).load().school_name == "Panel"
    assert staff.authenticate("administrator", "another one entirely")
    lay(config, "d2", school_name="Card again")
    start(config, database)
    assert SchoolSettings(database).load().school_name == "Card again"
    assert staff.authenticate("administrator", "another one entirely")


def test_the_account_that_was_there_is_opened_and_signed_out(
    config: Config, database: Database
) -> None:
    staff, sessions = Staff(database), Sessions(database)
    other = staff.add(NewMember("z", "Z", Role.ADMINISTRATOR, "tg", "x"))
    member = staff.add(NewMember("Administrator", "A", Role.TEACHER, "ru", "x", temporary=True))
    staff.set_disabled(member.id, disabled=True)
    mine, theirs = sessions.start(member.id), sessions.start(other.id)
    lay(config, "d1", administrator_password_hash=HASH)
    start(config, database)
    found = staff.authenticate("administrator", "чойи сабз бо нон")
    assert found is not None
    assert (found.id, found.role, found.temporary) == (member.id, Role.ADMINISTRATOR, False)
    assert sessions.resume(mine) is None
    assert sessions.resume(theirs) == other.id


def test_a_power_cut_in_between_loses_nothing_and_repeats_nothing(
    config: Config, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("the power is gone")

    lay(config, "d1", school_name="Card", administrator_password_hash=HASH)
    with monkeypatch.context() as patch:
        patch.setattr("appliance.school.card.write_line", cut)
        with pytest.raises(sqlite3.OperationalError):
            start(config, database)
    assert SchoolSettings(database).load().school_name == ""
    assert not Staff(database).exists()
    start(config, database)
    assert SchoolSettings(database).load().school_name == "Card"


def test_a_card_that_comes_after_the_start_counts_too(config: Config, database: Database) -> None:
    card = Card(config, database)
    card.take()
    lay(config, "d1", school_name="Late")
    card.take()
    assert SchoolSettings(database).load().school_name == "Late"


def test_silence_keeps_what_is_there(config: Config, database: Database) -> None:
    lay(config, "d1", school_name="A", trusted_keys=(KEY,))
    start(config, database)
    lay(config, "d2", school_name="B")
    start(config, database)
    assert trusted(config, database) == [KEY]


def test_a_file_that_cannot_be_read_does_not_stand_for_the_one_that_can(
    config: Config, database: Database
) -> None:
    lay(config, "d1", problems=(CardProblem("file-unreadable"),))
    start(config, database)
    lay(config, "d1", school_name="Readable")
    start(config, database)
    assert SchoolSettings(database).load().school_name == "Readable"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"present": 1}'])
def test_a_report_that_is_none_is_passed_over(
    config: Config, database: Database, content: bytes
) -> None:
    config.card_json.parent.mkdir()
    config.card_json.write_bytes(content)
    start(config, database)
    assert Activity(database).page()[1] == 0


def test_a_start_takes_it_and_tells_the_worker(config: Config, database: Database) -> None:
    lay(config, "d1", school_name="Мактаби №5", trusted_keys=(KEY,))

    Records(config).take_card()

    assert SchoolSettings(database).load().school_name == "Мактаби №5"
    assert [key.key for key in read_policy(config.stick_policy).keys] == [KEY]


def test_a_start_goes_on_where_the_worker_cannot_be_told(
    config: Config, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    lay(config, "d1", school_name="Мактаби №5")
    config.stick_policy.mkdir(parents=True)

    Records(config).take_card()

    assert SchoolSettings(database).load().school_name == "Мактаби №5"
    assert "could not be written down" in caplog.text


def test_a_card_that_is_read_after_the_start_is_taken_then(
    config: Config, database: Database
) -> None:
    records = Records(config)
    records.take_card()
    lay(config, "d1", school_name="Мактаби №5", trusted_keys=(KEY,))
    records.take_card()
    assert SchoolSettings(database).load().school_name == "Мактаби №5"
    assert [key.key for key in read_policy(config.stick_policy).keys] == [KEY]


def test_what_cannot_be_kept_is_tried_again(
    config: Config, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    records = Records(config)
    lay(config, "d1", school_name="Мактаби №5")
    with patch.object(Card, "take", side_effect=sqlite3.OperationalError("disk is full")):
        records.take_card()
    assert "could not be taken over" in caplog.text
    records.take_card()
    assert SchoolSettings(database).load().school_name == "Мактаби №5"
