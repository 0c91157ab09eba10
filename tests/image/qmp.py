# SPDX-License-Identifier: GPL-3.0-or-later
"""Talking to a running QEMU: its machine protocol, a line of JSON there and back."""

import json
import socket
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 60


class QmpError(Exception):
    """QEMU did not do what it was told; the message is its own."""


class Qmp:
    """A connection to the monitor of one machine.

    The protocol: https://www.qemu.org/docs/master/interop/qmp-spec.html.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_PATIENCE_SECONDS)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("r", encoding="utf-8")
        self._lines.readline()  # the greeting
        self("qmp_capabilities")

    def __call__(self, command: str, **arguments: Any) -> Any:
        """Give a command, wait for its answer, and return what it says.

        Raises:
            QmpError: it was refused.
            OSError: QEMU has ended.
        """
        order = {"execute": command}
        line = json.dumps(order | ({"arguments": arguments} if arguments else {}))
        self._socket.sendall(line.encode() + b"\n")
        while True:
            said = self._lines.readline()
            if not said:
                raise ConnectionResetError("QEMU has ended")
            answer = json.loads(said)
            if "error" in answer:
                raise QmpError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()
