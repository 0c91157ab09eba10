# SPDX-License-Identifier: GPL-3.0-or-later
"""A small process that has the inspectors loaded and forks a limited child for each series.

So an inspection costs a fork and not the start of an interpreter, and the process that asks never
loads a parser. It has no threads, so forking is safe. Standard input is a socket on which each
message carries the descriptor of one series' stream; when the socket closes or nothing comes for a
while, the process ends and gives its memory back.
"""

import ctypes
import os
import resource
import select
import signal
import socket
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

import msgspec

from appliance.content.inspect.messages import Ended, Job, Limits, Message
from appliance.content.inspect.warm_up import warm_up
from appliance.content.inspect.workbench import work

_IDLE_S = 60.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # glibc's malloc.h
_KEPT = 4 * 1024 * 1024
_JOB_LIMIT = 16_000_000
_OPEN_FILES = 256


def main() -> None:
    """Serve until nobody needs it."""
    control = socket.socket(fileno=os.dup(0))
    _silence(0, os.O_RDONLY)
    # The guardians are nobody's business once they are forked.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()
    control.settimeout(_IDLE_S)
    while (stream := _next_stream(control)) is not None:
        if os.fork() == 0:
            control.close()
            _guard(stream)
        stream.close()


def _next_stream(control: socket.socket) -> socket.socket | None:
    try:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    except (TimeoutError, ConnectionError):
        return None
    return socket.socket(fileno=descriptors[0]) if descriptors else None


def _guard(stream: socket.socket) -> NoReturn:
    """Fork the child that does the work, see that it ends, and say how it ended."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        lines = stream.makefile("rb")
        limits = msgspec.json.decode(_line(lines), type=Limits)
        guardian = os.getpid()
        worker = os.fork()
        if worker == 0:
            _work(stream, lines, limits, guardian)
        ended = _wait(worker, stream, limits.seconds)
        with suppress(ConnectionError):  # whoever asked may be gone
            _send(stream, ended)
    finally:
        os._exit(0)


def _line(lines: BinaryIO) -> bytes:
    return lines.readline(_JOB_LIMIT)


def _jobs(lines: BinaryIO) -> Iterator[Job]:
    """As they come, until an empty line."""
    while (line := _line(lines)).strip():
        yield msgspec.json.decode(line, type=Job)


def _wait(worker: int, stream: socket.socket, seconds: float) -> Ended:
    """Wait until the child ends, its time is over, or nobody listens any more."""
    poll = select.poll()
    pidfd = os.pidfd_open(worker)
    poll.register(pidfd, select.POLLIN)
    poll.register(stream, select.POLLRDHUP)
    deadline = time.monotonic() + seconds
    timed_out = not poll.poll(max(0, int((deadline - time.monotonic()) * 1000)))
    for kill in (os.killpg, os.kill):  # it may not have become a group of its own yet
        with suppress(ProcessLookupError):
            kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    return Ended(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, timed_out)


def _work(stream: socket.socket, lines: BinaryIO, limits: Limits, guardian: int) -> NoReturn:
    try:
        os.setsid()
        _die_with(guardian)
        _limit(limits)
        _keep_memory()
        for descriptor in (1, 2):
            _silence(descriptor, os.O_WRONLY)
        for job in _jobs(lines):
            work(job, lambda message: _send(stream, message))
    except BaseException:  # a forked child must never return into its parent's code
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(0)


def _die_with(guardian: int) -> None:
    """Let the kernel end this process with its guardian: nobody else would see to its time."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != guardian:
        os._exit(1)


def _limit(limits: Limits) -> None:
    seconds = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # Where memory runs out in spite of the limit, this process goes and no other.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _keep_memory() -> None:
    """Use again what one picture took for the next, as far as it is no large one.

    By default each buffer of more than 128 KiB comes from the kernel, empty and in new pages, and
    goes back at once: among small files that was a third of the whole work (mallopt(3)).
    """
    libc = ctypes.CDLL(None)
    libc.mallopt(_M_MMAP_THRESHOLD, _KEPT)
    libc.mallopt(_M_TRIM_THRESHOLD, 4 * _KEPT)


def _silence(descriptor: int, flags: int) -> None:
    """Native libraries write there when they die; nobody could do anything with it."""
    null = os.open(os.devnull, flags)
    os.dup2(null, descriptor)
    os.close(null)


def _send(stream: socket.socket, message: Message) -> None:
    # The line feed in front ends whatever a dying child left unfinished.
    stream.sendall(b"\n" + msgspec.json.encode(message) + b"\n")


if __name__ == "__main__":
    main()
