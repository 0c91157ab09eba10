# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of services: one place that says what runs, here and on the box.

On a laptop supervisord runs them (see ``launch``); on the box each becomes a systemd unit with
this same command line (see ``box``).
"""

import os
import shutil
import sys
from pathlib import Path

import msgspec

from appliance.config import Config

# Below the range from which a system takes ports for outgoing connections.
_KIWIX_PORTS = range(12000, 32000)


class Service(msgspec.Struct, frozen=True):
    """A process that is kept running.

    Attributes:
        name: as it stands in logs and units.
        command: the program and its arguments; the program is an absolute path where it was found.
        environment: what it needs beyond the configuration's own variables.
        sockets: that it binds; left behind by a crash, they would keep it from starting again.
        folder: in which it is started.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = {}
    sockets: tuple[Path, ...] = ()
    folder: Path = Path("/")


class Machine(msgspec.Struct, frozen=True):
    """Where the programs lie on the machine that the services are for.

    Attributes:
        nginx_files: the folder of nginx's rendered configuration.
        memory: a folder that is kept in memory.
    """

    python: str
    nginx: str
    kiwix_serve: str
    nginx_files: Path
    memory: Path


def this_machine(config: Config) -> Machine:
    """The machine that this runs on, as somebody's laptop."""
    shared = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file there with mkstemp
    return Machine(
        python=sys.executable,
        nginx=find_program("nginx") or "nginx",
        kiwix_serve=find_program(config.kiwix_serve) or config.kiwix_serve,
        nginx_files=config.run / "nginx",
        memory=shared if os.access(shared, os.W_OK) else config.run,
    )


def services(config: Config, machine: Machine | None = None) -> tuple[Service, ...]:
    """Every service, in the order in which they are best started; by default for this machine."""
    on = machine or this_machine(config)
    return (
        _nginx(config, on),
        _kiwix(config, on),
        _search(config, on),
        _web(config, on),
        _worker(on),
    )


def agent(machine: Machine) -> Service:
    """The one process of the box that runs as root; a laptop has none."""
    return Service("agent", _python(machine, "appliance.agent"))


def kiwix_port(config: Config) -> int:
    """The loopback port of kiwix-serve, which cannot listen on a Unix socket.

    Made from the portal's port, so that two stacks on one machine do not meet.
    """
    return _KIWIX_PORTS.start + config.port * 7 % len(_KIWIX_PORTS)


def find_program(name: str) -> str | None:
    """The absolute path of a program; also where a plain user's PATH does not look."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def _nginx(config: Config, machine: Machine) -> Service:
    files, sockets = machine.nginx_files, config.run / "nginx"
    return Service(
        "nginx",
        (machine.nginx, "-e", "stderr", "-p", f"{files}/", "-c", str(files / "nginx.conf")),
        sockets=(sockets / "archives.sock", sockets / "pages.sock"),
    )


def _kiwix(config: Config, machine: Machine) -> Service:
    command = (
        *(machine.kiwix_serve, "--monitorLibrary"),
        *("--address", "127.0.0.1", "--port", str(kiwix_port(config))),
        # By its bare name: kiwix-serve takes a semicolon for the end of a path.
        *("--threads", "4", "--library", config.library_xml.name),
    )
    # The default keeps a tenth of the archives open: one, in a library of ten, and every change
    # between two books costs twenty times as much. Eight open archives with four clusters each
    # stay small in a gigabyte of memory.
    environment = {
        "KIWIX_ARCHIVE_CACHE_SIZE": "8",
        "KIWIX_SEARCHER_CACHE_SIZE": "1",
        "KIWIX_SUGGESTION_SEARCHER_CACHE_SIZE": "1",
        "ZIM_CLUSTERCACHE": "4",
        "MALLOC_ARENA_MAX": "2",
    }
    return Service("kiwix", command, environment, folder=config.library_xml.parent)


def _web(config: Config, machine: Machine) -> Service:
    socket = config.run / "web.sock"
    command = (
        *_python(machine, "gunicorn", "webapp.wsgi:application", "--bind", f"unix:{socket}"),
        *("--worker-class", "webapp.accepting.AcceptingWorker", "--keep-alive", "0"),
        # Preloading shares the memory of what both workers import.
        *("--preload", "--workers", "2", "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "5", "--umask", "7", "--chdir", "/"),
        # The heartbeat of the workers is a file that is touched every second: not on an SD card.
        *("--worker-tmp-dir", str(machine.memory), "--log-level", "warning"),
    )
    return Service("web", command, {"MALLOC_ARENA_MAX": "2"}, (socket,))


def _search(config: Config, machine: Machine) -> Service:
    socket = config.search_socket
    command = _python(
        machine, "kiwix.search_server", "--socket", str(socket), "--store", str(config.store)
    )
    return Service("search", command, {"MALLOC_ARENA_MAX": "2"}, (socket,))


def _worker(machine: Machine) -> Service:
    return Service("worker", _python(machine, "appliance.jobs.worker"), {"MALLOC_ARENA_MAX": "2"})


def _python(machine: Machine, module: str, *arguments: str) -> tuple[str, ...]:
    # -P: a file that lies in the working directory is never taken for a module.
    return (machine.python, "-P", "-m", module, *arguments)
