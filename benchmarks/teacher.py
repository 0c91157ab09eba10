# SPDX-License-Identifier: GPL-3.0-or-later
"""The teacher's pages over a school that has worked: ``python -m benchmarks.teacher``.

Two schools: one class of 40 with a course of 60 lessons and 100,000 answers; then 30 classes of 40
with a million. Each page is asked through the panel's own application, signed in as a teacher;
printed are median and slowest of so many rounds, in milliseconds of this machine, and how long its
processor worked for it, which says more where others work too.
"""

import argparse
import math
import re
import sqlite3
import statistics
import tempfile
import time
from itertools import product
from pathlib import Path

import msgspec
from flask.testing import FlaskClient

from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Details, Item, Kind, Metadata
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.content.store import ContentStore
from appliance.learning.classes import NewClass
from appliance.school.staff import NewMember, Role
from webapp.admin import create_app
from webapp.admin.office import Office

HOME = "https://admin.localhost:8443"
PASSWORD = "green tea and bread"
COURSE = "c" * 16
LESSONS = tuple(f"lesson{a}{b}aaaaaaaa"[:16] for a, b in product("abcdefgh", repeat=2))[:60]
PUPILS = 40
QUESTIONS = 10
NOW = "2026-11-22T08:00:00Z"


def main() -> None:
    """Fill both schools, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    options = parser.parse_args()
    for classes, answers in ((1, 100_000), (30, 1_000_000)):
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            client, paths, written = _school(Path(name), classes, answers)
            print(f"{classes} classes of {PUPILS}, {len(LESSONS)} lessons, {written} answers")
            for title, path in paths.items():
                _measure(client, title, path, options.rounds)


def _measure(client: FlaskClient, title: str, path: str, rounds: int) -> None:
    taken: list[float] = []
    worked: list[float] = []
    size = 0
    for _ in range(rounds):
        begun, work = time.perf_counter(), time.process_time()
        answer = client.get(path, base_url=HOME)
        taken.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - work))
        size = len(answer.data)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    print(
        f"  {title:12} median {statistics.median(taken):6.1f} ms, slowest {max(taken):6.1f} ms,"
        f" of the processor {statistics.median(worked):6.1f} ms, {size // 1000} kB"
    )


def _school(folder: Path, classes: int, answers: int) -> tuple[FlaskClient, dict[str, str], int]:
    config = Config(state=folder)
    ContentStore(config.store)
    fill_shelf(config)
    app = create_app(config)
    app.testing = True
    office: Office = app.extensions["chashma"]
    office.staff.add(NewMember("teacher", "Teacher", Role.TEACHER, "en", PASSWORD))
    office.settings.save(school_name="5", language="en", set_up=True, steps_done=5)
    for number in range(classes):
        known = office.classes.add(NewClass(f"Class {number}"), clock_sure=True)
        office.classes.give(known.id, [COURSE])
        names = [f"Хонанда {one:02} аз {number}" for one in range(PUPILS)]
        office.people.add_all(known.id, names, clock_sure=True)
    written = fill_records(config.school_db, answers)
    person = office.people.all(1)[0].id
    paths = {
        "the class": "/classes/1",
        "lessons": "/classes/1/lessons",
        "help": "/classes/1/help",
        "one lesson": f"/classes/1/lesson/{LESSONS[0]}",
        "one question": f"/classes/1/lesson/{LESSONS[0]}/question/q0",
        "one pupil": f"/classes/1/people/{person}/story",
        "tries": f"/classes/1/people/{person}/tries/{LESSONS[0]}",
        "all classes": "/classes",
    }
    return _signed_in(app.test_client()), paths, written


def _signed_in(client: FlaskClient) -> FlaskClient:
    page = client.get("/sign-in", base_url=HOME).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    form = {"csrf_token": token, "name": "teacher", "password": PASSWORD}
    client.post("/sign-in", base_url=HOME, data=form, headers={"Referer": f"{HOME}/sign-in"})
    return client


def fill_shelf(config: Config) -> None:
    """A course and its lessons, as far as the panel reads them."""
    catalog = Catalog(config.catalog_db)
    titles = {lesson: f"Дарси {number}" for number, lesson in enumerate(LESSONS, 1)}
    for item_id, title in {COURSE: "Табиат 5", **titles}.items():
        kind = Kind.COURSE if item_id == COURSE else Kind.QUIZ
        item = Item(item_id, kind, Metadata(title), (), NOW, "benchmark", Details())
        catalog.add(item)
    lessons = tuple(CourseLesson(f"l{at}", titles[one], one) for at, one in enumerate(LESSONS))
    file = config.store / "items" / COURSE / "files" / "course.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(msgspec.json.encode(Course("nature-5", (Unit(lessons),))))


def fill_records(database: Path, answers: int) -> int:
    """What the pupils did, written straight into the tables."""
    questions = tuple(
        Question(f"q{n}", QuestionType.CHOICE, f"Саволи {n}", options=tuple(map(Option, "abcd")))
        for n in range(QUESTIONS)
    )
    content = msgspec.json.encode(Quiz(questions)).decode()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN")
    people = [row[0] for row in connection.execute("SELECT id FROM person ORDER BY class_id")]
    connection.executemany(
        "INSERT INTO quiz VALUES (?, ?, ?)", ((one, "Quiz", content) for one in LESSONS)
    )
    per_pair = math.ceil(answers / len(people) / len(LESSONS) / QUESTIONS)
    written = 0
    for at, (person, lesson) in enumerate(product(people, LESSONS)):
        state = ("completed", "completed", "in-progress", "needs-help")[at % 4]
        connection.execute(
            "INSERT INTO progress (person_id, item_id, state, share, best, tries, started, touched,"
            " clock_sure) VALUES (?, ?, ?, 1, 0.7, ?, ?, ?, 1)",
            (person, lesson, state, per_pair, NOW, NOW),
        )
        for number in range(1, per_pair + 1):
            cursor = connection.execute(
                "INSERT INTO try (person_id, item_id, number, mastery, seed, boot, second, started,"
                " clock_sure, finished, score, points) VALUES (?, ?, ?, '{}', 1, '', 0, ?, 1, ?, 7,"
                " 10)",
                (person, lesson, number, NOW, NOW),
            )
            connection.executemany(
                "INSERT INTO response (try_id, question_id, round, place, answer, score, is_right,"
                " elapsed, at, clock_sure) VALUES (?, ?, 0, 0, ?, 1, ?, 1, ?, 1)",
                (
                    (
                        cursor.lastrowid,
                        f"q{n}",
                        f'["{"abcd"[(at + n) % 4]}"]',
                        (at + n) % 3 > 0,
                        NOW,
                    )
                    for n in range(QUESTIONS)
                ),
            )
            written += QUESTIONS
    connection.execute("COMMIT")
    connection.close()
    return written


def _letter(number: int) -> str:
    """An answer, as the table holds it."""
    return f'["{"abcd"[number % 4]}"]'


if __name__ == "__main__":
    main()
