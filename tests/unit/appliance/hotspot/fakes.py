# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine with radios and ports, as files; and a hostapd that answers on its socket."""

import json
import shutil
import socket
import threading
from collections.abc import Sequence
from pathlib import Path

from appliance.hotspot.places import HOSTAPD_UNIT, Places
from appliance.process import ToolFailedError

PHY = """Wiphy phy0
\tSupported interface modes:
\t\t * managed
\t\t * AP
\t\t * monitor
\tBand 1:
"""


def places_below(folder: Path) -> Places:
    """Everything that a machine has in many places, in one folder."""
    return Places(
        kept=folder / "hotspot.json",
        rendered=folder / "rendered",
        networkd=folder / "networkd",
        control=folder / "control",
        leases=folder / "leases",
        sys=folder / "sys",
        proc=folder / "proc",
    )


class Machine:
    """What the hotspot sees and calls."""

    def __init__(self, folder: Path) -> None:
        self.places = places_below(folder)
        self.now = 1000.0
        self.calls: list[str] = []
        self.abilities = PHY
        self.failing: set[str] = set()
        self.packets = 0
        self.hostapd = Hostapd(self.places)
        (folder / "proc" / "net").mkdir(parents=True)
        (folder / "sys" / "class" / "net").mkdir(parents=True)
        self.neighbours({})

    def run(self, argv: Sequence[str]) -> str:
        """Stands for ``run_tool``."""
        tool = Path(argv[0]).name
        call = " ".join((tool, *argv[1:]))
        self.calls.append(call)
        if tool in self.failing:
            raise ToolFailedError(tool, 1, "as the test wants")
        if call == f"systemctl restart {HOSTAPD_UNIT}":
            self.hostapd.restart()
        elif call == f"systemctl stop {HOSTAPD_UNIT}":
            self.hostapd.stop()
        elif tool == "nft":
            return json.dumps(
                {"nftables": [{"metainfo": {}}, {"counter": {"packets": self.packets}}]}
            )
        return self.abilities if tool == "iw" else ""

    def add(self, name: str, *, index: int, driver: str, bus: str, radio: bool = True) -> None:
        """Plug in a radio, or a port."""
        device = self.places.sys / "devices" / f"{name}-{index}"
        driver_folder = self.places.sys / "bus" / bus / "drivers" / driver
        for folder in (device, driver_folder):
            folder.mkdir(parents=True, exist_ok=True)
        (device / "driver").symlink_to(driver_folder)
        (device / "subsystem").symlink_to(self.places.sys / "bus" / bus)
        interface = self.places.sys / "class" / "net" / name
        interface.mkdir()
        (interface / "device").symlink_to(device)
        values = {
            "ifindex": index,
            "type": 1,
            "carrier": 0,
            "address": f"02:00:00:00:00:{index:02x}",
        }
        for file, value in values.items():
            (interface / file).write_text(f"{value}\n")
        if radio:
            (interface / "phy80211").mkdir()
            (interface / "phy80211" / "name").write_text(f"phy{index}\n")

    def pull(self, name: str) -> None:
        """Unplug it."""
        shutil.rmtree(self.places.sys / "class" / "net" / name)

    def carrier(self, name: str, *, on: bool) -> None:
        """Plug a cable in, or pull it."""
        (self.places.sys / "class" / "net" / name / "carrier").write_text(f"{int(on)}\n")

    def neighbours(self, known: dict[str, str]) -> None:
        """Fill the kernel's table: hardware addresses by address."""
        head = "IP address       HW type     Flags       HW address            Mask     Device\n"
        lines = [f"{ip}  0x1  0x2  {mac}  *  br0\n" for ip, mac in known.items()]
        (self.places.proc / "net" / "arp").write_text(head + "".join(lines))

    @property
    def conf(self) -> dict[str, str]:
        """What hostapd was last told."""
        lines = self.places.hostapd_conf.read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


class Hostapd:
    """Answers on the control socket of the interface that its configuration names."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._socket: socket.socket | None = None
        self.starts = 0
        self.state = "ENABLED"
        self.stations: dict[str, str] = {}
        self.level = "INFO"

    def restart(self) -> None:
        """As systemd does it."""
        self.stop()
        self.starts += 1
        lines = self._places.hostapd_conf.read_text().splitlines()
        interface = next(line for line in lines if line.startswith("interface=")).split("=")[1]
        self._places.control.mkdir(exist_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._places.control / interface))
        threading.Thread(target=self._answer, args=(self._socket,), daemon=True).start()

    def stop(self) -> None:
        """Everybody is thrown off."""
        self.stations = {}
        if self._socket:
            Path(self._socket.getsockname()).unlink()
            # The thread waits in the kernel; this wakes it, and it closes the socket.
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket = None

    def say(self, line: str) -> None:
        """Write to its log."""
        with self._places.hostapd_log.open("a") as log:
            log.write(line + "\n")

    def _answer(self, own: socket.socket) -> None:
        with own:
            while True:
                try:
                    command, asker = own.recvfrom(4096)
                except OSError:
                    return
                if not command:
                    return
                own.sendto(self._said(command.decode()).encode(), asker)

    def _said(self, command: str) -> str:
        if command == "STATUS":
            count = len(self.stations)
            return f"state={self.state}\nchannel=6\nssid[0]=a=b\nnum_sta[0]={count}\n"
        verb, _, rest = command.partition(" ")
        if verb == "STA":
            return f"{rest}\nflags={self.stations[rest]}\n" if rest in self.stations else "FAIL\n"
        if verb == "LOG_LEVEL":
            self.level = rest
            return "OK\n"
        return "UNKNOWN COMMAND\n"
