# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: unique names, right passwords, and always somebody who can manage the box."""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from appliance.config import Config
from appliance.database import Database
from appliance.school import staff as staff_module
from appliance.school.database import open_school
from appliance.school.session import Sessions
from appliance.school.staff import (
    AlreadySetUpError,
    LastAdministratorError,
    NameTakenError,
    NewMember,
    Role,
    Staff,
    UnknownMemberError,
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_school(Config(state=tmp_path))


@pytest.fixture
def staff(database: Database) -> Staff:
    return Staff(database)


def new(name: str, role: Role = Role.ADMINISTRATOR, password: str = "чойи сабз") -> NewMember:
    return NewMember(name, name.title(), role, "tg", password)


def test_a_name_can_be_typed_without_tajik_letters(staff: Staff) -> None:
    member = staff.add(new("Ҷӯра  Қосимӣ"))
    assert staff.authenticate(" чура косими ", "чойи сабз") == member
    assert staff.authenticate("Ҷӯра Қосимӣ", "чойи сабз!") is None
    assert staff.authenticate("nobody", "чойи сабз") is None


def test_two_names_that_read_the_same_are_one(staff: Staff) -> None:
    staff.add(new("Ҷӯра"))
    with pytest.raises(NameTakenError):
        staff.add(new("ЧУРА"))
    other = staff.add(new("Зебо"))
    with pytest.raises(NameTakenError):
        staff.change(other.id, name="чӯра", display_name="x", role=Role.ADMINISTRATOR)
    assert [member.name for member in staff.all()] == ["Зебо", "Ҷӯра"]


def test_only_one_person_sets_the_box_up(staff: Staff) -> None:
    staff.add_first(new("a"))
    with pytest.raises(AlreadySetUpError):
        staff.add_first(new("b"))
    assert len(staff.all()) == 1


def test_the_last_administrator_stays(staff: Staff) -> None:
    only = staff.add(new("only"))
    staff.add(new("teacher", Role.TEACHER))
    asleep = staff.add(new("asleep"))
    staff.set_disabled(asleep.id, disabled=True)
    with pytest.raises(LastAdministratorError):
        staff.delete(only.id)
    with pytest.raises(LastAdministratorError):
        staff.set_disabled(only.id, disabled=True)
    with pytest.raises(LastAdministratorError):
        staff.change(only.id, name="only", display_name="Only", role=Role.DISTRICT)
    staff.set_disabled(asleep.id, disabled=False)
    staff.delete(only.id)
    with pytest.raises(UnknownMemberError):
        staff.get(only.id)


def test_a_disabled_account_cannot_sign_in_and_loses_its_sessions(
    staff: Staff, database: Database
) -> None:
    sessions = Sessions(database)
    staff.add(new("a"))
    member = staff.add(new("b", Role.TEACHER))
    token = sessions.start(member.id)
    assert sessions.resume(token) == member.id
    staff.set_disabled(member.id, disabled=True)
    assert staff.authenticate("b", "чойи сабз") is None
    assert sessions.resume(token) is None


def test_another_password_ends_every_session(staff: Staff, database: Database) -> None:
    sessions = Sessions(database)
    member = staff.add(new("a"))
    tokens = [sessions.start(member.id) for _ in range(2)]
    staff.set_password(member.id, "нони гарм", temporary=True)
    assert [sessions.resume(token) for token in tokens] == [None, None]
    assert staff.get(member.id).temporary
    assert staff.has_password(member.id, "нони гарм")
    assert not staff.has_password(member.id, "чойи сабз")


def test_the_password_is_not_in_the_file(staff: Staff, database: Database) -> None:
    staff.add(new("a", password="plainly-secret-words"))
    token = Sessions(database).start(1)
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = database.path.read_bytes()
    assert b"plainly-secret-words" not in kept
    assert token.encode() not in kept


class AccountsStory(RuleBasedStateMachine):
    """Whatever is done to the accounts, somebody can still manage the box."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(Path(":memory:"), "appliance.school.migrations")
        self.staff = Staff(self.database)
        self.staff.add_first(new("first"))

    def _pick(self, number: int) -> int:
        everybody = self.staff.all()
        return everybody[number % len(everybody)].id

    @rule(name=st.text("абвӣ", min_size=1, max_size=3), role=st.sampled_from(Role))
    def add(self, name: str, role: Role) -> None:
        try:
            self.staff.add(new(name, role))
        except NameTakenError:
            assert staff_module.fold_name(name) in {
                staff_module.fold_name(member.name) for member in self.staff.all()
            }

    @rule(number=st.integers(0, 9), disabled=st.booleans())
    def disable(self, number: int, disabled: bool) -> None:
        try:
            self.staff.set_disabled(self._pick(number), disabled=disabled)
        except LastAdministratorError:
            assert disabled

    @rule(number=st.integers(0, 9), role=st.sampled_from(Role))
    def change(self, number: int, role: Role) -> None:
        member = self.staff.get(self._pick(number))
        try:
            self.staff.change(member.id, name=member.name, display_name="x", role=role)
        except LastAdministratorError:
            assert role is not Role.ADMINISTRATOR

    @precondition(lambda self: len(self.staff.all()) > 1)
    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        member = self.staff.get(self._pick(number))
        try:
            self.staff.delete(member.id)
        except LastAdministratorError:
            assert member.role is Role.ADMINISTRATOR

    @invariant()
    def somebody_manages(self) -> None:
        assert any(
            member.role is Role.ADMINISTRATOR and not member.disabled for member in self.staff.all()
        )

    def teardown(self) -> None:
        self.database.close()


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The story makes hundreds of accounts; what argon2 does is tested elsewhere."""
    if request.cls is not None:
        monkeypatch.setattr(staff_module, "hash_password", lambda password: password)


TestAccountsStory = AccountsStory.TestCase
TestAccountsStory.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
