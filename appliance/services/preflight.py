# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be so before anything is started, said in words that help."""

import errno
import os
import re
import socket

from appliance.config import Config
from appliance.errors import ApplianceError
from appliance.process import ProcessError, run_limited
from appliance.services.render import on_this_machine_only
from appliance.services.service import find_program, kiwix_port, services

_LONGEST_SOCKET_PATH = 107  # unix(7), without the closing zero
_OLDEST_KIWIX = (3, 7)
_MEMORY_BYTES = 500_000_000


class NotReadyError(ApplianceError):
    """The stack cannot start; the message says what to do."""


def check(config: Config) -> None:
    """See that the state folder, the programs and the ports can be used.

    Raises:
        NotReadyError: one of them cannot.
    """
    _check_state(config)
    _check_programs(config)
    for port in (config.port, config.admin_port):
        _check_port("" if not on_this_machine_only(config) else "127.0.0.1", port)
    _check_port("127.0.0.1", kiwix_port(config))


def _check_state(config: Config) -> None:
    try:
        for folder in (config.run, config.log, config.cache, config.store, config.drives):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise NotReadyError(
            f"The state folder cannot be used: {exc}. Choose another: STATE=…"
        ) from exc
    for folder in (config.state, config.run, config.log):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise NotReadyError(
                f"You may not write to {folder}. It belongs to somebody else "
                "(was it made with sudo?): choose another with STATE=…"
            )
    longest = max(
        (path for service in services(config) for path in service.sockets),
        key=lambda path: len(os.fsencode(path)),
    )
    if len(os.fsencode(longest)) > _LONGEST_SOCKET_PATH:
        raise NotReadyError(
            f"The path {longest} is too long for a socket: choose a shorter STATE=…"
        )


def _check_programs(config: Config) -> None:
    for name in ("nginx", config.kiwix_serve):
        if find_program(name) is None:
            raise NotReadyError(f"{name} is missing. 'make setup' installs what is needed.")
    version = _kiwix_version(config)
    if version < _OLDEST_KIWIX:
        raise NotReadyError(
            f"kiwix-serve is too old ({'.'.join(map(str, version)) or 'unknown'}): 3.7 is needed, "
            "earlier ones crash under load. 'make setup' brings the right one."
        )


def _kiwix_version(config: Config) -> tuple[int, ...]:
    program = find_program(config.kiwix_serve) or config.kiwix_serve
    try:
        said = run_limited(
            [program, "--version"], timeout_s=20, memory_bytes=_MEMORY_BYTES, output_limit=10_000
        )
    except ProcessError:
        return ()
    found = re.search(r"kiwix-tools (\d+)\.(\d+)", said.stdout.decode("utf-8", "replace"))
    return tuple(map(int, found.groups())) if found else ()


def _check_port(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise NotReadyError(
                    f"Port {port} is in use by another program. Stop that, or choose other ports: "
                    "make run PORT=9080 ADMIN_PORT=9443"
                ) from exc
            raise NotReadyError(f"Port {port} cannot be used: {exc.strerror}.") from exc
