# SPDX-License-Identifier: GPL-3.0-or-later
"""What crosses the agent's socket."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.agent.protocol import (
    ANSWERS,
    AgentRefusedError,
    Answer,
    AnyRequest,
    ChangeHotspot,
    CloseDrive,
    ConfirmHotspot,
    Done,
    EjectDrive,
    NotUnderstoodError,
    OpenDrive,
    PowerOff,
    ReadClock,
    ReadHotspot,
    Refusal,
    RepairData,
    Request,
    Restart,
    RestartService,
    RevertHotspot,
    SetClock,
    ShowLight,
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
)
from appliance.clock.state import ClockState, Confidence
from appliance.hotspot.settings import HotspotSettings, Wired
from appliance.hotspot.state import HotspotState, HotspotTrouble, Radio
from appliance.usb.light import Light

REQUESTS: tuple[AnyRequest, ...] = (
    ReadHotspot(),
    ChangeHotspot(HotspotSettings("Мактаби 7", "12345678", "TJ", 6, Wired.SERVE)),
    ConfirmHotspot("10.84.0.77"),
    RevertHotspot(),
    ReadClock(),
    SetClock("2026-11-22T08:00:00Z"),
    PowerOff(),
    Restart(),
    RestartService("web"),
    RepairData(),
    OpenDrive("0a1b2c3d4e5f"),
    CloseDrive("0a1b2c3d4e5f"),
    EjectDrive("0a1b2c3d4e5f"),
    ShowLight(Light.WORKING),
)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: type(one).__name__)
def test_a_request_arrives_as_it_was_sent(request_: AnyRequest) -> None:
    line = encode_request(request_)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode_request(line) == request_


def test_every_kind_of_request_has_an_answer() -> None:
    assert set(ANSWERS) == set(Request.__subclasses__()) == {type(one) for one in REQUESTS}


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (
            ReadHotspot(),
            HotspotState(
                HotspotSettings(),
                Radio("wlan0", "brcmfmac", onboard=True, most=10),
                running=True,
                unconfirmed_seconds=3,
                troubles=(HotspotTrouble.FULL,),
            ),
        ),
        (ReadClock(), ClockState("2026-11-22T08:00:00Z", Confidence.PERSON)),
        (PowerOff(), Done()),
    ],
    ids=lambda one: type(one).__name__,
)
def test_an_answer_arrives_as_it_was_sent(request_: AnyRequest, answer: Answer) -> None:
    assert decode_answer(request_, encode_answer(answer)) == answer


def test_a_refusal_is_raised() -> None:
    with pytest.raises(AgentRefusedError) as refused:
        decode_answer(ReadClock(), encode_answer(Refusal("busy", "eight others")))
    assert refused.value.refusal == Refusal("busy", "eight others")


def test_the_answer_to_another_question_is_none() -> None:
    line = encode_answer(Done())
    with pytest.raises(NotUnderstoodError):
        decode_answer(ReadClock(), line)


@given(st.binary(max_size=300))
@example(b"")
@example(b"\n")
@example(b"null")
@example(b'{"action":"clock.set","time":"\\ud800"}')
@example(b'{"action":"clock.set","time":"\xff"}')
@example(b'{"action":"clock.set","time":"x","extra":1}')
@example(b'{"action":"clock.set"}')
@example(b'{"action":["power.off"]}')
@example(b'{"action":"\xd0\xbf\xd0\xb0"}')
@example(b'{"action":"service.restart","name":' + b"[" * 60000)
@example(b'{"action":"hotspot.change","settings":{"channel":99999999999999999999999}}')
def test_whatever_arrives_is_understood_or_told_to_be_nonsense(line: bytes) -> None:
    for read in (decode_request, lambda one: decode_answer(ReadClock(), one)):
        try:
            read(line)
        except (NotUnderstoodError, AgentRefusedError):
            continue
