# SPDX-License-Identifier: GPL-3.0-or-later
"""The firewall, dnsmasq and the look for other servers, in network namespaces of their own.

The very files that the box has; only hostapd's radio and systemd are missing.
"""

import contextlib
import itertools
import os
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from appliance.hotspot.pool import SIZE, pool_used_up
from appliance.hotspot.wires import Rival

pytestmark = pytest.mark.root

_FILES = Path(__file__).parents[3] / "provisioning/roles/hotspot/files/etc"
_FILLER = Path(__file__).parents[2] / "pool_filler.py"
_PATIENCE_S, _FILL_S = 60, 240
_LEASE = """#!/bin/sh
[ "$1" = bound ] || exit 0
ip addr add "$ip/$mask" dev "$interface"
ip route add default via "$router" 2>/dev/null
echo "$ip/$mask $router $dns $lease"
"""
_CAPABILITIES = "+net_admin,+net_bind_service,+net_raw"
_PREFIX = f"hs{os.getpid() % 10000}"
_numbers = itertools.count()


class Space:
    """A network namespace."""

    def __init__(self) -> None:
        self.name = f"{_PREFIX}n{next(_numbers)}"

    def run(self, words: str, *, check: bool = True, seconds: float = _PATIENCE_S) -> str:
        """Run a command in it; its standard output."""
        ended = subprocess.run(
            ["ip", "netns", "exec", self.name, *shlex.split(words)],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert ended.returncode == 0 or not check, ended.stderr
        return ended.stdout

    @contextlib.contextmanager
    def running(self, words: str) -> Iterator[None]:
        """A program that runs in it for a while."""
        argv = ["ip", "netns", "exec", self.name, *shlex.split(words)]
        with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            try:
                yield
            finally:
                one.terminate()


@contextlib.contextmanager
def space() -> Iterator[Space]:
    made = Space()
    subprocess.run(["ip", "netns", "add", made.name], check=True)
    try:
        made.run("ip link set lo up")
        yield made
    finally:
        subprocess.run(["ip", "netns", "del", made.name], check=True)


@contextlib.contextmanager
def plugged(box: Space, port: str) -> Iterator[Space]:
    """A device at a port of the bridge of the box; its own end is ``eth0``."""
    with space() as device:
        box.run(f"ip link add {port} type veth peer name eth0 netns {device.name}")
        box.run(f"ip link set {port} master br0 up")
        device.run("ip link set eth0 up")
        try:
            yield device
        finally:
            # The namespace takes its end with it some time after it has gone.
            box.run(f"ip link del {port}")


def until(what: str, seen: object) -> None:
    """Wait for a condition, given as a function."""
    deadline = time.monotonic() + _PATIENCE_S
    while not seen():  # type: ignore[operator]  # any callable
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


@pytest.fixture(scope="module")
def dnsmasq_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dnsmasq keeps its leases."""
    folder = tmp_path_factory.mktemp("dnsmasq")
    folder.chmod(0o755)
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    shutil.chown(folder, "dnsmasq")
    return folder


@pytest.fixture(scope="module")
def box(dnsmasq_folder: Path) -> Iterator[Space]:
    """Bridge, firewall and dnsmasq, as the user that it has on the box."""
    folder = dnsmasq_folder
    conf = folder / "dnsmasq.conf"
    text = (_FILES / "chashma" / "dnsmasq.conf").read_text()
    conf.write_text(text.replace("/run/chashma-dnsmasq", str(folder)))
    with space() as made:
        made.run("ip link add br0 address 02:63:68:61:73:6d type bridge")
        made.run("ip addr add 10.84.0.1/22 dev br0")
        made.run("ip link set br0 up")
        made.run(f"nft --file {_FILES}/nftables.conf")
        as_dnsmasq = (
            f"setpriv --reuid dnsmasq --clear-groups --inh-caps=-all,{_CAPABILITIES}"
            f" --ambient-caps=-all,{_CAPABILITIES}"
        )
        with made.running(f"{as_dnsmasq} dnsmasq --keep-in-foreground --conf-file={conf}"):
            until("dnsmasq does not listen", lambda: ":53 " in made.run("ss --udp --listening -n"))
            yield made


def lease(device: Space, folder: Path) -> list[str]:
    """What DHCP gives a device: address, router, name server, seconds; nothing if it gives none."""
    script = folder / "lease"
    script.write_text(_LEASE)
    script.chmod(0o755)
    ask_for_one = f"busybox udhcpc -i eth0 -f -n -q -t 5 -T 2 -s {script}"
    return device.run(ask_for_one, check=False).split()


def ask(device: Space, name: str, kind: int, server: str = "10.84.0.1") -> tuple[int, list[str]]:
    """A question for a name: the code of the answer, and the addresses in it."""
    words = [sys.executable, __file__, name, str(kind), server]
    code, *addresses = device.run(shlex.join(words)).split()
    return int(code), addresses


def test_a_phone_gets_an_address_and_one_answer_to_all(box: Space, tmp_path: Path) -> None:
    with plugged(box, "wlan0") as phone:
        address, router, names, seconds = lease(phone, tmp_path)
        assert address.startswith("10.84.")
        assert address.endswith("/22")
        assert (router, names, seconds) == ("10.84.0.1", "10.84.0.1", "3600")
        here = (0, ["10.84.0.1"])
        assert ask(phone, "maktab.lan", 1) == here
        assert ask(phone, "connectivitycheck.gstatic.com", 1) == here
        assert ask(phone, "dns.msftncsi.com", 1) == (0, ["131.107.255.255"])
        for kind in (28, 65):  # AAAA, HTTPS: there is such a name, but nothing of this kind
            assert ask(phone, "www.google.com", kind) == (0, [])
        # A device that has a name server of its own.
        assert ask(phone, "khujand.tj", 1, "8.8.8.8") == here


def test_what_is_closed_says_so_at_once(box: Space, tmp_path: Path) -> None:
    with plugged(box, "wlan0") as phone:
        lease(phone, tmp_path)
        probe = (
            "import socket; s = socket.socket(); s.settimeout(30);"
            " print(s.connect_ex(('10.84.0.1', {})))"
        )
        for port in (22, 8080):
            said = phone.run(shlex.join([sys.executable, "-c", probe.format(port)]))
            assert said.strip() == "111"  # ECONNREFUSED


def test_a_typed_number_leads_to_the_portal(box: Space, tmp_path: Path) -> None:
    with plugged(box, "wlan0") as phone, box.running(f"{sys.executable} -m http.server 80"):
        until("no server", lambda: ":80 " in box.run("ss --tcp --listening -n"))
        lease(phone, tmp_path)
        fetch = "import urllib.request as u; print(u.urlopen('http://{}/').status)"
        for address in ("10.84.0.1", "1.1.1.1"):
            said = phone.run(shlex.join([sys.executable, "-c", fetch.format(address)]))
            assert said.strip() == "200"


def test_a_foreign_server_is_heard_and_reaches_nobody(box: Space, tmp_path: Path) -> None:
    probe = (_FILES / "systemd/system/chashma-dhcp-probe.service").read_text()
    command = next(line for line in probe.splitlines() if line.startswith("ExecStart="))

    def run(argv: Sequence[str]) -> str:
        if argv[0] == "systemctl":
            return box.run(command.removeprefix("ExecStart=-"), check=False)
        return box.run(shlex.join(argv))

    rival = Rival(run)
    with plugged(box, "eth7") as router, plugged(box, "wlan0") as phone:
        assert not rival.heard(0)
        assert not rival.heard(100)  # asked, and nobody answered
        router.run("ip addr add 192.168.7.1/24 dev eth0")
        server = (
            "dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=eth0"
            f" --dhcp-range=192.168.7.10,192.168.7.20 --dhcp-leasefile={tmp_path}/leases"
            " --user=root --no-ping --dhcp-authoritative"
        )
        with router.running(server):
            until("no server", lambda: ":67 " in router.run("ss --udp --listening -n"))
            now = itertools.count(200, 100)
            until("the other server was not heard", lambda: rival.heard(next(now)))
            assert lease(phone, tmp_path)[0].startswith("10.84.")


def test_a_server_among_the_pupils_reaches_nobody(box: Space, tmp_path: Path) -> None:
    before = box.run("nft list counter bridge chashma dhcp_on_wire")
    with plugged(box, "wlan1") as rogue, plugged(box, "wlan0") as phone:
        rogue.run("ip addr add 192.168.8.1/24 dev eth0")
        server = (
            "dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=eth0"
            f" --dhcp-range=192.168.8.10,192.168.8.20 --dhcp-leasefile={tmp_path}/leases"
            " --user=root --no-ping --dhcp-authoritative"
        )
        with rogue.running(server):
            until("no server", lambda: ":67 " in rogue.run("ss --udp --listening -n"))
            assert lease(phone, tmp_path)[0].startswith("10.84.")
    assert box.run("nft list counter bridge chashma dhcp_on_wire") == before


def test_all_addresses_are_given_out(box: Space, dnsmasq_folder: Path, tmp_path: Path) -> None:
    """Those who have one go on, a new device gets none. The last test, for it takes them all."""
    leases = dnsmasq_folder / "leases"
    with plugged(box, "wlan0") as old, plugged(box, "wlan1") as crowd, plugged(box, "wlan2") as new:
        address = lease(old, tmp_path)[0]
        fill = (sys.executable, str(_FILLER), "eth0")
        said = crowd.run(shlex.join([*fill, "3600", str(SIZE)]), seconds=_FILL_S)
        given, refused = said.split()
        assert int(given) + int(refused) == SIZE
        assert int(refused) >= 1
        assert pool_used_up(leases)

        assert lease(new, tmp_path) == []
        assert lease(old, tmp_path)[0] == address
        assert ask(old, "maktab.lan", 1) == (0, ["10.84.0.1"])


def _ask_here(name: str, kind: int, server: str) -> None:
    """Ask from the namespace in which this file runs as a program."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    question = struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(30)
        asking.sendto(question, (server, 53))
        answer = asking.recv(4096)
    flags, _, count = struct.unpack(">3H", answer[2:8])
    found = [socket.inet_ntoa(answer[-4:])] if count == 1 else []
    print(flags & 15, *found)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    _ask_here(sys.argv[1], int(sys.argv[2]), sys.argv[3])
