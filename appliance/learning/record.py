# SPDX-License-Identifier: GPL-3.0-or-later
"""What people have seen, heard and done: the one place where progress is written."""

import json
import sqlite3
from collections.abc import Iterable

import msgspec

from appliance.content.quiz.quiz import Mastery
from appliance.database import Database
from appliance.learning.course_record import refresh_courses
from appliance.learning.outbox import Verb, tell
from appliance.learning.progress import (
    NOTHING,
    Progress,
    advanced,
    better,
    own_progress,
    read_progress,
    write_progress,
)
from appliance.learning.state import HELP_AFTER, LearningState
from appliance.learning.try_row import end_try, insert_try, latest_try
from appliance.learning.when import Watch, When, unsure

_LONGEST_RESUME = 256_000
_MOST_INTERACTIONS = 500
_LONGEST_TEXT = 2000


class Interaction(msgspec.Struct, frozen=True):
    """A question that another player asked, and what was answered; hostile text.

    Attributes:
        id: of the question, in its item.
        prompt: the question in words, or empty.
        score: points that it brought.
    """

    id: str
    is_right: bool
    answer: tuple[str, ...] = ()
    prompt: str = ""
    score: float = 0.0


class Outcome(msgspec.Struct, frozen=True):
    """How a try ended.

    Attributes:
        score: share of the points, 0 to 1.
        passed: nothing where there is nothing to pass.
        wrong: wrong answers in it.
        share: of the item that was gone through, 0 to 1.
        at_home: it was made at home, and comes as a code.
    """

    score: float
    passed: bool | None
    wrong: int
    share: float = 1.0
    at_home: bool = False


class Record:
    """Progress with items, in ``school.db``. Nothing returns before it is on the disk."""

    def __init__(self, database: Database, watch: Watch = unsure) -> None:
        self._database = database
        self._watch = watch

    def progress(self, person_id: str, item_ids: Iterable[str]) -> dict[str, Progress]:
        """Progress by item, for each that was asked for; all editions of an item count."""
        asked = list(item_ids)
        found = read_progress(self._database.connection, [person_id], asked)
        return {item: found.get((person_id, item), NOTHING) for item in asked}

    def of_people(
        self, person_ids: Iterable[str], item_ids: Iterable[str]
    ) -> dict[tuple[str, str], Progress]:
        """Progress by person and item; who has not started is left out."""
        return read_progress(self._database.connection, person_ids, item_ids)

    def latest(self, person_id: str, limit: int = 20) -> dict[str, Progress]:
        """The items that somebody did something with last, the latest first.

        What a clock has dated that ran ahead comes last: else it would be the latest for years.
        """
        rows = self._database.connection.execute(
            "SELECT item_id FROM progress WHERE person_id = ?"
            " ORDER BY touched > ?, touched DESC LIMIT ?",
            (person_id, self._watch().at, limit),
        )
        return self.progress(person_id, [row["item_id"] for row in rows])

    def seen(
        self,
        person_id: str,
        item_id: str,
        *,
        share: float | None = None,
        seconds: float = 0,
        resume: str | None = None,
        completed: bool | None = None,
    ) -> Progress:
        """Somebody looks at an item, reads on, or says that they have done it.

        Args:
            share: of the item that they have come to, 0 to 1.
            seconds: spent with it since the last time.
            resume: where to go on, in the player's own words; nothing leaves it as it is.
            completed: true where they are done with it; nothing and false leave it open.
        """
        with self._database.transaction() as connection:
            if resume is not None:
                _keep_resume(connection, person_id, item_id, resume)
            before = own_progress(connection, person_id, item_id)
            changes: dict[str, object] = {"seconds": before.seconds + max(seconds, 0.0)}
            if share is not None:
                changes["share"] = share
            return take_step(
                connection,
                person_id,
                item_id,
                self._watch(),
                completed=completed,
                at_home=False,
                **changes,
            )

    def result(
        self,
        person_id: str,
        item_id: str,
        score: float,
        passed: bool | None,
        interactions: Iterable[Interaction] = (),
    ) -> Progress:
        """A result that an outside player tells: one finished try.

        Args:
            score: share of the points, 0 to 1.
            passed: nothing where the player does not say; then it counts as done.
            interactions: what it tells of single questions; at most 500 are kept.
        """
        score = min(max(score, 0.0), 1.0)
        told = list(interactions)[:_MOST_INTERACTIONS]
        wrong = sum(not each.is_right for each in told)
        with self._database.transaction() as connection:
            when = self._watch()
            before = latest_try(connection, person_id, item_id)
            number = before.number + 1 if before else 1
            try_id = insert_try(connection, person_id, item_id, number, Mastery(), when)
            end_try(connection, try_id, when, score=score, points=1, passed=passed, wrong=wrong)
            insert_responses(connection, try_id, when, told)
            return finish_step(connection, person_id, item_id, when, Outcome(score, passed, wrong))

    def resume(self, person_id: str, item_id: str) -> str:
        """Where somebody goes on, as it was given to ``seen``; empty where nothing was."""
        row = self._database.connection.execute(
            "SELECT state FROM resume WHERE person_id = ? AND item_id = ?", (person_id, item_id)
        ).fetchone()
        return str(row["state"]) if row else ""


