# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors of parsers, put in words."""

import errno

import pytest

from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.messages import Job, Limits, Message, Refused
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.workbench import work
from appliance.content.item import Kind
from appliance.process import OutputLimitError, ToolCrashedError, ToolTimeoutError
from tests.unit.appliance.content.inspect.conftest import Bench

LIMITS = Limits(seconds=60, memory=400_000_000, file_size=10_000_000)


def _refusal(bench: Bench, error: Exception) -> Refused:
    def fail(staged: Staged) -> Inspection:
        raise error

    name = bench.put(b"12345", "a.pdf")
    sent: list[Message] = []
    job = Job(Kind.PDF, str(bench.folder), (name,), (), name, LIMITS)
    work(job, sent.append, {Kind.PDF: fail})
    (answer,) = sent
    assert isinstance(answer, Refused)
    return answer


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "too-much-memory"),
        (ToolTimeoutError(), "too-slow"),
        (ToolCrashedError("pdfinfo", 11), "crashes-reader"),
        (OutputLimitError(), "zip-bomb"),
        (OSError(errno.EIO, "bad sector"), "unreadable"),
        (OSError(errno.EFBIG, "too big"), "zip-bomb"),
        (OSError("broken data stream"), "damaged"),
        (RecursionError(), "damaged"),
        (KeyError("/Root"), "damaged"),
    ],
)
def test_every_error_of_a_parser_is_a_refusal(error: Exception, code: str, bench: Bench) -> None:
    answer = _refusal(bench, error)
    assert answer.code == code
    assert type(error).__name__ in answer.trace


def test_a_full_disk_tells_what_it_lacks(bench: Bench) -> None:
    answer = _refusal(bench, OSError(errno.ENOSPC, "full"))
    assert answer.code == "no-space"
    assert answer.details["needed"] == 5
    assert int(answer.details["free"]) > 0
