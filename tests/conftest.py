# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures for every test."""

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings

from appliance.config import Config
from appliance.services.readiness import wait_until_ready

_PROJECT = Path(__file__).parent.parent
_START_SECONDS = 120

# The same examples each time: a test that fails today failed yesterday. HYPOTHESIS=explore looks
# for new ones; what it finds becomes an @example.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS", "same"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that was skipped is a test that failed: nothing is left out unseen."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share the running stack stay in one process of pytest-xdist."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files; tests that need it skip where it is absent, except in CI."""
    folder = Path(os.environ.get("CHASHMA_TEST_DATA", _PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"no test data in {folder}")
        pytest.skip(f"no test data in {folder} (set CHASHMA_TEST_DATA)")
    return folder


class Stack(msgspec.Struct, frozen=True):
    """The whole stack, running on ports of its own with a state folder of its own.

    Attributes:
        config: ``portal_url``, ``read_url``, ``admin_url``, ``store`` and so on are in it.
        runner: the process that keeps it running.
    """

    config: Config
    runner: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """nginx, gunicorn, kiwix-serve, search server and worker, over an empty library.

    Started once for all tests that ask for it: each brings content of its own, and leaves it.
    """
    # Not pytest's own folder: its long name would not leave room for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        port, admin_port = free_ports(2)
        config = Config(
            state=Path(folder),
            port=port,
            admin_port=admin_port,
            kiwix_serve=kiwix_serve_program(),
        )
        with running(config) as runner:
            yield Stack(config, runner)


@contextmanager
def running(config: Config) -> Iterator[subprocess.Popen[bytes]]:
    """Runs the stack inside the block; gives the process that keeps it running."""
    runner = subprocess.Popen(
        [sys.executable, "-m", "appliance.services.stack"],
        env={**os.environ, **config.environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(
            config, seconds=_START_SECONDS, still_running=lambda: runner.poll() is None
        )
        yield runner
    finally:
        runner.terminate()
        runner.wait(60)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those that a system gives to outgoing connections."""
    with ExitStack() as held:
        found: list[int] = []
        for port in random.sample(range(10000, 12000), 2000):
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
            if len(found) == count:
                return found
    raise OSError("no free port")


def kiwix_serve_program() -> str:
    """kiwix-serve 3.7: Debian 13's own, or what ``tools/system-packages`` has unpacked."""
    unpacked = _PROJECT / ".cache" / "kiwix" / "kiwix-serve"
    return str(unpacked) if unpacked.exists() else shutil.which("kiwix-serve") or "kiwix-serve"
