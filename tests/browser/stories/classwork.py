# SPDX-License-Identifier: GPL-3.0-or-later
"""A class at work while nobody films it: what a teacher finds afterwards."""

from appliance.config import Config
from appliance.content.course.course import FILE_NAME as COURSE
from appliance.content.course.course import Course, CourseLesson
from appliance.content.course.read import read_course
from appliance.content.quiz.grade import right_answer
from appliance.content.quiz.quiz import Answer, Question, QuestionType
from appliance.content.store import FILES, ContentStore
from appliance.learning.course_record import Courses
from appliance.learning.people import People
from appliance.learning.record import Record
from appliance.learning.tries import Tries
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings
from appliance.school.staff import NewMember, Role, Staff
from tests.browser.stories.answers import stored_quiz

PASSWORD = "чойи сабз бо нон"
_QUIZ_FILE = "quiz.json"


class Classwork:
    """The school's own book, open in the tests."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._store = ContentStore(config.store)
        self._school = open_school(config)
        self.people = People(self._school)

    def staff(self, school: str, teacher: str, head: str, language: str) -> None:
        """A school that is set up, a teacher ``t-LANGUAGE`` and an administrator ``a-LANGUAGE``."""
        SchoolSettings(self._school).save(school_name=school, set_up=True, steps_done=5)
        for role, name in ((Role.TEACHER, teacher), (Role.ADMINISTRATOR, head)):
            sign = f"{role.value[0]}-{language}"
            Staff(self._school).add(NewMember(sign, name, role, language, PASSWORD))

    def course(self, item: str) -> Course:
        """The course of an item."""
        stored = self._store.path(item, f"{FILES}/{COURSE}").read_bytes()
        return read_course(stored)

    def begin(self, person: str, item: str, lessons: int) -> None:
        """Go through so many lessons of a course, rightly."""
        course = self.course(item)
        told = self._store.read(item)
        Courses(self._school).open(person, item, course, told.shown.title, told.titles)
        for lesson in list(course.lessons)[:lessons]:
            if self._is_quiz(lesson):
                self.answer(person, lesson)
            else:
                Record(self._school).seen(person, lesson.item, completed=True)

    def finish(self, person: str, item: str) -> None:
        """Go through a whole course, rightly."""
        self.begin(person, item, len(list(self.course(item).lessons)))

    def quizzes(self, item: str) -> list[CourseLesson]:
        """The quizzes of a course, in their order."""
        return [lesson for lesson in self.course(item).lessons if self._is_quiz(lesson)]

    def answer(self, person: str, lesson: CourseLesson, *, rightly: bool = True) -> None:
        """Answer all of a quiz, and end the try."""
        quiz = stored_quiz(self._config, lesson.item)
        tries = Tries(self._school)
        run = tries.start(person, lesson.item, quiz, lesson.title)
        for question in quiz.questions:
            given = right_answer(question) if rightly else _wrong(question)
            tries.answer(run.id, question.id, given)

    def close(self) -> None:
        """Close the book."""
        self._school.close()

    def _is_quiz(self, lesson: CourseLesson) -> bool:
        return self._store.path(lesson.item, _QUIZ_FILE).exists()


def _wrong(question: Question) -> Answer:
    """An answer as pupils give it who do not know."""
    if question.type is QuestionType.TRUE_FALSE:
        return ("false",) if right_answer(question) == ("true",) else ("true",)
    if question.type is QuestionType.NUMBER:
        return ("7",)
    if question.type is QuestionType.ORDER:
        return tuple(reversed(right_answer(question)))
    if question.options:
        return (min(question.options, key=lambda option: option.credit).id,)
    if question.type is QuestionType.MATCH:
        return tuple(reversed(right_answer(question)))
    return tuple("50" for _ in right_answer(question))
