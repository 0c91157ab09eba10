# SPDX-License-Identifier: GPL-3.0-or-later
"""The safe side of an inspection: asks a limited child, and survives whatever becomes of it."""

import atexit
import logging
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import BinaryIO

import msgspec

from appliance.content.inspect.inspection import COVER_FILE, DRAWN_COVER_FILE, Inspection
from appliance.content.inspect.messages import (
    Accepted,
    Ended,
    Job,
    Limits,
    Message,
    Progress,
    Refused,
)
from appliance.errors import RefusalError
from appliance.own_module import start_module
from appliance.process import Process

_log = logging.getLogger(__name__)
_ANSWER_LIMIT = 8_000_000
_ATTEMPTS = 2
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_OWN_NAMES = ("self", "code")
_COVERS = ("", COVER_FILE, DRAWN_COVER_FILE)
_MESSAGE = msgspec.json.Decoder(Message)


class InterruptionError(Exception):
    """The child was killed from outside, not by what it read."""


def run_isolated(job: Job, progress: Callable[[float], None]) -> Inspection:
    """Have a job done in a child process with limits.

    Raises:
        RefusalError: the child refused the files, or they ended it.
    """
    for _ in range(_ATTEMPTS):
        try:
            return _ask(job, progress)
        except InterruptionError as exc:
            _log.warning("inspection of %s was interrupted: %s", job.source, exc)
    raise RefusalError("check-interrupted")


def child_stream(limits: Limits) -> socket.socket:
    """A stream to a new child, which takes jobs until an empty line and ends with the stream.

    Raises:
        ConnectionError: there is none.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            _nursery(os.getpid()).pass_on(theirs)
        ours.sendall(msgspec.json.encode(limits) + b"\n")
    except BaseException:
        ours.close()
        raise
    return ours


def verdict(answer: Accepted | Refused) -> Inspection:
    """What the child said, as far as it can be believed: it read what a stranger wrote.

    Raises:
        RefusalError: it refused the files, or said what cannot be.
    """
    if isinstance(answer, Accepted):
        found = answer.inspection
        captions = all(_LANGUAGE.fullmatch(code) for code in found.details.captions)
        if not captions or found.cover not in _COVERS:
            raise RefusalError("crashes-reader")
        return found
    if answer.trace:
        _log.info("refused as %s: %s", answer.code, answer.trace)
    details = {name: answer.details[name] for name in answer.details if name not in _OWN_NAMES}
    raise RefusalError(answer.code, **details)


def messages(lines: BinaryIO) -> Iterator[Message]:
    """The child's messages; what is no message (a dying child's half line) is passed over.

    Raises:
        RefusalError: it says more than there can be to say of one job.
    """
    read = 0
    while line := lines.readline(_ANSWER_LIMIT):
        read += len(line)
        if read > _ANSWER_LIMIT:
            raise RefusalError("crashes-reader")
        with suppress(msgspec.DecodeError):
            message = _MESSAGE.decode(line)
            if isinstance(message, Accepted | Refused):
                read = 0
            yield message


def _ask(job: Job, progress: Callable[[float], None]) -> Inspection:
    try:
        with child_stream(job.limits) as ours:
            ours.sendall(msgspec.json.encode(job) + b"\n\n")
            with ours.makefile("rb") as lines:
                return outcome(messages(lines), progress)
    except ConnectionError as exc:
        raise InterruptionError(str(exc)) from exc


def outcome(said: Iterator[Message], progress: Callable[[float], None]) -> Inspection:
    """What became of a job, from all that the child and its guardian say.

    Raises:
        RefusalError: the child refused the files, or they ended it.
        InterruptionError: it was ended by something else.
    """
    answer: Accepted | Refused | None = None
    for message in said:
        match message:
            case Progress(part):
                progress(min(1.0, max(0.0, part)))
            case Accepted() | Refused():
                answer = message
            case Ended(signal=0, timed_out=False) if answer is not None:
                return verdict(answer)
            case Ended(timed_out=True):
                raise RefusalError("too-slow")
            case Ended(signal=signal):
                _raise_death(signal)
    raise InterruptionError("the child's guardian is gone")


class _Nursery:
    """Starts the zygote when there is work for it, again and again if need be."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: Process | None = None
        self._owner = os.getpid()
        atexit.register(self.close)

    def pass_on(self, stream: socket.socket) -> None:
        """Give one job's stream to the zygote."""
        with self._lock:
            if self._control is not None and self._send(self._control, stream):
                return
            self._stop()
            self._control = self._started()
            self._send(self._control, stream)

    def close(self) -> None:
        """Let the zygote go; running jobs end when their own stream does."""
        if os.getpid() == self._owner:
            with self._lock:
                self._stop()

    def _send(self, control: socket.socket, stream: socket.socket) -> bool:
        try:
            socket.send_fds(control, [b"."], [stream.fileno()])
        except ConnectionError:  # it had nothing to do for a while, or was killed
            return False
        return True

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = start_module("appliance.content.inspect.zygote", stdin=theirs.fileno())
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self._control = self._process = None


@cache
def _nursery(pid: int) -> _Nursery:
    """One for each process: a fork of the asking process must not share its parent's."""
    return _Nursery()


_DEATH_BY_LIMIT = 24  # SIGXCPU
_KILLED = 9


def _raise_death(signal: int) -> None:
    if signal == _KILLED:
        raise InterruptionError("killed")
    raise RefusalError("too-slow" if signal == _DEATH_BY_LIMIT else "crashes-reader")
