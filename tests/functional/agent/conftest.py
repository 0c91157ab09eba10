# SPDX-License-Identifier: GPL-3.0-or-later
"""A running agent for each test."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from appliance.agent.client import ask
from appliance.agent.protocol import AgentAbsentError, AgentRefusedError, ReadHotspot
from appliance.config import Config
from tests.meta.project import ROOT

PATIENCE_S = 60


class RunningAgent(msgspec.Struct, frozen=True):
    """The agent as a process of its own.

    Attributes:
        config: by which it is asked.
        process: it.
    """

    config: Config
    process: subprocess.Popen[bytes]

    def done(self) -> list[str]:
        """What was done to the machine, a line each."""
        file = self.config.state / "done"
        return file.read_text("utf-8").splitlines() if file.exists() else []


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"not in {PATIENCE_S} s: {what}"
        time.sleep(0.02)


def _answers(config: Config) -> bool:
    try:
        ask(config, ReadHotspot(), timeout_s=PATIENCE_S)
    except AgentAbsentError:
        return False
    except AgentRefusedError:
        pass  # an answer, too
    return True


@contextmanager
def running_agent(folder: Path, *words: str) -> Iterator[RunningAgent]:
    config = Config(state=folder, agent_socket=folder / "run" / "agent.sock")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.functional.agent.stand_in"),
            *(str(config.agent_socket), str(folder), *words),
        ],
        cwd=ROOT,
    )
    agent = RunningAgent(config, process)
    try:
        until(lambda: _answers(config) or process.poll() is not None, "an answer")
        assert process.poll() is None
        yield agent
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


@pytest.fixture
def agent() -> Iterator[RunningAgent]:
    # Not pytest's own folder: its long name would not leave room for the name of a socket.
    with (
        tempfile.TemporaryDirectory(prefix="chashma-") as folder,
        running_agent(Path(folder)) as running,
    ):
        yield running
