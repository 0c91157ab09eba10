# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone: a simulated radio in a network namespace of its own, with programs of its own."""

import shlex

import msgspec

from tests.image.machine import Machine
from tests.image.tools_disk import MOUNT_POINT

_INSIDE = f"chroot {MOUNT_POINT}"
# Where the station's programs may write.
_FOLDER = f"{MOUNT_POINT}/tmp"
# busybox runs it with what the DHCP server said in its environment.
_LEASE_SCRIPT = """#!/bin/busybox sh
[ "$1" = bound ] || exit 0
/bin/busybox ip addr flush dev $interface
/bin/busybox ip addr add $ip/${mask:-24} dev $interface
[ -z "$router" ] || /bin/busybox ip route replace default via ${router%% *} dev $interface
echo "nameserver ${dns%% *}" >/tmp/resolv.conf
/bin/busybox env >/tmp/lease.$interface
"""


class Lease(msgspec.Struct, frozen=True):
    """What the DHCP server said; empty where it was silent.

    Attributes:
        options: everything else, by busybox's names for it (``opt114`` and the like).
    """

    address: str
    router: str
    names: str
    server: str
    options: dict[str, str]


class Answer(msgspec.Struct, frozen=True):
    """Of a web server. ``status`` is 0 where none answered."""

    status: int
    location: str
    body: str


def bring_tools(machine: Machine) -> None:
    """Mount the disk ``tools`` and make a root of it that programs can run in."""
    if machine.status(f"mountpoint -q {MOUNT_POINT}")[0] == 0:
        return
    mount_disk(machine, "tools", MOUNT_POINT)
    machine.run(
        f"""set -e
        for name in proc sys dev; do mount --rbind /$name {MOUNT_POINT}/$name; done
        mount -t tmpfs tmpfs {_FOLDER}
        mount -t tmpfs tmpfs {MOUNT_POINT}/run"""
    )
    _write(machine, f"{_FOLDER}/lease.sh", _LEASE_SCRIPT)
    machine.run(f"chmod 755 {_FOLDER}/lease.sh")


def mount_disk(machine: Machine, serial: str, point: str) -> None:
    """Mount one of the machine's further disks."""
    machine.run(
        f"""set -e
        disk=$(grep -lx {serial} /sys/block/vd*/serial)
        mkdir -p {point}
        mount -o ro /dev/$(basename $(dirname $disk)) {point}"""
    )


