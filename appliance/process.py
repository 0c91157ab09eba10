# SPDX-License-Identifier: GPL-3.0-or-later
"""External tools, run with limits: the one place that starts them.

The limits are set by ``prlimit`` and the tie to the caller's life by ``setpriv`` (both util-linux),
not by code of ours between fork and exec, which is not safe in a process with threads. Where these
do not exist, on the computers where districts make packs, there is a limit of time alone.
"""

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

from appliance.errors import ApplianceError

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment] # nothing asks it where LIMITED is false

LIMITED = resource is not None and hasattr(os, "pidfd_open")
"""Whether this is Linux, which can hold a process to limits."""

Process = subprocess.Popen[bytes]
"""A process of our own, as ``start`` gives it."""

_CHUNK = 65536
_STDERR_KEPT = 4096
_OPEN_FILES = 256
# A tool needs no more of the caller's surroundings than this; least of all its secrets.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "HOME": "/nonexistent"}


class ProcessError(ApplianceError):
    """An external tool did not do its work."""


class ToolMissingError(ProcessError):
    """The tool is not installed."""


class ToolTimeoutError(ProcessError):
    """The tool used more time than it was given, and was killed."""


class ToolCrashedError(ProcessError):
    """A signal ended the tool: it crashed, or broke one of its limits.

    Attributes:
        signal: the number of the signal.
    """

    def __init__(self, tool: str, number: int) -> None:
        super().__init__(f"{tool} was ended by signal {number}")
        self.signal = number


class ToolFailedError(ProcessError):
    """The tool says that it failed.

    Attributes:
        status: its exit status.
        message: the beginning of its standard error.
    """

    def __init__(self, tool: str, status: int, message: str) -> None:
        super().__init__(f"{tool} failed with status {status}: {message}")
        self.status = status
        self.message = message


class OutputLimitError(ProcessError):
    """The tool wrote more than it was allowed to, and was killed."""


class Output(msgspec.Struct, frozen=True):
    """What a tool wrote.

    Attributes:
        stdout: all of it.
        stderr: its beginning, decoded.
    """

    stdout: bytes
    stderr: str


def run_limited(
    argv: Sequence[str | Path],
    *,
    timeout_s: float,
    memory_bytes: int,
    output_limit: int,
    cpu_s: int | None = None,
    cwd: Path | None = None,
    given: bytes = b"",
) -> Output:
    """Run a tool and return what it wrote.

    Args:
        argv: the tool and its arguments; no shell sees them.
        timeout_s: wall clock; the whole process group is killed then.
        memory_bytes: limit of private memory (RLIMIT_DATA: unlike RLIMIT_AS it does not count
            mapped files).
        output_limit: bytes on standard output, and of any file that the tool writes.
        cpu_s: processor time, by default the wall clock's limit.
        cwd: where it runs.
        given: what the tool reads on its standard input.

    Raises:
        ToolMissingError: the tool or util-linux is not installed.
        ToolTimeoutError: it took too long.
        ToolCrashedError: a signal ended it.
        ToolFailedError: it exited with another status than 0.
        OutputLimitError: it wrote too much.
    """
    if not LIMITED:
        return _run_timed(argv, timeout_s, output_limit, cwd, given)
    tool = str(argv[0])
    deadline = time.monotonic() + timeout_s
    limited = _limited(argv, cpu_s or int(timeout_s) + 1, memory_bytes, output_limit)
    with _readable(given) as stdin:
        process = subprocess.Popen(
            limited,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=_ENVIRONMENT,
            start_new_session=True,
        )
    try:
        stdout, stderr = _read_all(process, tool, deadline, output_limit)
    finally:
        status = _end(process)
    if status < 0:
        raise ToolCrashedError(tool, -status)
    if status:
        raise ToolFailedError(tool, status, stderr)
    return Output(stdout, stderr)


def _run_timed(
    argv: Sequence[str | Path],
    timeout_s: float,
    output_limit: int,
    cwd: Path | None,
    given: bytes,
) -> Output:
    tool = str(argv[0])
    if shutil.which(tool) is None:
        raise ToolMissingError(f"{tool} is not installed")
    try:
        done = subprocess.run(
            [str(word) for word in argv],
            input=given,
            capture_output=True,
            timeout=timeout_s,
            cwd=cwd,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise ToolTimeoutError(f"{tool} took too long") from exc
    if done.returncode < 0:
        raise ToolCrashedError(tool, -done.returncode)
    if done.returncode:
        message = done.stderr[:_STDERR_KEPT].decode("utf-8", "replace").strip()
        raise ToolFailedError(tool, done.returncode, message)
    if len(done.stdout) > output_limit:
        raise OutputLimitError(f"{tool} wrote more than {output_limit} bytes")
    return Output(done.stdout, "")


@contextlib.contextmanager
def _readable(given: bytes) -> Iterator[IO[bytes] | int]:
    """A file with these bytes: unlike a pipe it never makes the writer wait for the reader."""
    if not given:
        yield subprocess.DEVNULL
        return
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        yield file


def _limited(argv: Sequence[str | Path], cpu_s: int, memory: int, file_size: int) -> list[str]:
    paths = [shutil.which(name, path=os.defpath) for name in ("setpriv", "prlimit", str(argv[0]))]
    if None in paths:
        raise ToolMissingError(f"{argv[0]} (or setpriv, prlimit of util-linux) is not installed")
    setpriv, prlimit, tool = (str(path) for path in paths)
    limits = (
        f"--cpu={_at_most(resource.RLIMIT_CPU, cpu_s)}",
        f"--data={_at_most(resource.RLIMIT_DATA, memory)}",
        f"--fsize={_at_most(resource.RLIMIT_FSIZE, file_size)}",
        f"--nofile={_at_most(resource.RLIMIT_NOFILE, _OPEN_FILES)}",
        "--core=0",
    )
    words = [tool, *(str(word) for word in argv[1:])]
    return [setpriv, "--pdeathsig", "KILL", "--", prlimit, *limits, "--", *words]


def _at_most(kind: int, wanted: int) -> int:
    """The wanted limit, or our own where that is lower: it cannot be raised."""
    _, own = resource.getrlimit(kind)
    return wanted if own == resource.RLIM_INFINITY else min(wanted, own)


def _read_all(process: Process, tool: str, deadline: float, output_limit: int) -> tuple[bytes, str]:
    read: dict[str, bytearray] = {"stdout": bytearray(), "stderr": bytearray()}
    pidfd = os.pidfd_open(process.pid)
    with os.fdopen(pidfd) as ended, selectors.DefaultSelector() as selector:
        selector.register(ended, selectors.EVENT_READ)
        for name in read:
            selector.register(getattr(process, name), selectors.EVENT_READ, name)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                raise ToolTimeoutError(f"{tool} took too long")
            for key, _ in ready:
                if key.fileobj is ended:
                    selector.unregister(ended)
                    continue
                chunk = os.read(key.fd, _CHUNK)
                if not chunk:
                    selector.unregister(key.fileobj)
                read[key.data] += chunk
            if len(read["stdout"]) > output_limit:
                raise OutputLimitError(f"{tool} wrote more than {output_limit} bytes")
            del read["stderr"][_STDERR_KEPT:]
    return bytes(read["stdout"]), read["stderr"].decode("utf-8", "replace").strip()


def _end(process: Process) -> int:
    """Leave nothing of the process group behind, whatever happened; the status it ended with."""
    # Before wait(): until then nobody else can have got the number of the group.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    status = process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
    return status
