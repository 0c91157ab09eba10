# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether files may go on the shelf, and what they say of themselves.

Everything that reads their bytes happens in a child process with limits, so a file that kills or
hangs a parser is refused like any other bad file.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.isolation import run_isolated
from appliance.content.inspect.messages import Job, Limits
from appliance.content.inspect.staged import FILES
from appliance.content.inspect.timed import run_timed
from appliance.content.item import Kind
from appliance.process import LIMITED

_MEMORY = 400_000_000
_LEAST_SECONDS = 300.0
# A slow SD card in a busy box.
_BYTES_A_SECOND = 2_000_000
_FILES_A_SECOND = 4
_FILE_SIZE = 2_000_000_000


def inspect(
    kind: Kind,
    folder: Path,
    files: Sequence[str],
    companions: Sequence[str] = (),
    *,
    source: str = "",
    progress: Callable[[float], None] = lambda part: None,
) -> Inspection:
    """Check staged files and make of them what readers need.

    Args:
        kind: what the files are meant to be.
        folder: a private copy: the files and companions lie in ``files/`` below it. Written into
            it: ``cover.webp`` or ``.png``, ``text.jsonl``, ``pages/`` and
            ``captions/<language>.vtt``.
        files: names, in order; one, except for an album.
        companions: names of captions and of a cover picture that came with the files.
        source: the name by which people know it; a title is made of it where there is no other.
        progress: told how much of the work is done, 0 to 1, now and then.

    Raises:
        RefusalError: the files may not go on the shelf; the code says why.
    """
    job = job_of(kind, folder, files, companions, source=source)
    return run_isolated(job, progress) if LIMITED else run_timed(job, progress)


def job_of(
    kind: Kind,
    folder: Path,
    files: Sequence[str],
    companions: Sequence[str] = (),
    *,
    source: str = "",
) -> Job:
    """The job for a child; the arguments are those of ``inspect``."""
    size = sum((folder / FILES / name).stat().st_size for name in files)
    seconds = _LEAST_SECONDS + size / _BYTES_A_SECOND + len(files) / _FILES_A_SECOND
    return Job(
        kind=kind,
        folder=str(folder),
        files=tuple(files),
        companions=tuple(companions),
        source=source or files[0],
        limits=Limits(seconds=seconds, memory=_MEMORY, file_size=_FILE_SIZE),
    )
