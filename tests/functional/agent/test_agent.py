# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent as a process: who may ask, what it does, and that nothing ends it."""

import datetime
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentAbsentError,
    AgentError,
    AgentRefusedError,
    ChangeHotspot,
    ConfirmHotspot,
    Done,
    PowerOff,
    ReadClock,
    ReadHotspot,
    RepairData,
    Restart,
    RestartService,
    RevertHotspot,
    SetClock,
    decode_answer,
)
from appliance.clock.clock import kept_file
from appliance.clock.state import Confidence
from appliance.config import Config
from appliance.hotspot.settings import HotspotSettings
from tests.functional.agent.conftest import PATIENCE_S, RunningAgent, running_agent, until
from tests.meta.project import ROOT


def refusal(agent: RunningAgent, *arguments: object) -> str:
    with pytest.raises(AgentRefusedError) as refused:
        ask(agent.config, *arguments)  # type: ignore[call-overload]
    return refused.value.refusal.code


def converse(agent: RunningAgent, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_S)
        connection.connect(str(agent.config.agent_socket))
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except BrokenPipeError:
            pass
        received = b""
        try:
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionResetError:
            pass
        return received


def test_it_answers(agent: RunningAgent) -> None:
    assert ask(agent.config, ReadHotspot()).settings == HotspotSettings()
    assert ask(agent.config, ReadClock()).confidence in Confidence


def test_only_its_group_can_open_the_socket(agent: RunningAgent) -> None:
    status = agent.config.agent_socket.stat()
    assert stat.S_IMODE(status.st_mode) == 0o660
    assert stat.S_IMODE(agent.config.agent_socket.parent.stat().st_mode) == 0o750


def test_no_agent_is_told_apart(agent: RunningAgent) -> None:
    folder = agent.config.state
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(folder / "left.sock"))
    for name in ("none.sock", "none/none.sock", "done/none.sock", "left.sock"):
        with pytest.raises(AgentAbsentError):
            ask(Config(state=folder, agent_socket=folder / name), ReadClock())


def test_who_is_not_named_is_refused(tmp_path: Path, agent: RunningAgent) -> None:
    folder = agent.config.state / "other"
    folder.mkdir()
    with running_agent(folder, str(os.getuid() + 1)) as closed:
        assert refusal(closed, ReadHotspot()) == "not-allowed"
        assert refusal(closed, ChangeHotspot(HotspotSettings("x" * 32))) == "not-allowed"


def test_the_box_goes_down_after_the_answer(agent: RunningAgent) -> None:
    assert ask(agent.config, PowerOff()) == Done()
    assert agent.done() == []
    assert refusal(agent, Restart()) == "going-down"
    assert refusal(agent, ChangeHotspot(HotspotSettings("b"))) == "going-down"
    assert ask(agent.config, ReadHotspot())
    until(agent.done, "it goes down")
    assert agent.done() == ["systemctl poweroff"]


def test_it_starts_anew(agent: RunningAgent) -> None:
    assert ask(agent.config, Restart()) == Done()
    until(agent.done, "it goes down")
    assert agent.done() == ["systemctl reboot"]


def test_the_data_is_mended_where_there_is_a_partition(agent: RunningAgent) -> None:
    assert refusal(agent, RepairData()) == "cannot-repair"
    (agent.config.state / "data-state").write_text("read-only\n")
    assert ask(agent.config, RepairData()) == Done()
    until(agent.done, "the repair")
    assert agent.done() == ["systemctl --no-block isolate chashma-repair.target"]


def test_only_services_of_the_table_are_started_anew(agent: RunningAgent) -> None:
    for name in ("ssh", "", "../web", "web.service", "web\n", "--now", "-H evil"):
        assert refusal(agent, RestartService(name)) == "no-such-service"
    assert ask(agent.config, RestartService("web")) == Done()
    until(agent.done, "the restart")
    assert agent.done() == ["systemctl --no-block restart chashma-web.service"]


