# SPDX-License-Identifier: GPL-3.0-or-later
"""What was made at home is told from what was made at school, for good and everywhere."""

import pytest

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.quiz.quiz import Mastery
from appliance.database import Database
from appliance.learning.course_record import Courses
from appliance.learning.erase import Eraser
from appliance.learning.former import take_formers
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopies, HomeCopy, UnfitCodeError
from appliance.learning.outbox import statements
from appliance.learning.people import People
from appliance.learning.record import Record
from appliance.learning.report import Reports
from appliance.learning.state import LearningState
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.records.school import OTHER, PUPIL, QUIZ_ITEM, FakeWatch, quiz_of

QUIZ = quiz_of(4, Mastery(pass_mark=0.5))


@pytest.fixture
def homes(school: Database, watch: FakeWatch) -> HomeCopies:
    return HomeCopies(school, watch)


def bring(homes: HomeCopies, copy: HomeCopy, person: str, share: int, run: int = 1) -> None:
    """Enter the code that the file gives for this share."""
    right = 4 * share // 100
    told = HomeCode(copy.school, copy.id, run, share >= 50, share, (1 << right) - 1)
    homes.count(person, told.sealed(copy.key).written)


def at_school(tries: Tries, answers: str) -> None:
    """A try on the box; ``a`` is right."""
    run = tries.start(PUPIL, QUIZ_ITEM, QUIZ)
    for number, answer in enumerate(answers, 1):
        tries.answer(run.id, f"q{number}", (answer,))


def test_the_mark_stands_until_school_has_as_much(
    homes: HomeCopies, tries: Tries, record: Record
) -> None:
    copy = homes.make(QUIZ_ITEM, QUIZ, "Об")

    def now() -> tuple[float | None, bool, float | None, bool]:
        found = record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM]
        return found.best, found.is_completed, found.school_best, found.at_home

    at_school(tries, "abbb")
    assert now() == (0.25, False, 0.25, False)
    bring(homes, copy, PUPIL, 75)
    assert now() == (0.75, True, 0.25, True)
    at_school(tries, "aabb")
    assert now() == (0.75, True, 0.5, True), "passed at school, but the points came from home"
    at_school(tries, "aaab")
    assert now() == (0.75, True, 0.75, False)
    bring(homes, copy, PUPIL, 50, run=2)
    assert now() == (0.75, True, 0.75, False), "a poorer result from home changes nothing"


def test_who_has_passed_only_at_home_is_marked(homes: HomeCopies, record: Record) -> None:
    copy = homes.make(QUIZ_ITEM, QUIZ, "Об")
    record.result(PUPIL, QUIZ_ITEM, 0.9, False)
    bring(homes, copy, PUPIL, 75)
    found = record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM]
    assert (found.best, found.at_home) == (0.9, True), "the points are of school, the pass is not"


def test_editions_add_up_with_their_marks(
    homes: HomeCopies, school: Database, record: Record
) -> None:
    newer = "b" * 16
    bring(homes, homes.make(QUIZ_ITEM, QUIZ, "Об"), PUPIL, 100)
    take_formers(school, {QUIZ_ITEM: newer})
    people = [People(school).get(PUPIL)]
    assert Reports(school).grid(people, [newer])[0].at_home == 1
    assert record.progress(PUPIL, [newer])[newer].at_home
    record.result(PUPIL, newer, 1.0, True)
    assert Reports(school).grid(people, [newer])[0].at_home == 0
    assert not record.progress(PUPIL, [newer])[newer].at_home


def test_statements_say_what_came_from_home(
    homes: HomeCopies, tries: Tries, school: Database, courses: Courses
) -> None:
    course = Course("water", (Unit((CourseLesson("l1", "Об", QUIZ_ITEM),)),))
    courses.open(PUPIL, "coursecoursecour", course, "Об", {})
    bring(homes, homes.make(QUIZ_ITEM, QUIZ, "Об"), PUPIL, 100)
    told = [each for _, each in statements(school, "urn:box:1")]
    verbs = [str(each["verb"]["id"]).rpartition("/")[2] for each in told]  # type: ignore[index] # JSON
    assert verbs == ["initialized", "passed", "completed", "satisfied"]
    mark = "urn:chashma:made-at-home"
    assert all(each["context"]["extensions"][mark] is True for each in told)  # type: ignore[index] # JSON
    run = tries.start(OTHER, QUIZ_ITEM, QUIZ)
    tries.answer(run.id, "q1", ("a",))
    later = [each for _, each in statements(school, "urn:box:1", after=len(told))]
    assert later
    assert not any(mark in each["context"]["extensions"] for each in later)  # type: ignore[index] # JSON


