# SPDX-License-Identifier: GPL-3.0-or-later
"""Each record knows how sure the clock was when it was written."""

import pytest

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.database import Database
from appliance.learning.course_record import Courses
from appliance.learning.record import Record
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.records.school import PUPIL, QUIZ_ITEM, FakeWatch, quiz_of

_DATES = {"at", "started", "touched", "taken", "created", "issued"}
_SURE = {"clock_sure", "issued_sure"}
_OF_STAFF = {"activity", "session", "staff"}
_COURSE = Course("water", (Unit((CourseLesson("quiz", "Санҷиш", QUIZ_ITEM),)),))


def test_whatever_is_dated_says_so(school: Database) -> None:
    names = school.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    columns = {
        name: {row["name"] for row in school.connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in names.fetchall()
    }
    dated = {name for name, has in columns.items() if has & _DATES} - _OF_STAFF
    assert dated >= {"person", "class", "progress", "course_progress", "try", "response", "outbox"}
    assert {name for name in dated if not columns[name] & _SURE} == set()
    ends = {name for name, has in columns.items() if has & {"finished", "completed", "revoked"}}
    ends -= {"pack_key", "certificate_school"}  # what staff do to keys
    assert ends == {"try", "progress", "course_progress", "certificate_code"}
    assert {
        name for name in ends if not any(has.endswith("_sure") for has in columns[name])
    } == set()


@pytest.mark.parametrize("sure", [False, True])
def test_it_is_as_the_clock_is(
    tries: Tries, record: Record, courses: Courses, watch: FakeWatch, school: Database, sure: bool
) -> None:
    watch.sure = not sure
    courses.open(PUPIL, "coursecoursecour", _COURSE, "Об", {})
    record.seen(PUPIL, QUIZ_ITEM)
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(1))
    watch.sure = sure
    tries.answer(run.id, "q1", ("a",))
    told = {
        "progress": ("clock_sure", "completed_sure"),
        "course_progress": ("clock_sure", "completed_sure"),
        "try": ("finished_sure",),
        "response": ("clock_sure",),
    }
    for table, flags in told.items():
        (row,) = school.connection.execute(f"SELECT {', '.join(flags)} FROM {table}").fetchall()
        assert tuple(map(bool, row)) == (sure,) * len(flags), table
    begun = school.connection.execute("SELECT clock_sure FROM try").fetchone()[0]
    assert bool(begun) is not sure
    first, *_, last = school.connection.execute("SELECT clock_sure FROM outbox ORDER BY seq")
    assert (bool(first[0]), bool(last[0])) == (not sure, sure)
