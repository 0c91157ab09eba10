# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine of QEMU's: started, asked, and gone at the end of a block."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.image.qmp import Qmp
from tests.image.shell import Shell, ShellError

PATIENCE_SECONDS = 900
"""For a whole boot, on a computer that does other things too and emulates every instruction."""
_START_SECONDS = 60
_LOOK_SECONDS = 2


class MachineError(AssertionError):
    """The machine did not do what it should; the message ends with what its console said."""


class Machine:
    """A running QEMU.

    Attributes:
        folder: for its logs.
        console: the file with everything that its serial console said.
        ports: those of this computer that lead to the machine's, by the machine's.
        shell: a root shell, where the machine has one.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, sockets: Path, ports: dict[int, int]
    ) -> None:
        """``sockets`` must have a short name: the kernel takes 107 bytes."""
        self.folder = folder
        self._sockets = sockets
        self.console = folder / "console.log"
        self.ports = ports
        self.shell: Shell | None = None
        with (folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "-qmp", f"unix:{sockets / 'qmp'},server=on,wait=off"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            self.wait_for("QEMU", (sockets / "qmp").exists, seconds=_START_SECONDS, every=0.1)
            self.qmp = Qmp(sockets / "qmp")
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def open_shell(self) -> None:
        """Wait for the root shell; for machines whose kernel command line asks for one."""
        self.shell = Shell(self._sockets / "shell")
        self.shell.open(PATIENCE_SECONDS)

    def run(self, command: str, *, seconds: float = PATIENCE_SECONDS) -> str:
        """As ``Shell.run``."""
        assert self.shell is not None
        return self.shell.run(command, seconds=seconds)

    def status(self, command: str, *, seconds: float = PATIENCE_SECONDS) -> tuple[int, str]:
        """As ``Shell.status``."""
        assert self.shell is not None
        return self.shell.status(command, seconds=seconds)

    def wait_until(self, command: str, *, seconds: float = PATIENCE_SECONDS) -> str:
        """Run a command in the shell again and again until it succeeds; what it printed then."""
        said = ""

        def succeeded() -> bool:
            nonlocal said
            status, said = self.status(command)
            return status == 0

        try:
            self.wait_for(command, succeeded, seconds=seconds)
        except MachineError as exc:
            raise MachineError(f"{exc}\nIt last printed: {said}") from None
        return said

    def wait_for(
        self,
        what: str,
        holds: Callable[[], object],
        *,
        seconds: float = PATIENCE_SECONDS,
        every: float = _LOOK_SECONDS,
    ) -> None:
        """Wait until something holds.

        Raises:
            MachineError: QEMU ended, or it does not hold after ``seconds``.
        """
        deadline = time.monotonic() + seconds
        while not holds():
            if self._process.poll() is not None:
                raise MachineError(f"QEMU ended while waiting for {what}:\n{self.story()}")
            if time.monotonic() > deadline:
                raise MachineError(f"after {seconds} s still not: {what}\n{self.story()}")
            time.sleep(every)

    def wait_for_console(self, words: str, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the serial console has said these words."""
        self.wait_for(f"console to say {words!r}", lambda: words in self.said(), seconds=seconds)

    def said(self) -> str:
        """Everything that the serial console said."""
        return self.console.read_text("utf-8", "replace") if self.console.exists() else ""

    def story(self) -> str:
        """The ends of QEMU's and the console's logs, for a message."""
        qemu = (self.folder / "qemu.log").read_text("utf-8", "replace")
        return f"{qemu[-2000:]}\n[console {self.console}]\n{self.said()[-4000:]}"

    @property
    def running(self) -> bool:
        """Whether QEMU still runs."""
        return self._process.poll() is None

    def keep_journal(self) -> None:
        """Put the machine's journal beside its other logs, as far as the shell still answers."""
        if self.shell is None or not self.running:
            return
        try:
            journal = self.run("journalctl --boot --no-pager --output short-monotonic", seconds=120)
        except (ShellError, OSError):
            return
        (self.folder / "journal.log").write_text(journal, "utf-8")

    def stop(self) -> None:
        """Pull the plug: the machine is not asked; what it gave to QEMU is in the files."""
        if self.running:
            # QEMU may be gone before its answer is.
            with suppress(OSError):
                self.qmp("quit")
        try:
            self._process.wait(_START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.qmp.close()
        if self.shell:
            self.shell.close()


@contextmanager
def sockets_folder() -> Iterator[Path]:
    """A folder with a short name."""
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        yield Path(folder)


@contextmanager
def kept_running(machine: Machine, *, shell: bool) -> Iterator[Machine]:
    """The machine inside the block; its journal is kept and its plug pulled at the end."""
    try:
        if shell:
            machine.open_shell()
        yield machine
    finally:
        machine.keep_journal()
        machine.stop()


def forwarded(*inside: int) -> tuple[dict[int, int], str]:
    """Free ports of this computer by those of the machine, and QEMU's words that forward them."""
    ports = {port: free_port() for port in inside}
    words = (f",hostfwd=tcp:127.0.0.1:{there}-:{here}" for here, there in ports.items())
    return ports, "".join(words)


def free_port() -> int:
    """A port of this computer that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