def take_step(
    connection: sqlite3.Connection,
    person_id: str,
    item_id: str,
    when: When,
    *,
    completed: bool | None = None,
    at_home: bool = False,
    **changes: object,
) -> Progress:
    """Bring progress forward, as a part of the transaction in which it happens.

    Args:
        completed: it is done now.
        at_home: it was done at home, and comes as a code.
        changes: as ``appliance.learning.progress.advanced`` takes them.
    """
    before = own_progress(connection, person_id, item_id)
    after = advanced(before, when, completed=completed, at_home=at_home, **changes)
    if not before.started:
        tell(connection, person_id, Verb.INITIALIZED, item_id, when, at_home=at_home)
    if after.is_completed and not before.is_completed:
        editions = read_progress(connection, [person_id], [item_id])
        if not editions.get((person_id, item_id), NOTHING).is_completed:
            done: dict[str, object] = {"completion": True}
            tell(
                *(connection, person_id, Verb.COMPLETED, item_id, when),
                result=done,
                at_home=at_home,
            )
    write_progress(connection, person_id, item_id, after)
    if _matters(before) != _matters(after):
        refresh_courses(connection, person_id, item_id, when)
    return after


def finish_step(
    connection: sqlite3.Connection,
    person_id: str,
    item_id: str,
    when: When,
    outcome: Outcome,
) -> Progress:
    """Bring progress forward by a finished try.

    A pass is told once, and no failure after it (cmi5, §9.3: verbs of one registration).
    """
    score, passed, at_home = outcome.score, outcome.passed, outcome.at_home
    before = own_progress(connection, person_id, item_id)
    if not before.started:
        # What another player or a code tells begins and ends at once; it is told in that order.
        before = take_step(connection, person_id, item_id, when, at_home=at_home)
    if passed is not None and not before.passed:
        result: dict[str, object] = {"success": passed, "score": {"scaled": score}}
        verb = Verb.PASSED if passed else Verb.FAILED
        tell(connection, person_id, verb, item_id, when, result=result, at_home=at_home)
    stuck = outcome.wrong >= HELP_AFTER and not passed
    return take_step(
        connection,
        person_id,
        item_id,
        when,
        completed=passed is not False,
        at_home=at_home,
        state=LearningState.NEEDS_HELP if stuck else LearningState.IN_PROGRESS,
        best=better(before.best, score),
        school_best=before.school_best if at_home else better(before.school_best, score),
        passed=passed or before.passed if before.passed is not None else passed,
        tries=before.tries + 1,
        share=outcome.share,
    )


def _matters(progress: Progress) -> tuple[object, ...]:
    """What a course looks at."""
    at_school = progress.school_best, progress.school_completed
    return progress.state, progress.best, progress.passed, progress.tries, *at_school


def _keep_resume(connection: sqlite3.Connection, person_id: str, item_id: str, resume: str) -> None:
    connection.execute(
        "INSERT INTO resume VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, item_id) DO UPDATE SET state = excluded.state",
        (person_id, item_id, resume if len(resume) <= _LONGEST_RESUME else ""),
    )


def insert_responses(
    connection: sqlite3.Connection, try_id: int, when: When, told: list[Interaction]
) -> None:
    """Write what is told of single questions of a try; the first of each counts."""
    places: dict[str, int] = {}
    for each in told:
        question = each.id[:_LONGEST_TEXT]
        places[question] = place = places.get(question, -1) + 1
        answer = [part[:_LONGEST_TEXT] for part in each.answer[:_MOST_INTERACTIONS]]
        connection.execute(
            "INSERT INTO response (try_id, question_id, round, place, answer, prompt, score,"
            " is_right, elapsed, at, clock_sure) VALUES (?, ?, 0, ?, ?, ?, ?, ?, 0, ?, ?)",
            (
                *(try_id, question, place, json.dumps(answer, ensure_ascii=False)),
                *(each.prompt[:_LONGEST_TEXT], each.score, each.is_right, when.at, when.sure),
            ),
        )
