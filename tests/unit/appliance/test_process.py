# SPDX-License-Identifier: GPL-3.0-or-later
"""External tools with limits."""

import os
import time
from pathlib import Path

import pytest

from appliance.process import (
    OutputLimitError,
    ToolCrashedError,
    ToolFailedError,
    ToolMissingError,
    ToolTimeoutError,
    run_limited,
)

LIMITS = {"timeout_s": 20.0, "memory_bytes": 200_000_000, "output_limit": 100_000}


def _sh(script: str, **limits: float) -> bytes:
    return run_limited(["sh", "-c", script], **{**LIMITS, **limits}).stdout


def test_the_output_comes_back() -> None:
    out = run_limited(["sh", "-c", "echo чашма; echo oops >&2"], **LIMITS)
    assert out.stdout.decode() == "чашма\n"
    assert out.stderr == "oops"


def test_the_environment_of_the_caller_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHASHMA_SECRET", "s3cret")
    assert b"s3cret" not in _sh("env")


def test_a_failing_tool_tells_why() -> None:
    with pytest.raises(ToolFailedError, match="no such page") as caught:
        _sh("echo no such page >&2; exit 3")
    assert caught.value.status == 3


def test_a_missing_tool_has_its_own_error() -> None:
    with pytest.raises(ToolMissingError):
        run_limited(["no-such-tool-at-all"], **LIMITS)


def test_a_signal_is_a_crash() -> None:
    with pytest.raises(ToolCrashedError) as caught:
        _sh("kill -SEGV $$")
    assert caught.value.signal == 11


def test_a_slow_tool_dies_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(ToolTimeoutError):
        _sh(f"sleep 3600 & echo $! >{tmp_path}/pid; wait", timeout_s=1.0)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]:
            return
        time.sleep(0.05)
    pytest.fail("the tool's child outlived it")


def test_a_tool_that_closes_its_output_is_still_timed() -> None:
    with pytest.raises(ToolTimeoutError):
        _sh("exec >&- 2>&-; sleep 3600", timeout_s=1.0)


def test_too_much_output_is_cut_off() -> None:
    with pytest.raises(OutputLimitError):
        _sh("yes")


def test_files_are_limited_too(tmp_path: Path) -> None:
    with pytest.raises((ToolCrashedError, ToolFailedError)):
        run_limited(
            ["dd", "if=/dev/zero", "of=big", "bs=4096", "count=100"], cwd=tmp_path, **LIMITS
        )
    assert (tmp_path / "big").stat().st_size <= LIMITS["output_limit"]


def test_memory_is_limited() -> None:
    with pytest.raises((ToolCrashedError, ToolFailedError)):
        _sh("dd if=/dev/zero of=/dev/null bs=400M count=1", memory_bytes=50_000_000)


def test_processor_time_is_limited() -> None:
    with pytest.raises(ToolCrashedError):
        _sh("while :; do :; done", cpu_s=1)


def test_a_tool_reads_what_it_is_given() -> None:
    given = "чашма\n".encode() * 50_000  # more than a pipe holds
    assert _sh("sleep 0.1; wc -c", given=given).strip() == str(len(given)).encode()
    assert _sh("cat") == b""
