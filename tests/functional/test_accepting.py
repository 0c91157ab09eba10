# SPDX-License-Identifier: GPL-3.0-or-later
"""gunicorn with our worker: nobody is passed over, nobody is cut off, and it mends itself."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

PATIENCE_S = 120


class Server:
    """One process of two threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "web.sock"
        command = [sys.executable, "-m", "gunicorn", "tests.functional.slow_app:application"]
        command += ["--worker-class", "webapp.accepting.AcceptingWorker", "--keep-alive", "0"]
        command += ["--bind", f"unix:{self._socket}", "--workers", "1", "--threads", "2"]
        command += ["--graceful-timeout", str(PATIENCE_S)]
        environment = {**os.environ, "SLOW_FOLDER": str(folder)}
        self.process = subprocess.Popen(command, env=environment)
        until(self._socket.exists)

    def ask(self, name: str) -> str:
        """What is answered; raises OSError or HTTPException where nobody does."""
        connection = http.client.HTTPConnection("localhost", timeout=PATIENCE_S)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(PATIENCE_S)
        connection.sock.connect(str(self._socket))
        connection.request("GET", f"/{name}")
        answer = connection.getresponse()
        assert answer.headers["Connection"] == "close"
        return answer.read().decode()

    def has_begun(self, name: str) -> bool:
        return (self._folder / f"{name}.begun").exists()

    def go(self) -> None:
        (self._folder / "go").touch()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    yield running
    running.go()
    running.process.terminate()
    running.process.wait(PATIENCE_S)


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_more_than_there_are_threads_are_all_answered(server: Server) -> None:
    names = [f"r{number}" for number in range(12)]
    with ThreadPoolExecutor(len(names)) as pool:
        answers = pool.map(server.ask, names)
        until(lambda: sum(map(server.has_begun, names)) == 2)
        server.go()
        assert list(answers) == names


def test_what_was_begun_is_ended_before_the_server_ends(server: Server) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(server.ask, ["one", "two"])
        until(lambda: server.has_begun("one") and server.has_begun("two"))
        server.process.send_signal(signal.SIGTERM)
        server.go()
        assert list(answers) == ["one", "two"]
    assert server.process.wait(PATIENCE_S) == 0


def test_a_process_that_lost_a_thread_gives_way_to_a_whole_one(server: Server) -> None:
    server.go()
    for _ in range(3):
        with pytest.raises(http.client.RemoteDisconnected):
            server.ask("end")
    assert server.ask("after") == "after"
