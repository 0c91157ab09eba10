# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up school: classes of forty, a course of sixty lessons, and what was answered so far."""

from contextlib import ExitStack
from itertools import product

import msgspec

from appliance.config import Config
from appliance.content.course.course import FILE_NAME as COURSE_FILE
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Item, Kind, Metadata, StoredFile
from appliance.content.quiz.quiz import FILE_NAME as QUIZ_FILE
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.content.shelf import Shelf
from appliance.content.store import FILES
from appliance.durable import Disk
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person import Person
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings
from appliance.school.staff import NewMember, Role, Staff
from benchmarks.school_records import Material, fill_records

SIZES = ((1, 100_000), (30, 1_000_000))
"""Classes, and answers of all of them."""

PUPILS, QUESTIONS = 40, 10
TEACHER, PASSWORD = "teacher", "green tea and bread"
COURSE, QUIZ = "c" * 16, "q" * 16
LESSONS = tuple(f"lesson{a}{b}aaaaaaaa" for a, b in product("abcdefgh", repeat=2))[:60]
_NOW = "2026-09-01T08:00:00Z"


class School(msgspec.Struct, frozen=True):
    """A school that is ready.

    Attributes:
        people: of its last class, in the order in which they came.
    """

    class_id: int
    people: tuple[Person, ...]

    def teachers_pages(self) -> dict[str, str]:
        """What a teacher looks at: addresses by name."""
        own = f"/classes/{self.class_id}"
        lesson, person = LESSONS[0], self.people[0].id
        return {
            "all classes": "/classes",
            "the class": own,
            "lessons": f"{own}/lessons",
            "help": f"{own}/help",
            "one lesson": f"{own}/lesson/{lesson}",
            "one question": f"{own}/lesson/{lesson}/question/q0",
            "one pupil": f"{own}/people/{person}/story",
            "tries": f"{own}/people/{person}/tries/{lesson}",
            "certificates": "/certificates",
        }


def make_school(config: Config, classes: int, answers: int) -> School:
    """Fill an empty state folder; every class was given the course and a quiz that is new."""
    material = _fill_shelf(config)
    school = open_school(config)
    SchoolSettings(school).save(school_name="5", language="en", set_up=True, steps_done=5)
    Staff(school).add(NewMember(TEACHER, "Teacher", Role.TEACHER, "en", PASSWORD))
    for number in range(1, classes + 1):
        made = Classes(school).add(NewClass(f"Class {number}"), clock_sure=True)
        Classes(school).give(made.id, [COURSE, QUIZ])
        names = [f"Хонанда {one:02} аз {number}" for one in range(PUPILS)]
        people = People(school).add_all(made.id, names, clock_sure=True).people
    school.close()
    fill_records(config.school_db, material, answers)
    return School(made.id, people)


def _fill_shelf(config: Config) -> Material:
    titles = {one: f"Дарси {number}" for number, one in enumerate(LESSONS, 1)}
    lessons = tuple(CourseLesson(f"l{at}", titles[one], one) for at, one in enumerate(LESSONS, 1))
    course = Course("nature-5", (Unit(lessons),), certificate=True)
    options = (Option("a", "1"), Option("b", "2", credit=1.0), Option("c", "3"))
    kind = QuestionType.CHOICE
    questions = (Question(f"q{at}", kind, f"Саволи {at}", options) for at in range(QUESTIONS))
    quiz = Quiz(tuple(questions))
    coded = msgspec.json.encode(quiz)
    things = [(one, Kind.QUIZ, title, QUIZ_FILE, coded) for one, title in titles.items()]
    things.append((QUIZ, Kind.QUIZ, "Санҷиши нав", QUIZ_FILE, coded))
    file = f"{FILES}/{COURSE_FILE}"
    things.append((COURSE, Kind.COURSE, "Табиат 5", file, msgspec.json.encode(course)))
    shelf = Shelf(config)
    # Through the store: what stands in the catalogue alone, the worker takes off when it starts.
    with Disk(config.store) as disk, ExitStack() as stages:
        staged = []
        for item_id, kind_, title, name, content in things:
            files = (StoredFile(name, len(content), "0" * 64),)
            folder = stages.enter_context(shelf.store.stage())
            (folder / name).write_bytes(content)
            item = Item(item_id, kind_, Metadata(title), files, _NOW, "benchmark")
            staged.append((folder, item))
        shelf.add_all(staged, disk)
    shelf.catalog.database.close()
    return Material(COURSE, course, "Табиат 5", LESSONS, quiz)
