# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking the agent, for the panel and the command line."""

import socket
import time
from typing import overload

from appliance.agent.protocol import (
    LONGEST_LINE,
    AgentAbsentError,
    AgentError,
    AgentRefusedError,
    Answer,
    AnyRequest,
    ChangeHotspot,
    CloseDrive,
    ConfirmHotspot,
    Done,
    EjectDrive,
    OpenDrive,
    PowerOff,
    ReadClock,
    ReadHotspot,
    Refusal,
    RepairData,
    Restart,
    RestartService,
    RevertHotspot,
    SetClock,
    ShowLight,
    decode_answer,
    encode_request,
)
from appliance.clock.state import ClockState
from appliance.config import Config
from appliance.hotspot.state import HotspotState

_CHUNK = 65536
_PAUSE = 0.05
_READ_SECONDS = 5.0
_CHANGE_SECONDS = 40.0
"""A radio takes its time to go down and come up again."""


@overload
def ask(
    config: Config,
    request: ReadHotspot | ChangeHotspot | ConfirmHotspot | RevertHotspot,
    *,
    timeout_s: float | None = None,
) -> HotspotState: ...
@overload
def ask(
    config: Config, request: ReadClock | SetClock, *, timeout_s: float | None = None
) -> ClockState: ...
@overload
def ask(
    config: Config,
    request: PowerOff
    | Restart
    | RestartService
    | RepairData
    | OpenDrive
    | CloseDrive
    | EjectDrive
    | ShowLight,
    *,
    timeout_s: float | None = None,
) -> Done: ...
def ask(config: Config, request: AnyRequest, *, timeout_s: float | None = None) -> Answer:
    """Ask the agent, and wait for its answer.

    Args:
        config: ``agent_socket`` says where it answers.
        request: what it shall do or tell.
        timeout_s: for everything together; by default a little for a question, more for a change.

    Raises:
        AgentAbsentError: nobody answers there.
        AgentRefusedError: it says no, to this request or to whoever asks.
        AgentError: it did not answer in time, or not as it should.
    """
    if timeout_s is None:
        questions = isinstance(request, ReadHotspot | ReadClock)
        timeout_s = _READ_SECONDS if questions else _CHANGE_SECONDS
    deadline = time.monotonic() + timeout_s
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            _connect(connection, str(config.agent_socket), deadline)
            line = _converse(connection, encode_request(request), deadline)
    except TimeoutError as exc:
        raise AgentError(f"no answer within {timeout_s:.0f} s") from exc
    except OSError as exc:
        raise AgentError(f"the conversation broke off: {exc}") from exc
    return decode_answer(request, line)


def _connect(connection: socket.socket, path: str, deadline: float) -> None:
    while True:
        connection.settimeout(_left(deadline))
        try:
            connection.connect(path)
        except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError) as exc:
            raise AgentAbsentError(f"no agent answers on {path}") from exc
        except PermissionError as exc:
            raise AgentRefusedError(Refusal("not-allowed", path)) from exc
        except BlockingIOError:
            # Its queue is full; a Unix socket does not wait for that by itself.
            time.sleep(_PAUSE)
        else:
            return


def _converse(connection: socket.socket, line: bytes, deadline: float) -> bytes:
    try:
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        # Who may not ask is told so and hung up on before the question is read.
        pass
    received = bytearray()
    while not received.endswith(b"\n"):
        connection.settimeout(_left(deadline))
        chunk = connection.recv(_CHUNK)
        received += chunk
        if not chunk or len(received) > LONGEST_LINE:
            break
    return bytes(received)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