def test_the_time_is_set_and_kept(agent: RunningAgent) -> None:
    kept = kept_file(agent.config)
    kept.parent.mkdir(parents=True)
    kept.touch()
    told = datetime.datetime(2031, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    before = ask(agent.config, ReadClock())
    after = ask(agent.config, SetClock("2031-05-06T07:08:09Z"))
    if before.confidence is not Confidence.NETWORK:
        assert (before.confidence, after.confidence) == (Confidence.KEPT, Confidence.PERSON)
    assert agent.done() == [f"settime {int(told.timestamp())}"]
    assert kept.stat().st_mtime == told.timestamp()


@pytest.mark.parametrize(
    "text", ["1970-01-01T00:00:00Z", "2026-10-31T23:59:59Z", "2047-01-01T00:00:00Z", "now", ""]
)
def test_an_absurd_time_is_refused(agent: RunningAgent, text: str) -> None:
    assert refusal(agent, SetClock(text)) == "time-absurd"
    assert agent.done() == []


def test_a_crash_of_one_action_is_told_and_ends_nothing_else(agent: RunningAgent) -> None:
    assert refusal(agent, ChangeHotspot(HotspotSettings("crash"))) == "internal-error"
    assert ask(agent.config, ChangeHotspot(HotspotSettings("fine"))).settings.name == "fine"


@pytest.mark.parametrize(("name", "looks"), [("crash-later", 2), ("hang", 1)])
def test_whatever_a_radio_does_the_agent_answers(
    agent: RunningAgent, name: str, looks: int
) -> None:
    ask(agent.config, ChangeHotspot(HotspotSettings(name)))
    until(lambda: len(agent.done()) >= looks, "it happens")
    assert ask(agent.config, ReadHotspot(), timeout_s=PATIENCE_S)
    assert ask(agent.config, ReadClock())


def test_what_the_hotspot_refuses_is_told(agent: RunningAgent) -> None:
    assert refusal(agent, ChangeHotspot(HotspotSettings("wrong"))) == "settings-wrong"
    assert refusal(agent, ConfirmHotspot("10.84.0.51")) == "not-on-hotspot"
    assert refusal(agent, ConfirmHotspot("10.84.0.50")) == "no-trial"


def test_many_ask_at_once(agent: RunningAgent) -> None:
    def once(_: int) -> str:
        try:
            return ask(agent.config, ReadHotspot()).settings.name
        except AgentRefusedError as exc:
            return exc.refusal.code

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(once, range(400)))
    assert set(answers) <= {"Chashma", "busy"}
    assert "Chashma" in answers
    assert once(0) == "Chashma"


def test_who_finds_all_places_taken_is_told_so(agent: RunningAgent) -> None:
    """What hangs keeps its place, and the agent still ends when it is told to."""
    ask(agent.config, ChangeHotspot(HotspotSettings("hang")))
    until(agent.done, "the radio hangs")
    with ThreadPoolExecutor(8) as pool:
        held: list[Future[object]] = []

        def is_full() -> bool:
            try:
                ask(agent.config, ReadClock())
            except AgentRefusedError as exc:
                return exc.refusal.code == "busy"
            # One that came while the clock was asked has found no place, and is over.
            if sum(not one.done() for one in held) < 8:
                held.append(pool.submit(ask, agent.config, RevertHotspot()))
            return False

        until(is_full, "all places are taken")
        agent.process.terminate()
        assert agent.process.wait(PATIENCE_S) == 0
        for one in held:
            with pytest.raises(AgentError):
                one.result(PATIENCE_S)


def test_who_says_nothing_is_hung_up_on(agent: RunningAgent) -> None:
    silent = []
    for _ in range(8):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE_S)
        connection.connect(str(agent.config.agent_socket))
        silent.append(connection)
    answers = [connection.recv(65536) for connection in silent]
    for connection in silent:
        connection.close()
    for answer in answers:
        with pytest.raises(AgentRefusedError) as refused:
            decode_answer(ReadClock(), answer)
        assert refused.value.refusal.code == "not-understood"
    assert ask(agent.config, ReadHotspot())


def test_a_line_without_end_is_cut_off(agent: RunningAgent) -> None:
    answer = converse(agent, b'{"action":"' + b"x" * 10_000_000)
    assert answer == b"" or b"not-understood" in answer
    assert ask(agent.config, ReadHotspot())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200))
