# SPDX-License-Identifier: GPL-3.0-or-later
"""Courses: what is open, what is done, when it is passed, and that it stays so."""

import msgspec
import pytest

from appliance.content.course.course import Course, CourseLesson, Order, Unit
from appliance.database import Database
from appliance.learning.course_record import Courses
from appliance.learning.former import take_formers
from appliance.learning.progress import Progress
from appliance.learning.record import Record
from appliance.learning.standing import standing
from appliance.learning.state import LearningState
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.records.school import OTHER, PUPIL, FakeWatch, quiz_of

COURSE = Course(
    "water",
    (
        Unit((CourseLesson("read", "Об", "readreadreadread"),), "Якум"),
        Unit(
            (
                CourseLesson("film", "Филм", "filmfilmfilmfilm"),
                CourseLesson("more", "Боз", "moremoremoremore", required=False),
                CourseLesson("gone", "Гум", name="x.h5p", missing="h5p_broken"),
                CourseLesson("quiz", "Санҷиш", "quizquizquizquiz"),
            ),
            "Дуюм",
        ),
    ),
)
DONE = Progress(LearningState.COMPLETED, 1.0, touched="2026-11-02T00:00:00Z")
BEGUN = Progress(LearningState.IN_PROGRESS, 0.5, touched="2026-11-02T00:00:00Z")


def changed(**changes: object) -> Course:
    return msgspec.structs.replace(COURSE, **changes)


def open_lessons(course: Course, progress: dict[str, Progress]) -> list[str]:
    return [name for name, each in standing(course, progress).lessons.items() if each.is_open]


def following(course: Course, progress: dict[str, Progress]) -> str:
    found = standing(course, progress).following
    return found.lesson.id if found else ""


def test_nothing_is_locked_unless_the_course_says_so() -> None:
    for order in (Order.FREE, Order.IN_ORDER):
        assert len(open_lessons(changed(order=order), {})) == 5


def test_lessons_unlock_one_after_the_other() -> None:
    course = changed(order=Order.UNLOCK)
    assert open_lessons(course, {}) == ["read"]
    now = standing(course, {"readreadreadread": DONE})
    assert now.lessons["film"].is_open
    assert now.lessons["quiz"].waits_for is now.lessons["film"].lesson
    done = {"readreadreadread": DONE, "filmfilmfilmfilm": DONE}
    assert "quiz" in open_lessons(course, done)


def test_what_was_begun_is_never_locked_again() -> None:
    assert "quiz" in open_lessons(changed(order=Order.UNLOCK), {"quizquizquizquiz": BEGUN})


def test_pre_and_post_test() -> None:
    course = changed(order=Order.UNLOCK, pre_test="quiz", post_test="read")
    assert open_lessons(course, {}) == ["quiz"]
    tried = Progress(LearningState.IN_PROGRESS, 1.0, best=0.1, passed=False, tries=1)
    now = standing(course, {"quizquizquizquiz": tried})
    assert now.lessons["quiz"].done
    assert now.score is None
    assert following(course, {"quizquizquizquiz": tried}) == "film"
    assert not now.lessons["read"].is_open
    assert now.lessons["film"].is_open


def test_where_to_go_on() -> None:
    assert following(COURSE, {}) == "read"
    assert following(COURSE, {"filmfilmfilmfilm": BEGUN}) == "film"
    assert following(COURSE, {"readreadreadread": DONE}) == "film"
    all_required = dict.fromkeys(("readreadreadread", "filmfilmfilmfilm", "quizquizquizquiz"), DONE)
    assert following(COURSE, all_required) == "more"
    assert following(COURSE, all_required | {"moremoremoremore": DONE}) == ""


def test_the_test_before_the_course_comes_first_until_something_was_begun() -> None:
    course = changed(pre_test="more")
    assert following(course, {}) == "more"
    assert following(course, {"moremoremoremore": BEGUN}) == "more"
    assert following(course, {"readreadreadread": DONE}) == "film"


def test_passed_by_the_mean_of_the_quizzes() -> None:
    course = changed(pass_mark=0.7)
    done = dict.fromkeys(("readreadreadread", "filmfilmfilmfilm"), DONE)
    poor = msgspec.structs.replace(DONE, best=0.6, passed=True, tries=1)
    now = standing(course, done | {"quizquizquizquiz": poor})
    assert (now.done, now.required, now.passed, now.state) == (
        3,
        3,
        False,
        LearningState.IN_PROGRESS,
    )
    good = msgspec.structs.replace(poor, best=0.7)
    assert standing(course, done | {"quizquizquizquiz": good}).passed


def test_a_course_of_nothing_is_never_passed() -> None:
    assert not standing(Course("empty", ()), {}).passed


