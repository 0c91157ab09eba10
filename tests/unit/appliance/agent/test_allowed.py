# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask for what."""

import os
import tempfile
import threading
from pathlib import Path

import pytest

from appliance.agent.allowed import ALLOWED, EVERYTHING
from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentRefusedError,
    AnyRequest,
    CloseDrive,
    Done,
    EjectDrive,
    OpenDrive,
    PowerOff,
    ReadClock,
    ShowLight,
)
from appliance.agent.server import Server
from appliance.config import Config
from appliance.usb.light import Light


def test_the_worker_may_ask_for_sticks_and_the_light_alone() -> None:
    assert ALLOWED["chashma-content"] == {OpenDrive, CloseDrive, EjectDrive, ShowLight}


def test_the_web_may_not_write_on_sticks() -> None:
    assert EVERYTHING - ALLOWED["chashma-web"] == {OpenDrive, CloseDrive, ShowLight}


def test_nobody_else_may_ask() -> None:
    assert set(ALLOWED) == {"chashma-web", "chashma-content"}


def test_what_is_not_in_the_table_is_not_done() -> None:
    done: list[AnyRequest] = []

    def act(request: AnyRequest) -> Done:
        done.append(request)
        return Done()

    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        config = Config(state=Path(folder), agent_socket=Path(folder, "agent.sock"))
        server = Server(config.agent_socket, act, allowed={os.getuid(): ALLOWED["chashma-content"]})
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            assert ask(config, ShowLight(Light.DONE)) == Done()
            for request in (PowerOff(), ReadClock()):
                with pytest.raises(AgentRefusedError) as refused:
                    ask(config, request)
                assert refused.value.refusal.code == "not-allowed"
        finally:
            server.stop()
            thread.join()
    assert done == [ShowLight(Light.DONE)]
