# SPDX-License-Identifier: GPL-3.0-or-later
"""The teacher's pages over a school that has worked: ``python -m benchmarks.teacher``.

Two schools: one class of 40 with a course of 60 lessons and 100,000 answers; then 30 classes of 40
with a million. Each page is asked through the panel's own application, signed in as a teacher;
printed are median and slowest of so many rounds, in milliseconds of this machine, and how long its
processor worked for it, which says more where others work too; behind it how many times as long as
in the first school. ``--school CLASSES ANSWERS`` measures others.
"""

import argparse
import re
import statistics
import tempfile
import time
from pathlib import Path

import msgspec
from flask.testing import FlaskClient

from appliance.config import Config
from benchmarks.school import LESSONS, PASSWORD, PUPILS, SIZES, TEACHER, make_school
from webapp.admin import create_app

_HOME = "https://admin.localhost:8443"


class Cost(msgspec.Struct, frozen=True):
    """What a page costs, in milliseconds; ``worked``: of the processor; and its kilobytes."""

    median: float
    slowest: float
    worked: float
    size: float


def main() -> None:
    """Fill the schools, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    parser.add_argument("--school", type=int, nargs=2, action="append")
    options = parser.parse_args()
    first: dict[str, Cost] = {}
    for classes, answers in options.school or SIZES:
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="chashma-") as name:
            begun = time.perf_counter()
            costs = _measure(Path(name), classes, answers, options.rounds)
            taken = time.perf_counter() - begun
        print(
            f"{classes} classes of {PUPILS}, {len(LESSONS)} lessons, {answers} answers"
            f" ({taken:.0f} s in all)"
        )
        for title, cost in costs.items():
            times = cost.worked / first.setdefault(title, cost).worked
            print(
                f"  {title:12} median {cost.median:6.1f} ms, slowest {cost.slowest:6.1f} ms, of the"
                f" processor {cost.worked:6.1f} ms ({times:.1f}), {cost.size:.0f} kB"
            )


def _measure(folder: Path, classes: int, answers: int, rounds: int) -> dict[str, Cost]:
    config = Config(state=folder)
    pages = make_school(config, classes, answers).teachers_pages()
    app = create_app(config)
    app.testing = True
    client = _signed_in(app.test_client())
    return {title: _cost(client, path, rounds) for title, path in pages.items()}


def _cost(client: FlaskClient, path: str, rounds: int) -> Cost:
    taken: list[float] = []
    worked: list[float] = []
    size = 0
    for _ in range(rounds):
        begun, work = time.perf_counter(), time.process_time()
        answer = client.get(path, base_url=_HOME)
        taken.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - work))
        size = len(answer.data)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return Cost(statistics.median(taken), max(taken), statistics.median(worked), size / 1000)


def _signed_in(client: FlaskClient) -> FlaskClient:
    page = client.get("/sign-in", base_url=_HOME).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    form = {"csrf_token": token, "name": TEACHER, "password": PASSWORD}
    client.post("/sign-in", base_url=_HOME, data=form, headers={"Referer": f"{_HOME}/sign-in"})
    return client


if __name__ == "__main__":
    main()
