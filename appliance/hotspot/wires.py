# SPDX-License-Identifier: GPL-3.0-or-later
"""All Ethernet ports of the box, as the kernel shows them and as networkd is told to run them."""

import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil

from appliance.hotspot.places import Places, Run
from appliance.hotspot.render import bridge_port
from appliance.hotspot.settings import Wired
from appliance.hotspot.wire import Phase, Sight, Wire
from appliance.process import ProcessError

_log = logging.getLogger(__name__)
_ETHERNET = "1"  # ARPHRD_ETHER
_PROBE_S = 60.0
_PROBE = ("systemctl", "start", "--no-block", "chashma-dhcp-probe.service")
_COUNTER = ("/usr/sbin/nft", "--json", "list", "counter", "bridge", "chashma", "dhcp_on_wire")


class Wires:
    """The ports that there are now. Every one decides for itself."""

    def __init__(self, places: Places, run: Run, wired: Wired) -> None:
        self._places = places
        self._run = run
        self._wired = wired
        self._wires: dict[str, Wire] = {}
        self._rival = Rival(run)
        self._written: frozenset[str] | None = None

    def use(self, wired: Wired) -> None:
        """From now on the ports are for this."""
        if wired is not self._wired:
            self._wired = wired
            self._wires = {}

    def look(self, now: float) -> None:
        """See how the ports are, and have them do what they shall.

        Raises:
            ProcessError: networkd was not to be told.
            OSError: likewise.
        """
        addresses = _addresses()
        names = sorted(_ports(self._places.sys))
        self._wires = {name: self._wires.get(name) or Wire(name, self._wired) for name in names}
        serving = [one for one in self._wires.values() if _serves(one)]
        rival = bool(serving) and self._rival.heard(now)
        for wire in self._wires.values():
            wire.look(
                now,
                Sight(
                    _carrier(self._places.sys, wire.name),
                    "" if wire.phase is Phase.SERVING else addresses.get(wire.name, ""),
                    rival and wire in serving,
                ),
            )
        self._tell_networkd()

    def wired(self) -> Wired:
        """What the ports do: the school's line first, then serving."""
        phases = {one.phase for one in self._wires.values() if one.carrier}
        if Phase.UPLINK in phases:
            return Wired.UPLINK
        if Phase.SERVING in phases:
            return Wired.SERVE
        return Wired.AUTO

    def address(self) -> str:
        """Of the box on the school's line, or empty."""
        return next((one.address for one in self._wires.values() if one.address), "")

    def rivalled(self, now: float) -> bool:
        """Something else on a wire gives out addresses."""
        return any(one.rivalled(now) for one in self._wires.values())

    def _tell_networkd(self) -> None:
        """A port for which there is a file here serves; the others ask, by a file of /etc."""
        wanted = frozenset(one.name for one in self._wires.values() if one.phase is Phase.SERVING)
        if wanted == self._written:
            return
        folder = self._places.networkd
        folder.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            (folder / _file_name(name)).write_text(bridge_port(name), encoding="ascii")
        for file in folder.glob(_file_name("*")):
            if file.name not in {_file_name(name) for name in wanted}:
                file.unlink()
        self._run(["networkctl", "reload"])
        _log.info("ports that serve: %s", ", ".join(sorted(wanted)) or "none")
        self._written = wanted


class Rival:
    """Another DHCP server on a wire that we serve.

    nftables counts, and drops, every answer of a DHCP server that enters the bridge by a wire. So
    that there is something to answer, the box itself asks now and then.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._counted: int | None = None
        self._next_probe = 0.0
        self._deaf = False

    def heard(self, now: float) -> bool:
        """Whether there was an answer since the last call."""
        try:
            if now >= self._next_probe:
                self._next_probe = now + _PROBE_S
                self._run(_PROBE)
            counted = _packets(self._run(_COUNTER))
        except ProcessError as exc:
            if not self._deaf:
                _log.warning("other DHCP servers cannot be heard: %s", exc)
            self._deaf = True
            return False
        self._deaf = False
        before, self._counted = self._counted, counted
        return before is not None and counted > before


def _packets(said: str) -> int:
    return sum(
        int(one["counter"]["packets"]) for one in json.loads(said)["nftables"] if "counter" in one
    )


def _ports(sys: Path) -> Iterator[str]:
    """Names of the Ethernet ports: what is a device, neither virtual nor a radio."""
    for interface in (sys / "class" / "net").glob("*"):
        if not (interface / "device").exists() or (interface / "phy80211").exists():
            continue
        try:
            if (interface / "type").read_text().strip() == _ETHERNET:
                yield interface.name
        except OSError:
            continue  # pulled out between two looks


def _carrier(sys: Path, name: str) -> bool:
    try:
        return (sys / "class" / "net" / name / "carrier").read_text().strip() == "1"
    except OSError:  # EINVAL while the port is down
        return False


def _addresses() -> dict[str, str]:
    """The IPv4 address of each interface, but those that it made up itself (169.254/16)."""
    return {
        name: one.address
        for name, all_of_it in psutil.net_if_addrs().items()
        for one in all_of_it
        if one.family == socket.AF_INET and not one.address.startswith("169.254.")
    }


def _serves(wire: Wire) -> bool:
    return wire.carrier and wire.phase is Phase.SERVING


def _file_name(port: str) -> str:
    return f"30-chashma-serves-{port}.network"
