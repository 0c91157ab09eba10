# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample courses come to the shelf whole, in three languages alike, with right keys."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.course.course import Course, Order
from appliance.content.course.read import read_course
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.item import Audience, Item, Kind
from appliance.content.progress import Progress
from appliance.content.quiz.grade import grade, is_answerable, right_answer, shuffled
from appliance.content.quiz.quiz import FILE_NAME, Question, QuestionType, Quiz
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from sample.course import COURSES, write_courses
from sample.library import HERE

LANGUAGES = ("tg", "ru", "en")
NAMES = ("small", "water-5", "active")
FOREIGN = {"tg": "ыщьцЫЩЬЦ", "ru": "ғӣқӯҳҷҒӢҚӮҲҶ", "en": ""}
MIXED = re.compile(r"[A-Za-z]+[Ѐ-ӿ]|[Ѐ-ӿ]+[A-Za-z]")
OLD_LETTERS = set("їўњљќѓҝІіЎЊЉЌЃҺһӽ")


class Brought(msgspec.Struct):
    """The shelf that all courses came to, and what was said of it."""

    shelf: Shelf
    results: list[IngestResult]
    courses: dict[str, tuple[Item, Course]]

    def quiz(self, item_id: str) -> Quiz:
        """The quiz of an item."""
        return msgspec.json.decode(
            self.shelf.store.path(item_id, FILE_NAME).read_bytes(), type=Quiz
        )

    def quizzes(self, course: Course) -> list[Quiz]:
        """The quizzes of a course, in order."""
        ids = (lesson.item for lesson in course.lessons)
        return [self.quiz(one) for one in ids if self.shelf.catalog.get(one).kind is Kind.QUIZ]


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    folder = tmp_path_factory.mktemp("courses")
    stick = folder / "stick"
    write_courses(stick / "Курсҳо")
    shutil.copy(HERE / "film" / "film.mp4", stick / "Роҳи об.mp4")
    shutil.copy(HERE / "film" / "melody.mp3", stick / "Оҳанги чашма.mp3")
    shelf = Shelf(Config(state=folder / "state"))
    results = list(ingest(list(discover([stick])), shelf, Progress()))
    courses = {}
    for item in shelf.store.items():
        if item.kind is Kind.COURSE:
            content = shelf.store.path(item.id, "files/course.json").read_bytes()
            course = read_course(content)
            courses[course.id] = (item, course)
    return Brought(shelf, results, courses)


def _skeleton(question: Question) -> tuple[object, ...]:
    """What must be the same of a question in every language."""
    return (
        question.type,
        [option.credit for option in question.options],
        [Path(option.picture).name for option in question.options],
        Path(question.picture).name,
        len(question.pairs),
        len(question.gaps),
        [(one.value, one.tolerance) for one in question.accepted if not one.text],
        [one.text for one in question.accepted if question.type is QuestionType.TRUE_FALSE],
        len(question.hints),
        question.points,
        bool(question.feedback),
    )


def test_everything_comes_in_without_a_word(brought: Brought) -> None:
    odd = [one for one in brought.results if one.status is not Status.INSTALLED or one.notices]
    assert odd == []
    assert list(check(brought.shelf)) == []


def test_there_is_a_course_of_each_for_each_language(brought: Brought) -> None:
    wanted = {f"{name}-{language}" for name in NAMES for language in LANGUAGES}
    assert brought.courses.keys() == wanted
    for course_id, (item, course) in brought.courses.items():
        assert item.metadata.languages == (course_id[-2:],)
        assert item.metadata.description
        assert not any(lesson.missing for lesson in course.lessons)
        assert item.cover


@pytest.mark.parametrize("name", NAMES)
def test_the_three_languages_are_the_same_course(brought: Brought, name: str) -> None:
    """The same lessons in the same order, the same questions with the same keys."""

    def shape(language: str) -> object:
        item, course = brought.courses[f"{name}-{language}"]
        catalog = brought.shelf.catalog
        return (
            [
                [(catalog.get(one.item).kind, one.required) for one in unit.lessons]
                for unit in course.units
            ],
            (course.hours, course.pass_mark, course.order, course.certificate),
            (course.pre_test, course.post_test),
            (item.metadata.subject, item.metadata.grades, item.metadata.audiences),
            [
                (quiz.mastery, quiz.attempts, quiz.shuffle_questions, quiz.feedback)
                for quiz in brought.quizzes(course)
            ],
            [[_skeleton(one) for one in quiz.questions] for quiz in brought.quizzes(course)],
        )

    assert shape("ru") == shape("tg")
    assert shape("en") == shape("tg")


def test_every_quiz_is_answered_to_full_marks_by_its_own_key(brought: Brought) -> None:
    seen = set()
    for _, course in brought.courses.values():
        for quiz in brought.quizzes(course):
            for question in shuffled(quiz, "1").questions:
                graded = grade(question, right_answer(question))
                assert is_answerable(question), question.text
                assert graded.is_right, question.text
                assert graded.score == pytest.approx(question.points)
                seen.add(question.type)
    assert seen == set(QuestionType)


def test_each_audience_has_what_it_needs(brought: Brought) -> None:
    small, water, active = (brought.courses[f"{name}-tg"] for name in NAMES)
    assert small[0].metadata.audiences == (Audience.PRE_PRIMARY,)
    for quiz in brought.quizzes(small[1]):
        assert {question.type for question in quiz.questions} == {QuestionType.PICTURE}
    assert (water[0].metadata.grades, water[1].order) == ((5,), Order.UNLOCK)
    assert water[1].pre_test
    assert water[1].post_test
    assert water[1].pass_mark == pytest.approx(0.6)
    assert active[0].metadata.audiences == (Audience.TEACHER,)
    assert active[1].certificate
    assert 4 <= active[1].hours <= 6
    assert active[1].post_test


def test_a_film_of_three_courses_is_one_item(brought: Brought) -> None:
    films = {
        lesson.item
        for _, course in brought.courses.values()
        for lesson in course.lessons
        if brought.shelf.catalog.get(lesson.item).kind is Kind.VIDEO
    }
    assert len(films) == 1


def _texts() -> Iterator[Path]:
    yield from (path for path in sorted(COURSES.rglob("*")) if path.is_file())


def test_each_course_is_written_in_its_own_letters() -> None:
    for path in _texts():
        course = COURSES / path.relative_to(COURSES).parts[0]
        sheet = (course / "course.toml").read_text(encoding="utf-8")
        language = re.findall(r'^language = "(\w\w)"', sheet)[0]
        # The shelf that a course stands on, and what a link means, are in Tajik for all.
        lines = path.read_text(encoding="utf-8").splitlines()
        own = [one for one in lines if not one.startswith(("link:", '"Полка"', '"Collection"'))]
        words = re.findall(r"\w+", " ".join(own))
        assert [one for one in words if set(one) & set(FOREIGN[language])] == [], path
        assert [one for one in words if MIXED.search(one) or set(one) & OLD_LETTERS] == [], path
