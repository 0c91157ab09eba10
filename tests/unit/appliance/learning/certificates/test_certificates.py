# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets a certificate, once; and what a check finds."""

from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.config import Config
from appliance.database import Database
from appliance.learning.certificate import (
    Certificates,
    NotCompletedError,
    UnknownCertificateError,
)
from appliance.learning.certificate_check import Finding, check_text
from appliance.learning.certificate_lookup import Checks
from appliance.learning.certificate_revocation import Revocations
from appliance.learning.certificate_school import (
    School,
    Schools,
    UnknownSchoolError,
    read_schools,
    revoked_text,
    school_text,
    with_list,
)
from appliance.learning.certificate_seal import ForgedSealError
from appliance.learning.erase import Eraser
from appliance.learning.former import take_formers
from appliance.learning.people import People
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings
from appliance.school.staff import StaffMember
from tests.unit.appliance.learning.certificates.finished import COURSE, ITEM, complete, finish
from tests.unit.appliance.learning.records.school import FakeWatch

NEW_EDITION = "neweditionnewedi"


def test_it_says_what_is_known_and_is_given_once(
    school: Database, certificates: Certificates
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    said = given.statement
    assert (said.name, said.title, said.hours) == ("Ҷамшед", "Роҳи об", 36)
    assert (said.school, said.percent) == ("Мактаби №5, Хуҷанд", 92)
    assert (said.date, said.sure) == ("2026-09-01", True)
    assert certificates.issue(person.id, ITEM) == given
    assert certificates.of_person(person.id) == [given]
    # What was signed stays, whatever becomes of names.
    People(school).rename(person.id, "Дигар")
    SchoolSettings(school).save(school_name="Дигар")
    assert certificates.issue(person.id, ITEM).statement == said


def test_a_new_edition_of_the_course_is_the_same_course(
    school: Database, certificates: Certificates
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    take_formers(school, {ITEM: NEW_EDITION})
    complete(school, person.id, item=NEW_EDITION)
    assert certificates.issue(person.id, NEW_EDITION).code == given.code
    assert certificates.of_course(person.id, NEW_EDITION) == given
    assert certificates.due() == []


def test_who_has_not_finished_or_finished_something_else_gets_none(
    school: Database, certificates: Certificates
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    plain = msgspec.structs.replace(COURSE, certificate=False)
    complete(school, person.id, item="plainplainplainp", course=plain)
    with school.transaction() as connection:
        connection.execute("UPDATE course_progress SET completed = '' WHERE item_id = ?", (ITEM,))
    for item in (ITEM, "plainplainplainp", "nothing", ""):
        assert not certificates.may_have(person.id, item)
        with pytest.raises(NotCompletedError):
            certificates.issue(person.id, item)
    with pytest.raises(NotCompletedError):
        certificates.issue("nobody", ITEM)


def test_two_people_with_one_name(
    school: Database, certificates: Certificates, checks: Checks
) -> None:
    [one] = finish(school, ["Зарина"])
    other = People(school).add(one.class_id, "Зарина 2", clock_sure=True)
    with school.transaction() as connection:
        connection.execute("UPDATE person SET name = 'Зарина' WHERE id = ?", (other.id,))
    complete(school, other.id)
    assert [due.name for due in certificates.due()] == ["Зарина", "Зарина"]
    first, second = certificates.issue(one.id, ITEM), certificates.issue(other.id, ITEM)
    assert first.code != second.code
    assert first.sealed.signature != second.sealed.signature
    assert [each.code for each in certificates.of_person(other.id)] == [second.code]
    assert checks.check(second.code).finding is Finding.OWN


@pytest.mark.parametrize(
    ("then", "now", "date", "sure"),
    [
        (True, False, "2026-09-01", True),
        (False, True, "2026-11-02", True),
        (False, False, "2026-09-01", False),
    ],
    ids=["sure-then", "sure-now", "never-sure"],
)
def test_the_date_is_one_that_can_be_answered_for(
    school: Database,
    certificates: Certificates,
    watch: FakeWatch,
    then: bool,
    now: bool,
    date: str,
    sure: bool,
) -> None:
    [person] = finish(school, []) or [None]
    watch.minute, watch.sure = 12 * 60, now
    assert person is None
    [person] = People(school).add_all(1, ["Ҷамшед"], clock_sure=True).people
    complete(school, person.id, sure=then, score=None, titles={})
    said = certificates.issue(person.id, ITEM).statement
    assert (said.date, said.sure) == (date, sure)
    assert (said.percent, said.title) == (None, "Water")


def test_revoked_undone_and_revoked_again(
    school: Database,
    certificates: Certificates,
    revocations: Revocations,
    checks: Checks,
    head: StaffMember,
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    assert revocations.listed() == (0, [])
    revocations.revoke(head, given.code, " хато \n рафт ")
    assert certificates.get(given.code).reason == "хато рафт"
    assert checks.check(given.code).finding is Finding.REVOKED
    assert checks.check(given.sealed.text).finding is Finding.REVOKED
    assert revocations.listed() == (1, [given.code])
    revocations.restore(head, given.code)
    assert checks.check(given.sealed.text).finding is Finding.OWN
    assert revocations.listed() == (2, [])
    with pytest.raises(UnknownCertificateError):
        revocations.revoke(head, "A2A2A2A2A2A2", "")


def test_a_deleted_person_leaves_a_code_and_a_paper(
    school: Database,
    certificates: Certificates,
    revocations: Revocations,
    checks: Checks,
    head: StaffMember,
    config: Config,
) -> None:
    people = finish(school, ["Zebuniso-of-Old", "Firdavs-of-Old"])
    given = [certificates.issue(person.id, ITEM) for person in people]
    revocations.revoke(head, given[1].code, "because of Firdavs-of-Old")
    for person in people:
        Eraser(school).person(person.id)
    assert certificates.all() == []
    assert [checks.check(one.code).finding for one in given] == [
        Finding.NAME_GONE,
        Finding.REVOKED,
    ]
    assert checks.check(given[0].sealed.text).finding is Finding.OWN
    assert checks.check(given[1].sealed.text).finding is Finding.REVOKED
    school.close()
    left = b"".join(file.read_bytes() for file in config.state.glob("school.db*"))
    assert b"-of-Old" not in left


def test_another_school_checks_it_with_what_it_was_given(
    school: Database,
    certificates: Certificates,
    revocations: Revocations,
    head: StaffMember,
    tmp_path: Path,
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    elsewhere = Config(state=tmp_path / "elsewhere")
    database = open_school(elsewhere)
    other = Checks(database, Certificates(database, elsewhere))
    verdict = other.check(given.sealed.text)
    assert (verdict.finding, verdict.holds) == (Finding.UNKNOWN_KEY, False)
    assert other.check(given.code).finding is Finding.NOT_HERE
    schools = Schools(database)
    key = certificates.key()
    with pytest.raises(UnknownSchoolError):
        schools.take(revoked_text(1, [given.code], key))
    schools.take(school_text("Мактаби №5\n", key))
    verdict = other.check(given.sealed.text)
    assert (verdict.finding, verdict.school) == (Finding.KNOWN_SCHOOL, "Мактаби №5")
    revocations.revoke(head, given.code, "")
    before = revoked_text(*revocations.listed(), key)
    revocations.restore(head, given.code)
    after = revoked_text(*revocations.listed(), key)
    schools.take(before)
    assert other.check(given.sealed.text).finding is Finding.REVOKED
    schools.take(school_text("Мактаби №5", key))
    assert other.check(given.sealed.text).finding is Finding.REVOKED
    schools.take(after)
    schools.take(before)  # an older list changes nothing
    assert other.check(given.sealed.text).finding is Finding.KNOWN_SCHOOL


def test_a_list_counts_for_its_own_school_alone(certificates: Certificates) -> None:
    stranger = Ed25519PrivateKey.generate()
    key = certificates.key()
    mine = School(key.public_key().public_bytes_raw(), "Мактаб")
    with pytest.raises(ForgedSealError):
        with_list(mine, revoked_text(1, [], stranger))
    lines = [
        "# the schools of the district",
        revoked_text(3, [], key),
        "",
        revoked_text(1, [], stranger),
        school_text("Мактаб", key),
        "rubbish",
    ]
    known, odd = read_schools(lines)
    assert [(one.name, one.serial) for one in known] == [("Мактаб", 3)]
    assert [number for number, _ in odd] == [6, 4]


def test_a_forged_and_a_mistyped_one(
    school: Database, certificates: Certificates, checks: Checks
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    text = given.sealed.text
    # The name of another, with the signature of this one.
    changed = msgspec.structs.replace(
        given.sealed, payload=given.sealed.payload.replace("Ҷ".encode(), "Қ".encode())
    )
    assert checks.check(changed.text).finding is Finding.FORGED
    assert check_text(changed.text).statement is None
    assert checks.check(text[:-9]).finding is Finding.CUT
    assert checks.check("CHASHMA.").finding is Finding.CUT
    assert checks.check(given.code[:-1]).finding is Finding.MISTYPED
    assert check_text("?").finding is Finding.UNREADABLE


def test_the_key_is_made_once_and_for_its_owner(certificates: Certificates, config: Config) -> None:
    first = certificates.key().private_bytes_raw()
    assert certificates.key().private_bytes_raw() == first
    assert config.certificate_key.stat().st_mode & 0o777 == 0o600
    assert first not in (config.state / "school.db").read_bytes()


def test_certificates_of_a_lost_key_still_are_this_school_s(
    school: Database, certificates: Certificates, checks: Checks, config: Config
) -> None:
    [person] = finish(school, ["Ҷамшед"])
    given = certificates.issue(person.id, ITEM)
    config.certificate_key.unlink()
    assert checks.check(given.sealed.text).finding is Finding.OWN
    assert certificates.key().public_key().public_bytes_raw() != given.sealed.key
