# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are measured side by side: how they are started, and what they cost."""

import contextlib
import http.client
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import psutil

from appliance.config import Config
from appliance.services.readiness import wait_until_ready
from appliance.services.service import find_program

_PROJECT = Path(__file__).parents[1]
_START_SECONDS = 120


class Contestant(msgspec.Struct, frozen=True):
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        root: the process whose descendants, with itself, are the server.
    """

    name: str
    port: int
    root: psutil.Process

    def processes(self) -> list[psutil.Process]:
        """All its processes."""
        return [self.root, *self.root.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far, ended children included."""
        total = 0.0
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
        return total


@contextlib.contextmanager
def started(
    name: str,
    port: int,
    command: list[str],
    environment: Mapping[str, str] | None = None,
    *,
    core: int | None = None,
) -> Iterator[Contestant]:
    """Run a server for the length of the block; ``core`` holds it, and its children, on one."""
    prefix = [] if core is None else ["taskset", "--cpu-list", str(core)]
    process = subprocess.Popen(
        prefix + command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Contestant(name, port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def stack(config: Config, *, core: int | None = None) -> Iterator[Contestant]:
    """The whole of Chashma over a prepared state folder."""
    command = [sys.executable, "-m", "appliance.services.stack"]
    with started("chashma", config.port, command, config.environment, core=core) as running:
        wait_until_ready(config, seconds=_START_SECONDS)
        yield running


@contextlib.contextmanager
def plain_nginx(folder: Path, port: int) -> Iterator[Contestant]:
    """nginx with nothing but files, two workers and no log; ``.gz`` neighbours are sent."""
    file = folder / "nginx.conf"
    file.write_text(
        f"""daemon off; {"user root;" if os.geteuid() == 0 else ""} worker_processes 2;
        pid {folder}/nginx.pid; error_log stderr; events {{ worker_connections 1024; }}
        http {{ access_log off; sendfile on; tcp_nopush on; open_file_cache max=1000;
          default_type text/html; gzip_static on;
          client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
          fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
          server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}"""
    )
    program = find_program("nginx") or "nginx"
    with started("nginx", port, [program, "-e", "stderr", "-c", str(file)]) as running:
        yield running


@contextlib.contextmanager
def plain_kiwix(config: Config, port: int) -> Iterator[Contestant]:
    """kiwix-serve alone over the same library."""
    program = find_program(config.kiwix_serve) or config.kiwix_serve
    command = [program, "--address", "127.0.0.1", "--port", str(port)]
    command += ["--library", str(config.library_xml)]
    environment = {"KIWIX_ARCHIVE_CACHE_SIZE": "8", "ZIM_CLUSTERCACHE": "4"}
    with started("kiwix-serve", port, command, environment) as running:
        yield running


def kiwix_serve_program() -> str:
    """Debian 13's kiwix-serve, or what ``tools/system-packages`` has unpacked."""
    unpacked = _PROJECT / ".cache" / "kiwix" / "kiwix-serve"
    return str(unpacked) if unpacked.exists() else shutil.which("kiwix-serve") or "kiwix-serve"


def get(port: int, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body of one request to this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those that a system gives to outgoing connections."""
    with contextlib.ExitStack() as held:
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


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            get(port, "/", {})
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")
