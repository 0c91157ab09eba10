# SPDX-License-Identifier: GPL-3.0-or-later
"""A booted box as those meet it who stand before it: a cable, a phone, a root shell."""

import http.client
import json
import shlex
import ssl
from functools import cached_property
from typing import Any

from tests.image.machine import Machine
from tests.image.station import Station, bring_tools

PORTAL, READ, ADMIN = "maktab.lan", "read-maktab.lan", "admin.maktab.lan"
ADDRESS = "10.84.0.1"
_SECONDS = 120
_ASK = (
    "import msgspec; from appliance.agent.client import ask;"
    "from appliance.agent.protocol import ReadHotspot; from appliance.config import load_config;"
    "print(msgspec.json.encode(ask(load_config(), ReadHotspot())).decode())"
)


class _Connection(http.client.HTTPConnection):
    """To the forwarded port, by TLS where a name is given: a box answers to its own alone."""

    def __init__(self, address: str, port: int, *, secure_name: str | None) -> None:
        super().__init__(address, port, timeout=_SECONDS)
        self._secure_name = secure_name

    def connect(self) -> None:
        super().connect()
        if self._secure_name:
            context = ssl._create_unverified_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._secure_name)


class Box:
    """A machine whose portal answers, or soon will."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def get(self, path: str, host: str = PORTAL, *, secure: bool = False) -> tuple[int, str]:
        """Status and body of a page, fetched over the cable; 0 where nobody answers."""
        port = self.machine.ports[443 if secure else 80]
        connection = _Connection("127.0.0.1", port, secure_name=host if secure else None)
        try:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def wait_for_portal(self) -> None:
        """Wait until the first page is there."""
        self.machine.wait_for("the portal", lambda: self.get("/")[0] == 200)

    def status(self) -> dict[str, Any]:
        """What the box's own command says about it."""
        _, said = self.machine.status("chashma status --json")
        return dict(json.loads(said))

    def status_of_hotspot(self) -> dict[str, Any]:
        """The networks of the box, as its agent says (``HotspotState``)."""
        order = shlex.quote(_ASK)
        return dict(json.loads(self.machine.run(f"python3 -P -c {order}")))

    def failed_units(self) -> str:
        """The units that failed, one on a line."""
        return self.machine.run("systemctl list-units --failed --plain --no-legend")

    @cached_property
    def access_point(self) -> str:
        """The interface of the radio that carries the hotspot."""
        return self.machine.wait_until(
            "for radio in /sys/class/net/wlan*; do radio=$(basename $radio);"
            " iw dev $radio info | grep -q 'type AP' && echo $radio && exit; done; exit 1"
        )

    @cached_property
    def _spare(self) -> list[str]:
        """Radios that no station has."""
        names = self.machine.run("ls /sys/class/net").split()
        spare = [name for name in names if name.startswith("wlan") and name != self.access_point]
        return sorted(spare, key=lambda name: int(name.removeprefix("wlan")))

    @cached_property
    def phone(self) -> Station:
        """A phone with a single radio; not joined."""
        return self._station("phone", 1)

    @cached_property
    def newcomer(self) -> Station:
        """Another phone, that the box has never seen; not joined."""
        return self._station("newcomer", 1)

    @cached_property
    def crowd(self) -> Station:
        """Twenty phones; not joined."""
        return self._station("crowd", 20)

    def _station(self, name: str, radios: int) -> Station:
        bring_tools(self.machine)
        taken, self._spare[:] = self._spare[:radios], self._spare[radios:]
        return Station(self.machine, name, taken)
