# SPDX-License-Identifier: GPL-3.0-or-later
"""A root shell of a machine, over a console that only its kernel command line opens."""

import base64
import re
import secrets
import socket
import time
from pathlib import Path

_ANSWER_SECONDS = 5
_LONGEST_WAIT = 600


class ShellError(AssertionError):
    """A command failed, or the shell does not answer; the message has what it printed."""


class Shell:
    """Runs commands one after the other.

    systemd starts the shell on the console ``hvc0`` because the kernel command line says so
    (systemd-debug-generator(8)); its other end is a socket of QEMU's.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._seen = b""

    def open(self, seconds: float = _LONGEST_WAIT) -> None:
        """Wait until the shell is there, and make it talk to a program instead of to a person.

        Raises:
            ShellError: it does not answer within ``seconds``.
        """
        word = secrets.token_hex(8)
        # In raw mode a line may be of any length, and nothing comes back that was not printed.
        # Split, so that an echo of the order is not taken for the answer to it.
        # The first end of line closes what may have been left of an earlier try.
        order = (
            "\nset +m; set +H; set +o history; set +o emacs; set +o vi;"
            " PS1=; PS2=; PROMPT_COMMAND=;"
            " export SYSTEMD_COLORS=0 SYSTEMD_PAGER= TERM=dumb;"
            f" stty raw -echo; echo '{word[:4]}''{word[4:]}'\n"
        )
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._socket.sendall(order.encode())
            if self._read_until(re.compile(word.encode()), _ANSWER_SECONDS) and self._obeys():
                return
        raise ShellError(f"no shell after {seconds} s; it said: {self._seen[-2000:]!r}")

    def _obeys(self) -> bool:
        """Whether it takes orders: what was sent while it changed to raw mode may be lost."""
        try:
            return self.status("true", seconds=_ANSWER_SECONDS)[0] == 0
        except ShellError:
            return False

    def run(self, command: str, *, seconds: float = _LONGEST_WAIT) -> str:
        """Run a command of ``sh`` and return what it printed, on both channels, stripped.

        Raises:
            ShellError: its exit status is not 0, or it takes longer than ``seconds``.
        """
        status, output = self.status(command, seconds=seconds)
        if status:
            raise ShellError(f"{command!r} ended with {status}:\n{output}")
        return output

    def status(self, command: str, *, seconds: float = _LONGEST_WAIT) -> tuple[int, str]:
        """Run a command of ``sh``; its exit status and what it printed, stripped.

        Raises:
            ShellError: it takes longer than ``seconds``.
        """
        word = secrets.token_hex(8)
        told = f"'{word[:4]}''{word[4:]}'"
        script = base64.b64encode(command.encode()).decode()
        order = (
            # A prompt may come late, and is no part of what the command printed.
            f"echo {told};"
            f' bash -c "$(echo {script} | base64 -d)" </dev/null 2>&1;'
            f" echo {told} $?.\n"
        )
        self._seen = b""
        self._socket.sendall(order.encode())
        end = re.compile(word.encode() + rb" (\d+)\.")
        found = self._read_until(end, seconds)
        if not found:
            raise ShellError(f"{command!r} takes longer than {seconds} s:\n{self._text()}")
        seen, self._seen = self._seen[: found.start()], self._seen[found.end() :]
        _, _, output = seen.decode("utf-8", "replace").partition(word)
        return int(found[1]), output.replace("\r\n", "\n").strip()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read_until(self, end: re.Pattern[bytes], seconds: float) -> re.Match[bytes] | None:
        deadline = time.monotonic() + seconds
        while True:
            if found := end.search(self._seen):
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self._socket.settimeout(left)
            try:
                more = self._socket.recv(65536)
            except TimeoutError:
                return None
            if not more:
                raise ShellError(f"QEMU has ended; the shell's last words:\n{self._text()}")
            self._seen += more

    def _text(self) -> str:
        return self._seen[-4000:].decode("utf-8", "replace")
