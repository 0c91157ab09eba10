# SPDX-License-Identifier: GPL-3.0-or-later
"""What the limited child does with a job: the right inspector, and its errors put in words."""

import errno
import shutil
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from appliance.content.inspect.album import inspect_album
from appliance.content.inspect.app import inspect_app
from appliance.content.inspect.audio import inspect_audio
from appliance.content.inspect.course import inspect_course
from appliance.content.inspect.epub import inspect_epub
from appliance.content.inspect.h5p import inspect_h5p
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.messages import Accepted, Job, Message, Progress, Refused
from appliance.content.inspect.page import inspect_page
from appliance.content.inspect.pdf import inspect_pdf
from appliance.content.inspect.quiz import inspect_quiz
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.video import inspect_video
from appliance.content.inspect.zim import inspect_zim
from appliance.content.inspect.zipped import inspect_zip
from appliance.content.item import Kind
from appliance.errors import RefusalError
from appliance.process import OutputLimitError, ToolCrashedError, ToolTimeoutError

INSPECTORS: Mapping[Kind, Callable[[Staged], Inspection]] = {
    Kind.PDF: inspect_pdf,
    Kind.EPUB: inspect_epub,
    Kind.HTML: inspect_zip,
    Kind.ALBUM: inspect_album,
    Kind.APP: inspect_app,
    Kind.QUIZ: inspect_quiz,
    Kind.H5P: inspect_h5p,
    Kind.AUDIO: inspect_audio,
    Kind.VIDEO: inspect_video,
    Kind.ZIM: inspect_zim,
    Kind.PAGE: inspect_page,
    Kind.COURSE: inspect_course,
}
_PROGRESS_EVERY_S = 0.3
_ERRNO_CODES = {
    errno.ENOSPC: "no-space",
    errno.EDQUOT: "no-space",
    errno.EIO: "unreadable",
    errno.EFBIG: "zip-bomb",
}

_ERROR_CODES = (
    (MemoryError, "too-much-memory"),
    (ToolTimeoutError, "too-slow"),
    (ToolCrashedError, "crashes-reader"),
    (OutputLimitError, "zip-bomb"),
)


def work(
    job: Job,
    send: Callable[[Message], None],
    inspectors: Mapping[Kind, Callable[[Staged], Inspection]] = INSPECTORS,
) -> None:
    """Inspect and send the outcome."""
    staged = Staged(
        folder=Path(job.folder),
        files=job.files,
        companions=job.companions,
        source=job.source,
        progress=_Throttle(send),
    )
    send(_outcome(inspectors[job.kind], job.kind, staged))


def _outcome(inspector: Callable[[Staged], Inspection], kind: Kind, staged: Staged) -> Message:
    try:
        if kind is not Kind.ALBUM and staged.main.stat().st_size == 0:
            raise RefusalError("empty")
        return Accepted(inspector(staged))
    except RefusalError as exc:
        return Refused(exc.code, exc.details)
    except Exception as exc:  # parsers raise whatever they like for hostile bytes
        code = _code(exc)
        details = _room(staged) if code == "no-space" else {}
        return Refused(code, details, traceback.format_exc(limit=-8))


def _room(staged: Staged) -> dict[str, str | int]:
    """What a full disk lacked at least, and what it had."""
    needed = sum(staged.path(name).stat().st_size for name in staged.files)
    return {"needed": needed, "free": shutil.disk_usage(staged.folder).free}


def _code(error: Exception) -> str:
    if isinstance(error, OSError):
        return _ERRNO_CODES.get(error.errno or 0, "damaged")
    found = (code for kind, code in _ERROR_CODES if isinstance(error, kind))
    return next(found, "damaged")


class _Throttle:
    """Passes on how far the work is, but not more often than anybody could read it."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._last = time.monotonic()

    def __call__(self, part: float) -> None:
        now = time.monotonic()
        if now - self._last >= _PROGRESS_EVERY_S:
            self._last = now
            self._send(Progress(part))