@example(b"")
@example(b"\n")
@example(b'{"action":"service.restart","name":' + b"[" * 60000)
@example(b'{"action":"hotspot.confirm","address":"\\u0000"}\n{"action":"power.off"}\n')
def test_hostile_bytes_end_nothing(agent: RunningAgent, sent: bytes) -> None:
    answer = converse(agent, sent)
    assert b"refusal" in answer
    assert agent.process.poll() is None
    assert agent.done() == []


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_it_stops_when_it_is_told_to(agent: RunningAgent, number: signal.Signals) -> None:
    agent.process.send_signal(number)
    assert agent.process.wait(PATIENCE_S) == 0
    assert not agent.config.agent_socket.exists()


def test_it_starts_where_another_was_killed(agent: RunningAgent) -> None:
    agent.process.kill()
    agent.process.wait(PATIENCE_S)
    assert agent.config.agent_socket.exists()
    with running_agent(agent.config.state) as again:
        assert ask(again.config, ReadHotspot())


def test_reverting_needs_nothing(agent: RunningAgent) -> None:
    assert ask(agent.config, RevertHotspot()).settings == HotspotSettings()


def test_a_change_that_nobody_confirmed_ends_with_the_agent() -> None:
    """However it ends: a power cut gives the hotspot back to those who knew its password."""
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        with running_agent(Path(folder), "real-hotspot") as first:
            trial = HotspotSettings("Nobody knows", "12345678")
            state = ask(first.config, ChangeHotspot(trial))
            assert state.settings == trial
            assert 0 < (state.unconfirmed_seconds or 0) <= 120
            assert refusal(first, ConfirmHotspot("10.84.0.50")) == "not-on-hotspot"
            first.process.kill()
            first.process.wait(PATIENCE_S)
        with running_agent(Path(folder), "real-hotspot") as second:
            state = ask(second.config, ReadHotspot())
            assert state.settings == HotspotSettings()
            assert state.unconfirmed_seconds is None


def test_a_trial_can_be_ended(agent: RunningAgent) -> None:
    folder = agent.config.state / "real"
    folder.mkdir()
    with running_agent(folder, "real-hotspot") as real:
        ask(real.config, ChangeHotspot(HotspotSettings("Trial")))
        assert ask(real.config, RevertHotspot()).settings == HotspotSettings()
        assert refusal(real, ConfirmHotspot("10.84.0.50")) == "no-trial"


_TOLD_UNSEEN = """
import signal, sys, threading, time
from pathlib import Path
from appliance.agent.server import Server

def tell():
    # Of a signal that another thread takes, Python's main thread knows as little as of one that
    # comes between its last step and the kernel's wait.
    time.sleep(0.5)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    threading.Event().wait()

server = Server(Path(sys.argv[1]), None, allowed={})
server.stop_on(signal.SIGTERM)
threading.Thread(target=tell, daemon=True).start()
server.run()
"""


def test_a_signal_that_interrupts_no_waiting_is_seen() -> None:
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        subprocess.run(
            [sys.executable, "-c", _TOLD_UNSEEN, f"{folder}/agent.sock"],
            timeout=PATIENCE_S,
            check=True,
        )
        assert list(Path(folder).iterdir()) == []


_QUESTION = """
import sys
from pathlib import Path
from appliance.agent.client import ask
from appliance.agent.protocol import AgentRefusedError, ReadHotspot
from appliance.config import Config

try:
    print(ask(Config(state=Path("/"), agent_socket=Path(sys.argv[1])), ReadHotspot()).settings.name)
except AgentRefusedError as exc:
    print(exc.refusal.code, exc.refusal.detail)
"""


@pytest.mark.root
@pytest.mark.parametrize(("uid", "told"), [("0", "Chashma"), ("12345", "not-allowed uid 12345")])
def test_of_the_group_only_the_named_users_are_answered(uid: str, told: str) -> None:
    """The file lets the whole group in; the kernel says who it is."""
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        Path(folder).chmod(0o755)
        with running_agent(Path(folder)) as running:
            path = running.config.agent_socket
            for one in (path.parent, path):
                os.chown(one, 0, 23456)
            asked = subprocess.run(
                [
                    *("setpriv", "--reuid", uid, "--regid", "23456", "--clear-groups"),
                    *(sys.executable, "-c", _QUESTION, str(path)),
                ],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
            assert asked.stdout.strip() == told
