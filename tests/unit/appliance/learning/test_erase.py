# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting somebody who has used everything leaves nothing of them in the files."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.quiz.quiz import Accepted, Question, QuestionType, Quiz
from appliance.database import Database
from appliance.learning.certificate import Certificates, UnknownCertificateError
from appliance.learning.classes import Classes
from appliance.learning.erase import Eraser
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopies, SpentCodeError
from appliance.learning.outbox import statements
from appliance.learning.people import People
from appliance.learning.person import Person, SchoolClass
from appliance.learning.person_session import PersonSessions
from appliance.learning.record import Interaction, Record
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.certificates.finished import ITEM, complete

QUIZ, GAME, BOOK = "q" * 16, "g" * 16, "b" * 16
ASKED = Quiz((Question("river", QuestionType.TEXT, "Дарё?", accepted=(Accepted("Зарафшон"),)),))
MARKS = (b"only-her-name", b"only-her-answer", b"only-her-place", b"only-her-game")


def learn(school: Database, config: Config, person: Person) -> tuple[str, str]:
    """Somebody answers, plays, reads, finishes, takes home; the codes that this gave."""
    run = Tries(school).start(person.id, QUIZ, ASKED, "Дарё")
    Tries(school).answer(run.id, "river", ("Only-Her-Answer",))
    Record(school).seen(person.id, BOOK, share=0.5, resume="Only-Her-Place")
    told = [Interaction("1", is_right=False, answer=("Only-Her-Game",))]
    Record(school).result(person.id, GAME, 0.0, False, told)
    PersonSessions(school).start(person.id, own=True)
    complete(school, person.id)
    certificate = Certificates(school, config).issue(person.id, ITEM)
    homes = HomeCopies(school)
    copy = homes.make(QUIZ, ASKED, "Дарё", person_id=person.id)
    code = HomeCode(copy.school, copy.id, 1, 1, 100, 1).sealed(copy.key).written
    homes.count(person.id, code)
    return certificate.code, code


def files_of(folder: Path) -> bytes:
    """All that the database has on the disk: its file, its log, its index."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("school.db*"))).lower()


@pytest.mark.parametrize("by_class", [False, True])
def test_nothing_of_what_somebody_did_is_left(
    tmp_path: Path, school: Database, people: People, fifth: SchoolClass, by_class: bool
) -> None:
    config = Config(state=tmp_path)
    gone = people.add(fifth.id, "Only-Her-Name", clock_sure=True)
    certificate, code = learn(school, config, gone)
    events = [
        bytes(row["event_id"])
        for row in school.connection.execute(
            "SELECT event_id FROM outbox WHERE person_id = ?", (gone.id,)
        )
    ]
    assert len(events) >= 6
    before = files_of(tmp_path)
    assert all(mark in before for mark in (*MARKS, gone.id.encode()))
    if by_class:
        Classes(school).remove(fifth.id)
        Eraser(school).school_class(fifth.id)
    else:
        Eraser(school).person(gone.id)
    left = files_of(tmp_path)
    for mark in (*MARKS, gone.id.encode(), *(event.lower() for event in events)):
        assert mark not in left
    assert list(statements(school, "urn:box:1")) == []
    # What was given out cannot be called back: the codes alone stay, and say nothing of anybody.
    with pytest.raises(UnknownCertificateError):
        Certificates(school, config).get(certificate)
    assert certificate.encode().lower() in left
    stays = people.add(_another_class(school), "Алӣ", clock_sure=True)
    with pytest.raises(SpentCodeError):
        HomeCopies(school).count(stays.id, code)


def _another_class(school: Database) -> int:
    return school.connection.execute(
        "INSERT INTO class (name, folded, code, created, clock_sure)"
        " VALUES ('6', '6', 'AAAAA', '', 1) RETURNING id"
    ).fetchone()[0]
