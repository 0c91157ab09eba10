# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's socket: who asks, one bounded line in, one line out.

Nothing that anybody sends ends the agent. Whoever may not ask is told so and hung up on before a
byte of theirs is read.
"""

import contextlib
import logging
import os
import selectors
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from appliance.agent.allowed import Kinds
from appliance.agent.protocol import (
    LONGEST_LINE,
    Answer,
    AnyRequest,
    NotUnderstoodError,
    Refusal,
    decode_request,
    encode_answer,
)
from appliance.agent.refused import RefusedError

log = logging.getLogger(__name__)

_AT_ONCE = 8
_WAITING = 16
_FINISH_SECONDS = 3.0
_CHUNK = 65536
_SOCKET_MODE = 0o660
_FOLDER_MODE = 0o750
_PEER = struct.Struct("3i")  # struct ucred of unix(7): pid, uid, gid


class Server:
    """Answers on a Unix socket until it is stopped."""

    def __init__(
        self,
        path: Path,
        act: Callable[[AnyRequest], Answer],
        *,
        allowed: Mapping[int, Kinds],
        group: int | None = None,
        read_seconds: float = 5.0,
    ) -> None:
        """Listen.

        Args:
            path: of the socket; its folder should belong to root.
            act: does what is asked; raises ``RefusedError`` where it will not.
            allowed: who may ask, by number, and for what.
            group: that may open the socket at all; nothing where the caller is not root.
            read_seconds: how long a question may take to arrive, and an answer to leave.
        """
        self._path, self._act, self._allowed = path, act, allowed
        self._read_seconds = read_seconds
        self._free = threading.BoundedSemaphore(_AT_ONCE)
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._stopping = False
        self._listener = _listen(path, group)
        self._open = contextlib.ExitStack()
        for one in (self._listener, self._wake, self._woken):
            self._open.enter_context(one)

    def run(self) -> None:
        """Answer until ``stop``, then let what is being done come to its end, for a moment."""
        with self._open, selectors.DefaultSelector() as ready:
            ready.register(self._listener, selectors.EVENT_READ)
            ready.register(self._woken, selectors.EVENT_READ)
            while not self._stopping:
                ready.select()
                if not self._stopping:
                    self._accept()
        self._path.unlink(missing_ok=True)
        deadline = time.monotonic() + _FINISH_SECONDS
        for _ in range(_AT_ONCE):
            self._free.acquire(timeout=max(0.0, deadline - time.monotonic()))

    def stop(self) -> None:
        """Answer nobody any more; may be called by a handler of a signal."""
        self._stopping = True
        with contextlib.suppress(OSError):
            self._wake.send(b"\0")

    def stop_on(self, *signals: signal.Signals) -> None:
        """Stop when one of these signals comes; for the main thread."""
        for number in signals:
            signal.signal(number, lambda *_: self.stop())
        # Python runs a handler between two steps of its own. Of a signal that comes after the last
        # of them, just before the kernel is asked to wait, only this tells.
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        self._open.callback(signal.set_wakeup_fd, -1)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError as exc:
            # Out of descriptors, or the asker has gone again; neither ends the agent.
            log.warning("accept: %s", exc)
            time.sleep(0.1)
            return
        connection.settimeout(self._read_seconds)
        uid = _PEER.unpack(
            connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        )[1]
        if uid not in self._allowed:
            log.warning("user %s may not ask", uid)
            _hang_up(connection, Refusal("not-allowed", f"uid {uid}"))
        elif not self._free.acquire(blocking=False):
            _hang_up(connection, Refusal("busy"))
        else:
            threading.Thread(target=self._serve, args=(connection, uid), daemon=True).start()

    def _serve(self, connection: socket.socket, uid: int) -> None:
        try:
            try:
                request = decode_request(_read_line(connection, self._read_seconds))
            except (NotUnderstoodError, OSError) as exc:
                _hang_up(connection, Refusal("not-understood", str(exc)))
                return
            log.debug("user %s asks: %s", uid, type(request).__name__)
            answer = self._answer(uid, request)
            connection.settimeout(self._read_seconds)
            _hang_up(connection, answer)
        finally:
            self._free.release()

    def _answer(self, uid: int, request: AnyRequest) -> Answer | Refusal:
        if type(request) not in self._allowed[uid]:
            log.warning("user %s may not ask for %s", uid, type(request).__name__)
            return Refusal("not-allowed", f"uid {uid}")
        try:
            return self._act(request)
        except RefusedError as exc:
            return exc.refusal
        except Exception as exc:
            # One action must not end the agent; the journal has the story.
            log.exception("an action failed")
            return Refusal("internal-error", type(exc).__name__)


def _listen(path: Path, group: int | None) -> socket.socket:
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(new))
    finally:
        os.umask(before)
    if group is not None:
        os.chown(path.parent, -1, group)
        os.chown(new, -1, group)
    new.chmod(_SOCKET_MODE)
    listener.listen(_WAITING)
    listener.setblocking(False)
    # Where it is seen, it answers.
    new.replace(path)
    return listener


def _read_line(connection: socket.socket, seconds: float) -> bytes:
    """Everything up to the first end of a line, or of the conversation.

    Raises:
        NotUnderstoodError: it is too long or too slow.
    """
    deadline = time.monotonic() + seconds
    received = bytearray()
    while b"\n" not in received:
        left = deadline - time.monotonic()
        if left <= 0:
            raise NotUnderstoodError("the question did not arrive in time")
        connection.settimeout(left)
        chunk = connection.recv(_CHUNK)
        if not chunk:
            break
        received += chunk
        if len(received) > LONGEST_LINE:
            raise NotUnderstoodError(f"more than {LONGEST_LINE} bytes")
    return bytes(received)


def _hang_up(connection: socket.socket, answer: Answer | Refusal) -> None:
    """Answer and close; an asker who has gone or does not read is not waited for."""
    with contextlib.suppress(OSError), connection:
        connection.sendall(encode_answer(answer))
        connection.shutdown(socket.SHUT_WR)