def test_it_is_written_with_the_progress(
    courses: Courses, record: Record, tries: Tries, school: Database
) -> None:
    courses.open(PUPIL, "coursecourse1111", COURSE, "Об", {"tg": "Об", "ru": "Вода"})
    courses.open(PUPIL, "coursecourse1111", COURSE, "Об", {})
    [now] = courses.of_person(PUPIL)
    assert (now.state, now.done, now.required) == (LearningState.NOT_STARTED, 0, 3)
    assert now.titles["ru"] == "Вода"
    record.seen(PUPIL, "readreadreadread", completed=True)
    record.seen(PUPIL, "filmfilmfilmfilm", completed=True)
    [now] = courses.of_person(PUPIL)
    assert (now.state, now.done) == (LearningState.IN_PROGRESS, 2)
    run = tries.start(PUPIL, "quizquizquizquiz", quiz_of(1))
    tries.answer(run.id, "q1", ("a",))
    [now] = courses.of_person(PUPIL)
    assert (now.state, now.done, now.score, now.passed) == (LearningState.COMPLETED, 3, 1.0, True)
    told = school.connection.execute("SELECT item_id FROM outbox WHERE verb = 'satisfied'")
    assert [row["item_id"] for row in told] == ["coursecourse1111"]
    assert courses.of_people([PUPIL, OTHER], "coursecourse1111").keys() == {PUPIL}


def test_what_a_link_leads_to_later_counts_for_whoever_opens_the_course_again(
    courses: Courses, record: Record
) -> None:
    item, later = "coursecourse1111", "riverriverriverr"
    first = Course("water", (Unit((CourseLesson("read", "Об", "readreadreadread"),)),))
    link = CourseLesson("river", "Дарё", link="daryo.pdf", missing="link-target-missing")
    waiting = msgspec.structs.replace(first, units=(Unit((*first.lessons, link)),))
    found = msgspec.structs.replace(link, item=later, link="", missing="")
    whole = msgspec.structs.replace(first, units=(Unit((*first.lessons, found)),))
    for person in (PUPIL, OTHER):
        courses.open(person, item, waiting, "Об", {})
    record.seen(PUPIL, "readreadreadread", completed=True)
    for person in (PUPIL, OTHER):
        courses.open(person, item, whole, "Об", {})
    record.seen(OTHER, later, completed=True)
    known = courses.of_people([PUPIL, OTHER], item)
    assert [(one.done, one.required) for one in (known[PUPIL], known[OTHER])] == [(1, 2), (1, 2)]
    assert (known[PUPIL].passed, known[OTHER].passed) == (True, False)


def test_a_new_edition_forgets_nothing(
    courses: Courses, record: Record, school: Database, watch: FakeWatch
) -> None:
    short = Course("water", (Unit((CourseLesson("read", "Об", "readreadreadread"),)),))
    courses.open(PUPIL, "coursecourse1111", short, "Об", {})
    record.seen(PUPIL, "readreadreadread", completed=True)
    [first] = courses.of_person(PUPIL)
    take_formers(school, {"coursecourse1111": "coursecourse2222"})
    watch.passes(60)
    assert courses.of_people([PUPIL], "coursecourse2222")[PUPIL].passed
    now = courses.open(PUPIL, "coursecourse2222", COURSE, "Об", {})
    assert (now.done, now.required) == (1, 3)
    kept = courses.of_people([PUPIL], "coursecourse2222")[PUPIL]
    assert (kept.state, kept.completed) == (LearningState.COMPLETED, first.completed)
    told = school.connection.execute("SELECT count(*) FROM outbox WHERE verb = 'satisfied'")
    assert told.fetchone()[0] == 1


def test_a_course_is_found_by_the_newer_edition_of_a_lesson(
    courses: Courses, record: Record, school: Database
) -> None:
    short = Course("water", (Unit((CourseLesson("read", "Об", "readreadreadread"),)),))
    courses.open(PUPIL, "coursecourse1111", short, "Об", {})
    take_formers(school, {"readreadreadread": "readread22222222"})
    record.seen(PUPIL, "readread22222222", completed=True)
    assert courses.of_person(PUPIL)[0].passed


@pytest.mark.parametrize("state", [LearningState.NEEDS_HELP, LearningState.IN_PROGRESS])
def test_the_state_of_a_lesson_shows_in_the_course(state: LearningState) -> None:
    now = standing(COURSE, {"quizquizquizquiz": Progress(state, 0.1, touched="x")})
    assert now.state is state


def test_a_course_that_was_opened_while_the_clock_ran_ahead_is_not_the_latest(
    courses: Courses, watch: FakeWatch
) -> None:
    for minute, item in ((900, "a" * 16), (10, "b" * 16)):
        watch.minute = minute
        courses.open(PUPIL, item, changed(id=item), "Об", {})
    assert [each.item_id for each in courses.of_person(PUPIL)] == ["b" * 16, "a" * 16]
