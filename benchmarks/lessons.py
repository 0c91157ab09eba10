# SPDX-License-Identifier: GPL-3.0-or-later
"""A class of forty answers a quiz at once: ``python -m benchmarks.lessons``.

The whole stack runs on one core. All pupils begin together and answer ten questions, each answer on
the disk before the page comes: first without a moment's thought, so that each tap waits for those
of all others, then thinking for two seconds on average. Printed is how long an answer takes, from
the tap to the page that says "saved", and how long the processor worked for it and for the page
with the question. Then pages of pupils and of their teacher are asked for one after the other, and
the memory of each process is told. All in a school of one class with a hundred thousand answers,
and in one of 30 classes with a million; ``--school CLASSES ANSWERS`` measures others.

With ``--kolibri FOLDER`` a class with as many answers as the first school's is measured in Kolibri
from PyPI: what a coach's pages of the class and of one lesson load.
"""

import argparse
import http
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from appliance.config import Config
from appliance.learning.person_session import PersonSessions
from appliance.school.database import open_school
from benchmarks import kolibri
from benchmarks.browser import Browser, hidden_fields, in_panel, on_portal
from benchmarks.contestant import Contestant, free_ports, get, kiwix_serve_program, stack
from benchmarks.kolibri_class import make_class
from benchmarks.load import percentile
from benchmarks.memory import tell
from benchmarks.school import (
    COURSE,
    LESSONS,
    PASSWORD,
    PUPILS,
    QUESTIONS,
    QUIZ,
    SIZES,
    TEACHER,
    School,
    make_school,
)

_ROUNDS = 10
_ADDRESS = f"/quiz/{QUIZ}"
_THOUGHTS = {"an answer": 0.0, "with thought": 2.0}
"""Seconds that pupils think about each question, on average."""
_PAGES = {
    "my page": "/my",
    "the course": f"/course/{COURSE}",
    "a lesson": f"/course/{COURSE}/l1",
    "the result": f"{_ADDRESS}/result",
}


def main() -> None:
    """Measure in a small school and in a large one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--pupils", type=int, default=PUPILS)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    parser.add_argument("--school", type=int, nargs=2, action="append")
    parser.add_argument("--kolibri", type=Path)
    options = parser.parse_args()
    for classes, answers in options.school or SIZES:
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="chashma-") as name:
            port, admin_port = free_ports(2)
            config = Config(
                state=Path(name),
                port=port,
                admin_port=admin_port,
                kiwix_serve=kiwix_serve_program(),
            )
            school = make_school(config, classes, answers)
            print(f"{classes} classes of {PUPILS}, {answers} answers before")
            with stack(config, core=options.core) as server:
                _measure(server, config, school, options.pupils)
    if options.kolibri:
        _, answers = (options.school or SIZES)[0]
        _measure_kolibri(options.kolibri, options.core, answers)


def _measure(server: Contestant, config: Config, school: School, count: int) -> None:
    pupils = _signed_in(config, school, count)
    for title, thought in _THOUGHTS.items():
        _answer_at_once(server, title, pupils, thought)
    _count(config, len(_THOUGHTS) * QUESTIONS * len(pupils))
    for title, path in _PAGES.items():
        _one_by_one(server, title, [partial(pupil.ask, path) for pupil in pupils])
    teacher = in_panel(config, TEACHER, PASSWORD)
    for title, path in school.teachers_pages().items():
        _one_by_one(server, title, [partial(teacher.ask, path)] * _ROUNDS)
    tell("after all that", server)


def _measure_kolibri(folder: Path, core: int, answers: int) -> None:
    pages = make_class(
        folder, learners=PUPILS, lessons=len(LESSONS), questions=QUESTIONS, answers=answers
    )
    print(f"Kolibri, a class of {PUPILS}, {answers} answers before")
    (port,) = free_ports(1)
    with kolibri.started(folder, port, core=core) as (server, headers):
        for title, path in pages.items():
            _one_by_one(server, title, [partial(_of_kolibri, port, path, headers)] * _ROUNDS)
        tell("after all that", server)


def _signed_in(config: Config, school: School, count: int) -> list[Browser]:
    database = open_school(config)
    sessions = PersonSessions(database)
    people = school.people[:count]
    pupils = [on_portal(config, sessions.start(person.id, own=True)) for person in people]
    database.close()
    return pupils


def _answer_at_once(server: Contestant, title: str, pupils: list[Browser], thought: float) -> None:
    before, begun = server.cpu_seconds(), time.perf_counter()
    seeds = range(len(pupils))
    with ThreadPoolExecutor(len(pupils)) as pool:
        answered = pool.map(_answer_all, pupils, seeds, [thought] * len(pupils))
        taken = [each for part in answered for each in part]
    seconds = time.perf_counter() - begun
    _print(title, taken, (server.cpu_seconds() - before) / len(taken))
    print(f"  all answers of {len(pupils)} pupils in {seconds:.1f} s")


def _answer_all(pupil: Browser, seed: int, thought: float) -> list[float]:
    """Go through the quiz; seconds for each answer."""
    chance = random.Random(seed)
    page = pupil.ask(_ADDRESS)
    pupil.ask(f"{_ADDRESS}/start", hidden_fields(page, "/start"))
    taken = []
    for place in range(1, QUESTIONS + 1):
        page = pupil.ask(f"{_ADDRESS}/{place}")
        form = hidden_fields(page, 'class="question"') | {"a": "b"}
        time.sleep(chance.uniform(0, 2 * thought))
        begun = time.perf_counter()
        page = pupil.ask(f"{_ADDRESS}/{place}", form)
        taken.append(time.perf_counter() - begun)
        if "Saved" not in page:
            raise RuntimeError("an answer that is not said to be saved")
    return taken


def _count(config: Config, told: int) -> None:
    """Say how many of the answers that were told to be saved are not there."""
    school = sqlite3.connect(config.school_db)
    kept = school.execute(
        "SELECT count(*) FROM response JOIN try ON try.id = try_id WHERE item_id = ?", (QUIZ,)
    ).fetchone()[0]
    school.close()
    print(f"  lost: {told - kept} of {told}")


def _of_kolibri(port: int, path: str, headers: Mapping[str, str]) -> None:
    status, _ = get(port, path, headers)
    if status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path}: {status}")


def _one_by_one(server: Contestant, title: str, asks: Sequence[Callable[[], object]]) -> None:
    before = server.cpu_seconds()
    taken = []
    for ask in asks:
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    _print(title, taken, (server.cpu_seconds() - before) / len(taken))


def _print(title: str, taken: list[float], worked: float) -> None:
    halves, most, slowest = percentile(taken, 0.5), percentile(taken, 0.95), max(taken)
    print(
        f"  {title:12} median {1000 * halves:6.1f} ms, p95 {1000 * most:6.1f} ms,"
        f" slowest {1000 * slowest:6.1f} ms, of the processor {1000 * worked:5.1f} ms"
    )


if __name__ == "__main__":
    main()
