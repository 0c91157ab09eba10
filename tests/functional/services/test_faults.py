# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to the stack when processes are killed, and when it is stopped."""

import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from appliance.config import Config
from appliance.services import lease
from appliance.services.launch import lease_file
from appliance.services.readiness import wait_until_ready
from appliance.services.service import services
from tests.conftest import free_ports, kiwix_serve_program, running

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]


@pytest.fixture
def config() -> Iterator[Config]:
    """A state folder whose name would break a careless configuration file."""
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        state = Path(folder) / 'Мактаби №1; #2 %s "a"'
        port, admin_port = free_ports(2)
        yield Config(
            state=state, port=port, admin_port=admin_port, kiwix_serve=kiwix_serve_program()
        )


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def main_process(config: Config, name: str) -> psutil.Process | None:
    """The first process of a service: the one that all others of it come from."""
    found = lease.holders(lease_file(config, name))
    return min(found, key=lambda process: process.create_time(), default=None)


def all_processes(config: Config) -> list[psutil.Process]:
    return [
        process
        for service in services(config)
        for process in lease.holders(lease_file(config, service.name))
    ]


def test_each_service_comes_back_after_it_was_killed(config: Config) -> None:
    with running(config):
        for name in ("nginx", "web", "kiwix", "worker"):
            until(lambda name=name: main_process(config, name) is not None)
            victim = main_process(config, name)
            assert victim is not None
            victim.kill()
            until(lambda name=name, victim=victim: main_process(config, name) not in {None, victim})
            wait_until_ready(config, seconds=30)


def test_nothing_is_left_when_it_is_stopped(config: Config) -> None:
    with running(config) as runner:
        started = all_processes(config)
        assert len(started) > 5
        runner.send_signal(signal.SIGINT)
        assert runner.wait(30) == 0
        assert not [process for process in started if process.is_running()]


@pytest.mark.parametrize("victim", ["runner", "supervisor"])
def test_it_starts_again_after_its_supervisor_was_killed(config: Config, victim: str) -> None:
    with running(config) as runner:
        killed = psutil.Process(runner.pid)
        if victim == "supervisor":
            (killed,) = killed.children()
        killed.kill()
        runner.wait(60)
    with running(config):
        wait_until_ready(config, seconds=30)
    until(lambda: not all_processes(config))


def refusal(config: Config) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "appliance.services.stack"],
        env=config.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return run.stderr


def test_a_second_start_over_the_same_state_is_refused(config: Config) -> None:
    with running(config):
        assert "running already" in refusal(config)
        wait_until_ready(config, seconds=5)


def test_a_port_that_is_taken_is_named(config: Config) -> None:
    with socket.create_server(("127.0.0.1", config.admin_port)):
        assert f"Port {config.admin_port} is in use" in refusal(config)


def test_a_missing_program_is_named(config: Config) -> None:
    config = Config(state=config.state, port=config.port, kiwix_serve="no-such-program")
    assert "no-such-program is missing" in refusal(config)


def test_an_old_kiwix_serve_is_refused(config: Config, tmp_path: Path) -> None:
    old = tmp_path / "kiwix-serve"
    old.write_text("#!/bin/sh\necho kiwix-tools 3.3.0\n")
    old.chmod(0o755)
    config = Config(state=config.state, port=config.port, kiwix_serve=str(old))
    assert "too old (3.3)" in refusal(config)


def test_a_folder_that_nginx_cannot_name_is_refused(config: Config) -> None:
    config = Config(state=config.state / "a$b", port=config.port, kiwix_serve=config.kiwix_serve)
    assert "$" in refusal(config)


def test_a_state_too_deep_for_a_socket_is_refused(config: Config) -> None:
    config = Config(
        state=config.state / ("ҷ" * 50), port=config.port, kiwix_serve=config.kiwix_serve
    )
    assert "too long for a socket" in refusal(config)
