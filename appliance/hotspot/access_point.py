# SPDX-License-Identifier: GPL-3.0-or-later
"""hostapd: started and stopped by systemd, asked through its own socket.

The commands are those of hostapd's control interface (``hostapd/ctrl_iface.c``): a datagram there,
a datagram back.
"""

import logging
import re
import socket
from pathlib import Path

import msgspec

from appliance.hotspot.places import HOSTAPD_UNIT, Places, Run

_log = logging.getLogger(__name__)
_PATIENCE_S = 1.0
_LONGEST_ANSWER = 65536
_LOG_KEPT = 65536
_READABLE_BY_ROOT = 0o600
# Refusals are debug messages of hostapd (src/ap/sta_info.c) or of its driver; the first kind names
# no device, but the message before it does (src/ap/ieee802_11.c).
_ASKING = re.compile(r"(?:authentication: STA=|: STA )((?:[0-9a-f]{2}:){5}[0-9a-f]{2})")
_NO_ROOM = re.compile(r"no more room for new STAs|Could not add STA to kernel driver")


class Status(msgspec.Struct, frozen=True):
    """What hostapd says of itself.

    Attributes:
        running: phones can see the network.
        channel: in use, 0 where none is.
        connected: devices on the radio.
    """

    running: bool = False
    channel: int = 0
    connected: int = 0


class AccessPoint:
    """The network on one radio at a time."""

    def __init__(self, places: Places, run: Run) -> None:
        self._places = places
        self._run = run
        self._interface = ""
        self._refused: set[str] = set()
        self._listening = False

    @property
    def refused(self) -> int:
        """Devices that were turned away since the boot."""
        return len(self._refused)

    def start(self, interface: str, configuration: str) -> None:
        """Run by this configuration. If it does already, nobody is thrown off the network.

        Raises:
            ProcessError: systemd did not start it.
            OSError: the configuration could not be written.
        """
        self._interface = interface
        self._listening = False
        self._places.rendered.mkdir(mode=0o755, parents=True, exist_ok=True)
        conf = self._places.hostapd_conf
        conf.touch(mode=_READABLE_BY_ROOT)
        if conf.read_text(encoding="ascii") == configuration and self.status().running:
            return
        conf.write_text(configuration, encoding="ascii")
        self._run(["systemctl", "restart", HOSTAPD_UNIT])

    def stop(self) -> None:
        """Run no more.

        Raises:
            ProcessError: systemd did not stop it.
        """
        self._interface = ""
        self._run(["systemctl", "stop", HOSTAPD_UNIT])

    def status(self) -> Status:
        """How it is now; not running where it gives no answer."""
        said = dict(line.split("=", 1) for line in self._ask("STATUS").splitlines() if "=" in line)
        if said.get("state") != "ENABLED":
            return Status()
        return Status(True, _number(said, "channel"), _number(said, "num_sta[0]"))

    def serves(self, hardware_address: str) -> bool:
        """Whether this device is on the radio now, and knew the password."""
        return "[AUTHORIZED]" in self._ask(f"STA {hardware_address}")

    def count_refusals(self, *, full: bool) -> None:
        """Read what hostapd has said since the last time.

        Only while the radio is full does hostapd say more than a little, because only then does
        it turn devices away.
        """
        if full != self._listening and self._ask(f"LOG_LEVEL {'DEBUG' if full else 'INFO'}"):
            self._listening = full
        said = self._said()
        asking = ""
        for line in said.splitlines():
            asking = (_ASKING.findall(line) or [asking])[-1]
            if _NO_ROOM.search(line) and asking:
                self._refused.add(asking)
            elif not self._listening:
                _log.info("hostapd: %s", line)

    def _said(self) -> str:
        """What came since; the file, which lies in memory, is emptied."""
        log = self._places.hostapd_log
        try:
            with log.open("r+b") as file:
                said = file.read(_LOG_KEPT)
                if said:
                    file.truncate(0)
        except OSError:
            return ""
        return said.decode("utf-8", "replace")

    def _ask(self, command: str) -> str:
        if not self._interface:
            return ""
        path = self._places.control / self._interface
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
            asking.settimeout(_PATIENCE_S)
            try:
                asking.bind("")  # Linux gives it a name of its own, to which the answer comes
                asking.connect(str(path))
                asking.send(command.encode("ascii"))
                return asking.recv(_LONGEST_ANSWER).decode("utf-8", "replace")
            except OSError:
                return ""


def hardware_address(proc: Path, address: str, interface: str) -> str:
    """Of the device that has an address on a network of ours; empty if the kernel knows none.

    ``/proc/net/arp``: address, type, flags, hardware address, mask, interface (``proc(5)``).
    """
    for line in (proc / "net" / "arp").read_text(encoding="ascii").splitlines()[1:]:
        words = line.split()
        if len(words) >= len("AFTHMI") and (words[0], words[5]) == (address, interface):
            return words[3].lower()
    return ""


def _number(said: dict[str, str], name: str) -> int:
    word = said.get(name, "")
    return int(word) if word.isdecimal() else 0