def test_a_certificate_rests_on_nothing_made_at_home(
    homes: HomeCopies, tries: Tries, courses: Courses
) -> None:
    """The quiz was taken home before it stood in a course with a certificate."""
    copy = homes.make(QUIZ_ITEM, QUIZ, "Об")
    course = Course("water", (Unit((CourseLesson("l1", "Об", QUIZ_ITEM),)),), certificate=True)
    courses.open(PUPIL, "coursecoursecour", course, "Об", {})
    bring(homes, copy, PUPIL, 100)
    now = courses.standing(PUPIL, course)
    assert (now.passed, now.done, now.score) == (False, 0, None)
    assert now.lessons["l1"].not_counted, "the page says why"
    [kept] = courses.of_person(PUPIL)
    assert (kept.state, kept.passed) == (LearningState.IN_PROGRESS, False)
    at_school(tries, "aaab")
    now = courses.standing(PUPIL, course)
    assert (now.passed, now.score) == (True, 0.75)
    assert not now.lessons["l1"].not_counted


def test_a_teacher_sees_which_lessons_do_not_count_yet_and_all_courses_at_one_price(
    homes: HomeCopies, tries: Tries, courses: Courses, school: Database
) -> None:
    copy = homes.make(QUIZ_ITEM, QUIZ, "Об")
    lesson, other = CourseLesson("l1", "Об", QUIZ_ITEM), CourseLesson("l2", "Замин", "o" * 16)
    names = [f"course{number:010}" for number in range(6)]
    for number, name in enumerate(names):
        course = Course(name, (Unit((lesson, other)),), certificate=bool(number % 2))
        courses.open(PUPIL, name, course, "Об", {})
    bring(homes, copy, PUPIL, 100)
    asked: list[str] = []
    school.connection.set_trace_callback(asked.append)
    lines = {one.progress.item_id: one for one in Reports(school).courses(PUPIL)}
    school.connection.set_trace_callback(None)
    for number, name in enumerate(names):
        gives_certificate = bool(number % 2)
        assert lines[name].at_home is not gives_certificate
        assert lines[name].not_counted == ((lesson,) if gives_certificate else ())
    assert len(asked) < len(names)
    at_school(tries, "aaab")
    assert not any(one.not_counted for one in Reports(school).courses(PUPIL))


def test_a_teacher_sees_whose_file_it_was(homes: HomeCopies, school: Database) -> None:
    reports, item = Reports(school), QUIZ_ITEM
    own = homes.make(item, QUIZ, "Об", person_id=OTHER)
    bring(homes, own, OTHER, 100, run=1)
    bring(homes, own, PUPIL, 75, run=2)
    bring(homes, homes.make(item, QUIZ, "Об"), PUPIL, 50, run=3)
    guests, others = reports.tries(PUPIL, item)
    assert (guests.at_home, guests.file_of) == (True, None)
    assert others.at_home
    assert others.file_of is not None
    assert others.file_of.name == "Фаррух"
    [mine] = reports.tries(OTHER, item)
    assert (mine.at_home, mine.file_of) == (True, None)
    people = [People(school).get(one) for one in (PUPIL, OTHER)]
    files = {one.person.id: one.files_of for one in reports.results(people, [item])}
    assert files == {PUPIL: ("Фаррух",), OTHER: ()}
    # Whoever is deleted takes their name along; the file they took still counts, as nobody's.
    Eraser(school).person(OTHER)
    assert [one.file_of for one in reports.tries(PUPIL, item)] == [None, None]
    bring(homes, own, PUPIL, 100, run=4)
    assert homes.at(own.address).person_id is None


def test_wrong_codes_of_a_deleted_person_are_forgotten(homes: HomeCopies, school: Database) -> None:
    copy = homes.make(QUIZ_ITEM, QUIZ, "Об")
    forged = HomeCopy(copy.id, copy.school, bytes(16), QUIZ_ITEM)
    for person in (PUPIL, OTHER):
        with pytest.raises(UnfitCodeError):
            bring(homes, forged, person, 100)
    Eraser(school).person(PUPIL)
    keys = [row["key"] for row in school.connection.execute("SELECT key FROM sign_in_failure")]
    assert keys == [f"home-code:{OTHER}"]
