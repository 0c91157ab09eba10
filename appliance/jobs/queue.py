# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue between those who ask (the web, without rights on the store) and the worker.

It lies on the disk, so that a job outlives a restart of either side.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from appliance.content.progress import Report
from appliance.content.result import IngestResult
from appliance.database import Database
from appliance.errors import ApplianceError, RefusalError
from appliance.jobs.job import LONG, UNDOABLE, Change, Job, State, Task
from appliance.timestamp import utc_now

_KEPT = 200
_LOOK_EVERY_S = 0.05


class UnknownJobError(ApplianceError):
    """No job has this number."""


class JobQueue:
    """The jobs' database; both sides open it."""

    def __init__(self, path: Path) -> None:
        """Open it, and make it where there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = Database(path, "appliance.jobs.migrations")

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        self._database.close()

    def submit(self, task: Task, asked_by: str) -> int:
        """Ask for a task; the number of its job."""
        with self._database.transaction() as connection:
            lane = "long" if isinstance(task, LONG) else "short"
            # A hundred small edits must not push out what sticks brought.
            connection.execute(
                "DELETE FROM job WHERE state IN ('done', 'failed', 'cancelled') AND lane = :lane"
                " AND id <= (SELECT id FROM job WHERE lane = :lane"
                "            ORDER BY id DESC LIMIT 1 OFFSET :kept)",
                {"lane": lane, "kept": _KEPT},
            )
            cursor = connection.execute(
                "INSERT INTO job (verb, lane, arguments, asked_by, asked, state)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    str(task.__struct_config__.tag),
                    lane,
                    msgspec.json.encode(task),
                    asked_by,
                    utc_now(),
                    State.QUEUED,
                ),
            )
        return int(cursor.lastrowid or 0)

    def get(self, number: int) -> Job:
        """A job.

        Raises:
            UnknownJobError: there is none of this number (any more).
        """
        row = self._database.connection.execute(
            "SELECT * FROM job WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise UnknownJobError(str(number))
        return _job(row)

    def recent(self, limit: int, *, verbs: Iterable[str] = ()) -> list[Job]:
        """The newest jobs first; ``verbs`` are the tags of the tasks wanted, none for all."""
        wanted = tuple(verbs)
        marks = ",".join("?" * len(wanted))
        where = f"WHERE verb IN ({marks})" if wanted else ""
        rows = self._database.connection.execute(
            f"SELECT * FROM job {where} ORDER BY id DESC LIMIT ?",  # noqa: S608 - placeholders only
            (*wanted, limit),
        )
        return [_job(row) for row in rows]

    def pending(self) -> list[Job]:
        """The long jobs that wait or run."""
        rows = self._database.connection.execute(
            "SELECT * FROM job WHERE lane = 'long' AND state IN ('queued', 'running') ORDER BY id"
        )
        return [_job(row) for row in rows]

    def results(self, number: int) -> list[IngestResult]:
        """What became of each file of an ingest so far."""
        return list(self.each_result(number))

    def each_result(self, number: int) -> Iterator[IngestResult]:
        """As ``results``, one after the other: a job may have a hundred thousand."""
        rows = self._database.connection.execute(
            "SELECT outcome FROM result WHERE job = ? ORDER BY number", (number,)
        )
        return (msgspec.json.decode(row["outcome"], type=IngestResult) for row in rows)

    def changes(self, number: int) -> list[Change]:
        """What a job did to the shelf so far, in order."""
        rows = self._database.connection.execute(
            "SELECT outcome FROM change WHERE job = ? ORDER BY number", (number,)
        )
        return [msgspec.json.decode(row["outcome"], type=Change) for row in rows]

    def can_undo(self, number: int) -> bool:
        """Whether ``Undo`` of this job would do anything.

        Raises:
            UnknownJobError: there is none of this number (any more).
        """
        job = self.get(number)
        undoable = job.over and isinstance(job.task, UNDOABLE) and not job.undone_by
        return undoable and bool(self.changes(number))

    def cancel(self, number: int) -> None:
        """Ask to stop a job; one that has not begun never will."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE job SET cancelled = 1 WHERE id = ?", (number,))
            connection.execute(
                "UPDATE job SET state = ?, finished = ? WHERE id = ? AND state = ?",
                (State.CANCELLED, utc_now(), number, State.QUEUED),
            )

    def wait(self, number: int, seconds: float) -> Job:
        """The job once it is over, or as it is when the time is up.

        Raises:
            UnknownJobError: there is none of this number.
        """
        deadline = time.monotonic() + seconds
        while not (job := self.get(number)).over and time.monotonic() < deadline:
            time.sleep(_LOOK_EVERY_S)
        return job

    # The worker's side.

    def take(self, lane: str) -> Job | None:
        """The next job of a lane, now running; none if there is nothing to do."""
        connection = self._database.connection
        waiting = "SELECT id FROM job WHERE state = 'queued' AND lane = ? ORDER BY id LIMIT 1"
        if connection.execute(waiting, (lane,)).fetchone() is None:
            return None
        with self._database.transaction():
            row = connection.execute(
                f"UPDATE job SET state = 'running' WHERE id = ({waiting}) RETURNING *",  # noqa: S608 - likewise
                (lane,),
            ).fetchone()
        return _job(row) if row else None

    def is_cancelled(self, number: int) -> bool:
        """Whether somebody asked to stop it."""
        row = self._database.connection.execute(
            "SELECT cancelled FROM job WHERE id = ?", (number,)
        ).fetchone()
        return row is None or bool(row["cancelled"])

    def report(self, number: int, report: Report) -> None:
        """Tell how far a job is."""
        self._database.connection.execute(
            "UPDATE job SET report = ? WHERE id = ?", (msgspec.json.encode(report), number)
        )

    def add_result(self, number: int, result: IngestResult) -> None:
        """Tell what became of a file."""
        self._database.connection.execute(
            "INSERT INTO result (job, outcome) VALUES (?, ?)",
            (number, msgspec.json.encode(result)),
        )

    def add_results(self, number: int, results: Sequence[IngestResult]) -> None:
        """Tell what became of several files."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO result (job, outcome) VALUES (?, ?)",
                [(number, msgspec.json.encode(result)) for result in results],
            )

    def add_changes(self, number: int, changes: Sequence[Change]) -> None:
        """Write down what a job is about to do to the shelf; twice is once."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO change (job, item, outcome) VALUES (?, ?, ?)",
                [(number, change.item, msgspec.json.encode(change)) for change in changes],
            )

    def mark_undone(self, number: int, undone_by: int) -> None:
        """Say that a job was taken back by another."""
        self._database.connection.execute(
            "UPDATE job SET undone_by = ? WHERE id = ?", (undone_by, number)
        )

    def finish(self, number: int, state: State, refusal: RefusalError | None = None) -> None:
        """Close a job."""
        self._database.connection.execute(
            "UPDATE job SET state = ?, code = ?, details = ?, finished = ? WHERE id = ?",
            (
                state,
                refusal.code if refusal else "",
                msgspec.json.encode(refusal.details if refusal else {}),
                utc_now(),
                number,
            ),
        )

    def requeue_interrupted(self) -> None:
        """Begin again what was running when the worker ended: every task may be done twice."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM result WHERE job IN (SELECT id FROM job WHERE state = 'running')"
            )
            connection.execute("UPDATE job SET state = 'queued' WHERE state = 'running'")


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        task=msgspec.json.decode(row["arguments"], type=Task),
        asked_by=row["asked_by"],
        asked=row["asked"],
        state=State(row["state"]),
        report=msgspec.json.decode(row["report"], type=Report) if row["report"] else Report(),
        cancelling=bool(row["cancelled"]),
        code=row["code"],
        details=msgspec.json.decode(row["details"]),
        finished=row["finished"],
        undone_by=row["undone_by"],
    )
