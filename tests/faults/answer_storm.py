# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers under kills: ``python -m tests.faults.answer_storm KILLS [SEED]``.

Pupils answer over HTTP, again and again, while gunicorn's workers are killed at moments chosen at
random, now and then with their master, as a power cut does. Afterwards every answer that was
acknowledged must be there, and what belongs together must be whole. It ends with status 1 and says
what was lost, or half there; with the same seed the same kills come, as far as threads allow.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from appliance.config import Config
from appliance.database import Database
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person_session import PersonSessions
from appliance.school.database import open_school
from appliance.services.service import services
from tests.faults.pupils import Answer, Pupil
from tests.functional.portal.lessons import put_quiz
from tests.functional.portal.shelf import shelf_in
from tests.unit.appliance.learning.records.school import quiz_of

PUPILS, QUESTIONS = 4, 12
PATIENCE_S = 600
LONGEST_LIFE_S = 1.5
WHOLE = 0.2
"""Share of the kills that take the master too, as a power cut does."""


@contextmanager
def served(config: Config) -> Iterator[psutil.Process]:
    """gunicorn as the box runs it, and nothing before it."""
    web = next(service for service in services(config) if service.name == "web")
    config.run.mkdir(parents=True, exist_ok=True)
    for socket in web.sockets:
        socket.unlink(missing_ok=True)
    environment = {**os.environ, **config.environment, **web.environment}
    with subprocess.Popen(web.command, env=environment, cwd=web.folder) as process:
        try:
            yield psutil.Process(process.pid)
        finally:
            kill_all(psutil.Process(process.pid))


def kill_all(master: psutil.Process) -> None:
    """The master first, so that it forks no other."""
    try:
        for process in (master, *master.children(recursive=True)):
            process.kill()
    except psutil.NoSuchProcess:
        pass  # gone by itself


def until_somebody_was_heard(pupils: list[Pupil], before: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while sum(len(pupil.acknowledged) for pupil in pupils) <= before:
        failed = [pupil.failure for pupil in pupils if pupil.failure is not None]
        assert not failed, failed
        assert time.monotonic() < deadline, f"nothing was acknowledged in {PATIENCE_S} s"
        time.sleep(0.02)


def pupils_of(config: Config, chance: random.Random) -> list[Pupil]:
    item = put_quiz(shelf_in(config.state), quiz_of(QUESTIONS))
    school = open_school(config)
    fifth = Classes(school).add(NewClass("5А"), clock_sure=True)
    names = [f"Хонанда {number}" for number in range(PUPILS)]
    people = People(school).add_all(fifth.id, names, clock_sure=True).people
    sessions = PersonSessions(school)
    school.close()
    return [
        Pupil(
            config.run / "web.sock",
            item.id,
            sessions.start(person.id, own=True),
            chance.randrange(10**9),
        )
        for person in people
    ]


def look(school: Database, acknowledged: list[Answer]) -> None:
    """Everything that was acknowledged is there, and what belongs together is."""
    connection = school.connection
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    kept = {
        (row["try_id"], row["question_id"]): row["answer"]
        for row in connection.execute("SELECT * FROM response WHERE place = 0 AND late = 0")
    }
    lost = [
        each
        for each in acknowledged
        if kept.get((each.try_id, each.question)) != f'["{each.option}"]'
    ]
    assert lost == []
    for table, half in {
        "try": "SELECT * FROM try WHERE wrong !="
        " (SELECT count(*) FROM response WHERE try_id = try.id AND NOT is_right)",
        "end": "SELECT * FROM try WHERE (finished != '') !="
        f" ((SELECT count(*) FROM response WHERE try_id = try.id AND place = 0) = {QUESTIONS})",
        # A join, for which SQLite makes itself an index.
        "outbox": "SELECT response.id FROM response LEFT JOIN outbox ON response_id = response.id"
        " GROUP BY response.id HAVING count(seq) != 1",
        "event": "SELECT * FROM outbox WHERE verb = 'answered'"
        " AND response_id NOT IN (SELECT id FROM response)",
        "progress": "SELECT * FROM progress WHERE tries !="
        " (SELECT count(*) FROM try WHERE try.person_id = progress.person_id AND finished != '')",
    }.items():
        assert connection.execute(half).fetchall() == [], table


def answer_and_be_killed(folder: Path, kills: int, seed: int) -> Counter[str]:
    """How many kills of which kind there were, and how many answers were acknowledged."""
    chance = random.Random(seed)
    config = Config(state=folder)
    pupils = pupils_of(config, chance)
    for pupil in pupils:
        pupil.start()
    counts = Counter[str]()
    while counts.total() < kills:
        with served(config) as master:
            whole = False
            while counts.total() < kills and not whole:
                heard = sum(len(pupil.acknowledged) for pupil in pupils)
                until_somebody_was_heard(pupils, heard)
                time.sleep(chance.random() * LONGEST_LIFE_S)
                whole = chance.random() < WHOLE
                for worker in [] if whole else master.children(recursive=True):
                    worker.kill()
                counts["master" if whole else "workers"] += 1
                _tell(counts.total(), kills, pupils)
    for pupil in pupils:
        pupil.over.set()
    for pupil in pupils:
        pupil.join(PATIENCE_S)
    acknowledged = [answer for pupil in pupils for answer in pupil.acknowledged]
    assert len(acknowledged) >= kills
    school = open_school(config)
    look(school, acknowledged)
    school.close()
    return counts + Counter(acknowledged=len(acknowledged))


def _tell(killed: int, kills: int, pupils: list[Pupil]) -> None:
    if killed % 50 == 0 or killed == kills:
        acknowledged = sum(len(pupil.acknowledged) for pupil in pupils)
        print(f"{killed} kills, {acknowledged} acknowledged", flush=True)


def main(kills: int, seed: int) -> int:
    print(f"{kills} kills to come, seed {seed}", flush=True)
    # Its name leaves room for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        try:
            counts = answer_and_be_killed(Path(folder), kills, seed)
        except AssertionError as exc:
            print(f"of {kills} kills, seed {seed}: {exc}")
            traceback.print_exc()
            return 1
    print(f"{kills} kills, seed {seed}: {dict(sorted(counts.items()))}, none lost")
    return 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0], given[1] if given[1:] else random.randrange(10**6)))
