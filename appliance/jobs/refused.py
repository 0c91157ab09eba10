# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a stick was refused before: nobody needs to be asked about it again and again."""

from collections.abc import Collection

from appliance.content.result import NOT_ITS_FAULT, IngestResult, Status
from appliance.jobs.job import InstallPack, State
from appliance.jobs.queue import JobQueue

_LOOKED_BACK = 200
_TRIES_LOOKED_AT = 3
_PASSES = NOT_ITS_FAULT | {"internal-error"}
"""Refusals that another try may not meet."""


def results_before(queue: JobQueue, drive: str, names: Collection[str]) -> dict[str, IngestResult]:
    """What became of loose files of a stick, by their names, when they were last tried."""
    newest: dict[str, IngestResult] = {}
    recent = queue.recent(_LOOKED_BACK, verbs=("ingest",))
    of_this = [job for job in recent if job.drive == drive]
    for job in of_this[:_TRIES_LOOKED_AT]:
        for result in queue.each_result(job.id):
            if result.file in names:
                newest.setdefault(result.file, result)
    return newest


def is_final(result: IngestResult | None, size: int) -> bool:
    """Whether a file was refused, and would be again.

    Args:
        result: of when it was last tried.
        size: bytes that it has now: one of another size is another file.
    """
    if result is None or result.status is not Status.REJECTED:
        return False
    return result.size == size and result.code not in _PASSES


def was_installed(queue: JobQueue, digest: str) -> bool:
    """Whether a person had all of a pack installed; what did not come then was refused for good."""
    jobs = queue.recent(_LOOKED_BACK, verbs=("install-pack",))
    return any(
        job.state is State.DONE
        and not job.undone_by
        and isinstance(job.task, InstallPack)
        and job.task.digest == digest
        and not job.task.identifiers
        and not any(result.code in _PASSES for result in queue.each_result(job.id))
        for job in jobs
    )
