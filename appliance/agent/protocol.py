# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be asked of the agent, the one process that runs as root.

One request a connection: a line of JSON there, a line of JSON back, at most ``LONGEST_LINE`` bytes
each. Who may ask is told by ``SO_PEERCRED``, not by anything in the request.
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from appliance.clock.state import ClockState
from appliance.errors import ApplianceError
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState
from appliance.usb.light import Light

LONGEST_LINE = 65536

_Kind = TypeVar("_Kind")


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="action"):
    """Something that is asked; each kind is an action of its own."""


class ReadHotspot(Request, tag="hotspot.read", frozen=True):
    """Answer: ``HotspotState``."""


class ChangeHotspot(Request, tag="hotspot.change", frozen=True):
    """Run the hotspot by other settings, on trial for two minutes. Answer: ``HotspotState``."""

    settings: HotspotSettings


class ConfirmHotspot(Request, tag="hotspot.confirm", frozen=True):
    """Keep the settings on trial. Answer: ``HotspotState``.

    Attributes:
        address: of the device whose owner says so; refused (``not-on-hotspot``) unless that device
            is on the changed network.
    """

    address: str


class RevertHotspot(Request, tag="hotspot.revert", frozen=True):
    """Go back at once to the settings before the trial. Answer: ``HotspotState``."""


class ReadClock(Request, tag="clock.read", frozen=True):
    """Answer: ``ClockState``."""


class SetClock(Request, tag="clock.set", frozen=True):
    """Set the time. Answer: ``ClockState``.

    Attributes:
        time: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; refused (``time-absurd``) before this program was made
            and more than 20 years after.
    """

    time: str


class PowerOff(Request, tag="power.off", frozen=True):
    """Switch the box off, a second after the answer. Answer: ``Done``."""


class Restart(Request, tag="power.restart", frozen=True):
    """Start the box anew, a second after the answer. Answer: ``Done``."""


class RestartService(Request, tag="service.restart", frozen=True):
    """Start a service of the table anew. Answer: ``Done``.

    Attributes:
        name: as in ``appliance.services.service``; another is refused (``no-such-service``).
    """

    name: str


class RepairData(Request, tag="data.repair", frozen=True):
    """Check and mend the data partition, then start the box anew. Answer: ``Done``."""


class OpenDrive(Request, tag="drives.open", frozen=True):
    """Let the worker write on a stick, until ``CloseDrive``. Answer: ``Done``.

    Attributes:
        id: as in ``appliance.usb.drive_list``; refused (``no-such-drive``, ``drive-read-only``).
    """

    id: str


class CloseDrive(Request, tag="drives.close", frozen=True):
    """Write out everything and make the stick read-only again. Answer: ``Done``."""

    id: str


class EjectDrive(Request, tag="drives.eject", frozen=True):
    """Unmount a stick until it is plugged in again. Answer: ``Done``; refused ``drive-busy``."""

    id: str


class ShowLight(Request, tag="light.show", frozen=True):
    """Have the board's light say how it stands with sticks. Answer: ``Done``, lamp or none.

    Attributes:
        light: what it shall say.
    """

    light: Light


class Done(msgspec.Struct, frozen=True):
    """It is done, or begins now."""


class Refusal(msgspec.Struct, frozen=True):
    """It was not done, and nothing has changed.

    Attributes:
        code: a key of ``appliance.agent.refusals.REFUSALS``.
        detail: for the journal and for people who can read it; not translated.
    """

    code: str
    detail: str = ""


AnyRequest = (
    ReadHotspot
    | ChangeHotspot
    | ConfirmHotspot
    | RevertHotspot
    | ReadClock
    | SetClock
    | PowerOff
    | Restart
    | RestartService
    | RepairData
    | OpenDrive
    | CloseDrive
    | EjectDrive
    | ShowLight
)
Answer = HotspotState | ClockState | Done


class AgentError(ApplianceError):
    """The agent did not do what it was asked."""


class AgentAbsentError(AgentError):
    """No agent answers: this machine is a laptop, or the agent is starting."""


class AgentRefusedError(AgentError):
    """The agent said no.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.detail}")
        self.refusal = refusal


class NotUnderstoodError(AgentError):
    """A line is not what this protocol says."""


ANSWERS: Mapping[type[Request], type[HotspotState] | type[ClockState] | type[Done]] = {
    ReadHotspot: HotspotState,
    ChangeHotspot: HotspotState,
    ConfirmHotspot: HotspotState,
    RevertHotspot: HotspotState,
    ReadClock: ClockState,
    SetClock: ClockState,
    PowerOff: Done,
    Restart: Done,
    RestartService: Done,
    RepairData: Done,
    OpenDrive: Done,
    CloseDrive: Done,
    EjectDrive: Done,
    ShowLight: Done,
}
"""What each request is answered with."""


class _Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """The line back: one of the two is set."""

    answer: msgspec.Raw = msgspec.Raw()
    refusal: Refusal | None = None


def encode_request(request: AnyRequest) -> bytes:
    """The line that asks."""
    return msgspec.json.encode(request) + b"\n"


def decode_request(line: bytes) -> AnyRequest:
    """What a line asks for; nothing in it can be trusted.

    Raises:
        NotUnderstoodError: it is no request.
    """
    return _decode(line, AnyRequest)  # type: ignore[arg-type] # msgspec takes a union for a type


def encode_answer(answer: Answer | Refusal) -> bytes:
    """The line back."""
    if isinstance(answer, Refusal):
        reply = _Reply(refusal=answer)
    else:
        reply = _Reply(answer=msgspec.Raw(msgspec.json.encode(answer)))
    return msgspec.json.encode(reply) + b"\n"


def decode_answer(request: AnyRequest, line: bytes) -> Answer:
    """What the line back says.

    Raises:
        AgentRefusedError: that it was not done.
        NotUnderstoodError: it is not the answer to this request.
    """
    reply = _decode(line, _Reply)
    if reply.refusal is not None:
        raise AgentRefusedError(reply.refusal)
    return _decode(bytes(reply.answer), ANSWERS[type(request)])


def _decode(line: bytes, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise NotUnderstoodError(str(exc)) from exc
