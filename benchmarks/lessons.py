# SPDX-License-Identifier: GPL-3.0-or-later
"""A class of forty answers a quiz at once: ``python -m benchmarks.lessons``.

The whole stack runs on one core. All pupils begin together and answer ten questions, each answer on
the disk before the page comes; printed is how long an answer takes, from the tap to the page that
says "saved". Then pages of a pupil are asked for. All in a new school, and in one of 30 classes
with a million answers.
"""

import argparse
import http.client
import re
import sqlite3
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from appliance.config import Config
from appliance.content.item import Item, Kind, Metadata, StoredFile
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.content.shelf import Shelf
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person_session import PersonSessions
from appliance.school.database import open_school
from benchmarks.contestant import free_ports, kiwix_serve_program, stack
from benchmarks.load import percentile
from benchmarks.teacher import COURSE, fill_records, fill_shelf

PUPILS, QUESTIONS = 40, 10
QUIZ = "q" * 16
ADDRESS = f"/quiz/{QUIZ}"
PAGES = {"my page": "/my", "the course": f"/course/{COURSE}", "the result": f"{ADDRESS}/result"}
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Pupil:
    """Somebody with a browser that keeps its connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Host": f"localhost:{port}", "Cookie": f"person={cookie}; language=en"}

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> str:
        """A page, and where it leads on the page there."""
        headers = dict(self._headers)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        page = response.read().decode()
        if response.status in (302, 303):
            return self.ask(response.headers["Location"])
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return page

    def answer_all(self) -> list[float]:
        """Go through the quiz; seconds for each answer."""
        page = self.ask(ADDRESS)
        page = self.ask(f"{ADDRESS}/start", _fields(page, "/start"))
        taken = []
        for place in range(1, QUESTIONS + 1):
            form = _fields(page, 'class="question"') | {"a": "b"}
            begun = time.perf_counter()
            page = self.ask(f"{ADDRESS}/{place}", form)
            taken.append(time.perf_counter() - begun)
            if "Saved" not in page:
                raise RuntimeError("an answer that is not said to be saved")
            page = self.ask(f"{ADDRESS}/{place + 1}") if place < QUESTIONS else page
        return taken


def main() -> None:
    """Measure in a new school and in a full one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    options = parser.parse_args()
    for classes, answers in ((1, 0), (30, 1_000_000)):
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="chashma-") as name:
            port, admin_port = free_ports(2)
            config = Config(
                state=Path(name),
                port=port,
                admin_port=admin_port,
                kiwix_serve=kiwix_serve_program(),
            )
            cookies = _school(config, classes, answers)
            print(f"{classes} classes of {PUPILS}, {answers} answers before")
            _measure(config, cookies, options.core)


def _measure(config: Config, cookies: list[str], core: int) -> None:
    with stack(config, core=core) as server:
        pupils = [Pupil(config.port, cookie) for cookie in cookies]
        before = server.cpu_seconds()
        with ThreadPoolExecutor(PUPILS) as pool:
            taken = [each for part in pool.map(Pupil.answer_all, pupils) for each in part]
        worked = (server.cpu_seconds() - before) / len(taken)
        _print("an answer", taken, worked)
        for title, path in PAGES.items():
            before = server.cpu_seconds()
            taken = [_timed(pupil, path) for pupil in pupils]
            _print(title, taken, (server.cpu_seconds() - before) / len(taken))
    kept = sqlite3.connect(config.school_db).execute(
        "SELECT count(*) FROM response JOIN try ON try.id = try_id WHERE item_id = ?", (QUIZ,)
    )
    print(f"  lost: {PUPILS * QUESTIONS - kept.fetchone()[0]} of {PUPILS * QUESTIONS}")


def _timed(pupil: Pupil, path: str) -> float:
    begun = time.perf_counter()
    pupil.ask(path)
    return time.perf_counter() - begun


def _print(title: str, taken: list[float], worked: float) -> None:
    halves, most, slowest = percentile(taken, 0.5), percentile(taken, 0.95), max(taken)
    print(
        f"  {title:12} median {1000 * halves:6.1f} ms, p95 {1000 * most:6.1f} ms,"
        f" slowest {1000 * slowest:6.1f} ms, of the processor {1000 * worked:5.1f} ms"
    )


def _school(config: Config, classes: int, answers: int) -> list[str]:
    """A school with a quiz; the cookies of one class."""
    shelf = Shelf(config)
    fill_shelf(config)
    options = (Option("a", "1"), Option("b", "2", credit=1.0), Option("c", "3"))
    quiz = Quiz(
        tuple(
            Question(f"q{number}", QuestionType.CHOICE, f"Саволи {number}", options)
            for number in range(QUESTIONS)
        )
    )
    content = msgspec.json.encode(quiz)
    with shelf.store.stage() as staged:
        (staged / "quiz.json").write_bytes(content)
        files = (StoredFile("quiz.json", len(content), "0" * 64),)
        item = Item(QUIZ, Kind.QUIZ, Metadata("Санҷиш"), files, "2026-11-22T08:00:00Z", "benchmark")
        shelf.add(staged, item)
    shelf.catalog.database.close()
    school = open_school(config)
    for number in range(classes):
        made = Classes(school).add(NewClass(f"Class {number}"), clock_sure=True)
        names = [f"Хонанда {one:02} аз {number}" for one in range(PUPILS)]
        people = People(school).add_all(made.id, names, clock_sure=True).people
    Classes(school).give(made.id, [COURSE, QUIZ])
    if answers:
        fill_records(config.school_db, answers)
    sessions = PersonSessions(school)
    cookies = [sessions.start(person.id, own=True) for person in people]
    school.close()
    return cookies


def _fields(page: str, after: str) -> dict[str, str]:
    """The hidden fields of the form that begins there."""
    return dict(_FIELD.findall(page.partition(after)[2]))


if __name__ == "__main__":
    main()