class Station:
    """One or more radios in a namespace of their own; ``radio`` is the first one's interface."""

    def __init__(self, machine: Machine, name: str, radios: list[str]) -> None:
        self._machine = machine
        self._name = name
        self.radios = radios
        self.radio = radios[0]
        machine.run(f"ip netns add {name} && {self._within('ip link set lo up')}")
        for radio in radios:
            machine.run(f"iw phy $(cat /sys/class/net/{radio}/phy80211/name) set netns name {name}")

    def join(self, network: str, password: str = "", *, seconds: float = 300) -> None:
        """Join a Wi-Fi network with every radio; open where there is no password."""
        self._associate(network, password)
        for radio in self.radios:
            self._machine.wait_until(
                f"{self._supplicant(radio)} status | grep -x wpa_state=COMPLETED", seconds=seconds
            )

    def is_refused(self, network: str, password: str, *, seconds: float = 300) -> bool:
        """Try to join; true as soon as the access point has said that the password is wrong."""
        self._associate(network, password)
        self._machine.wait_until(
            f"grep -E 'reason=WRONG_KEY|wpa_state=COMPLETED|CTRL-EVENT-CONNECTED' {self._log}",
            seconds=seconds,
        )
        return "WRONG_KEY" in self._machine.run(f"cat {self._log}")

    def leave(self) -> None:
        """Leave the network, and forget its address."""
        self._machine.status(f"kill $(cat {_FOLDER}/{self._name}.pid)")
        self._machine.wait_until(f"! kill -0 $(cat {_FOLDER}/{self._name}.pid) 2>/dev/null")
        for radio in self.radios:
            self.run(f"/bin/busybox ip addr flush dev {radio}")

    def lease(self, radio: str | None = None) -> Lease:
        """Ask for an address until one is given."""
        radio = radio or self.radio
        self._machine.wait_until(
            self._within(
                f"{_INSIDE} /bin/busybox udhcpc -i {radio} -f -n -q -t 10 -T 2 -s /tmp/lease.sh"
            )
        )
        said = self._machine.run(f"cat {_FOLDER}/lease.{radio}")
        options = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
        return Lease(
            address=options.pop("ip", ""),
            router=options.pop("router", ""),
            names=options.pop("dns", ""),
            server=options.pop("serverid", ""),
            options=options,
        )

    def gets_no_address(self) -> bool:
        """Ask for an address as often as a phone does; whether none was given."""
        ask = f"/bin/busybox udhcpc -i {self.radio} -f -n -q -t 4 -T 3 -s /tmp/lease.sh"
        status, said = self.status(ask)
        return status != 0 and "no lease" in said

    def run_python(self, program: str, *words: str) -> str:
        """Run a program of Python, by the box's own, in the station's network."""
        order = self._within(f"python3 -P - {shlex.join(words)}")
        return self._machine.run(f"{order} <<'END'\n{program}\nEND")

    def get(self, url: str, *arguments: str, insecure: bool = False) -> Answer:
        """Fetch an address as a program does, without following where it leads."""
        command = [
            *("curl", "--silent", "--max-time", "60", "--output", "/tmp/body"),
            *("--write-out", "%{http_code} %{redirect_url}", *arguments),
            *(("--insecure",) if insecure else ()),
            url,
        ]
        self._machine.run(f"rm -f {_FOLDER}/body")
        _, said = self.status(shlex.join(command))
        code, _, location = said.partition(" ")
        _, body = self._machine.status(f"cat {_FOLDER}/body 2>/dev/null")
        return Answer(status=int(code or 0), location=location, body=body)

    def resolve(self, name: str) -> str:
        """The IPv4 addresses of a name, as the network's own server says."""
        return self.run(f"/bin/busybox nslookup -type=a {name}")

    def run(self, command: str) -> str:
        """Run one of the tools in the station's network."""
        return self._machine.run(self._within(f"{_INSIDE} {command}"))

    def status(self, command: str) -> tuple[int, str]:
        """As ``run``, with the exit status."""
        return self._machine.status(self._within(f"{_INSIDE} {command}"))

    @property
    def _log(self) -> str:
        return f"{_FOLDER}/{self._name}.log"

    def _within(self, command: str) -> str:
        return f"nsenter --net=/run/netns/{self._name} {command}"

    def _supplicant(self, radio: str) -> str:
        return self._within(f"{_INSIDE} wpa_cli -p /tmp/wpa-{self._name} -i {radio}")

    def _associate(self, network: str, password: str) -> None:
        self._machine.status(f"kill $(cat {_FOLDER}/{self._name}.pid) 2>/dev/null")
        self._machine.wait_until(f"! kill -0 $(cat {_FOLDER}/{self._name}.pid) 2>/dev/null")
        secret = f'psk="{password}"' if password else "key_mgmt=NONE"
        _write(
            self._machine,
            f"{_FOLDER}/{self._name}.conf",
            f"ctrl_interface=/tmp/wpa-{self._name}\n"
            f"network={{\nssid={network.encode().hex()}\nscan_ssid=1\n{secret}\n}}\n",
        )
        interfaces = " -N ".join(f"-i{radio} -c/tmp/{self._name}.conf" for radio in self.radios)
        self._machine.run(f"rm -f {self._log}")
        self.run(
            f"wpa_supplicant -B -Dnl80211 -f/tmp/{self._name}.log -P/tmp/{self._name}.pid"
            f" {interfaces}"
        )


def _write(machine: Machine, path: str, text: str) -> None:
    machine.run(f"printf %s {shlex.quote(text)} >{path}")
