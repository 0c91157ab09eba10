# SPDX-License-Identifier: GPL-3.0-or-later
"""Ethernet ports: asking, serving, and giving way to another server."""

import pytest

from appliance.hotspot.places import Places
from appliance.hotspot.settings import Wired
from appliance.hotspot.wire import ASK_S, YIELD_S, Phase, Sight, Wire
from appliance.hotspot.wires import Wires
from tests.unit.appliance.hotspot.fakes import Machine

_PLUGGED, _BARE = Sight(carrier=True), Sight(carrier=False)
_GIVEN = Sight(carrier=True, address="192.168.1.5")
_RIVAL = Sight(carrier=True, rival=True)


def phases(wired: Wired, *sights: tuple[float, Sight]) -> list[Phase]:
    """What a port does after each sight."""
    wire = Wire("eth0", wired)
    done = []
    for now, sight in sights:
        wire.look(now, sight)
        done.append(wire.phase)
    return done


def test_a_port_asks_and_then_serves() -> None:
    assert phases(
        Wired.AUTO,
        (0, _BARE),
        (100, _PLUGGED),
        (100 + ASK_S - 1, _PLUGGED),
        (100 + ASK_S, _PLUGGED),
    ) == [Phase.ASKING, Phase.ASKING, Phase.ASKING, Phase.SERVING]


def test_a_port_that_is_given_an_address_is_the_line_until_it_is_pulled() -> None:
    assert phases(
        Wired.AUTO,
        (0, _PLUGGED),
        (5, _GIVEN),
        (4000, _PLUGGED),  # the lease ran out
        (5000, _PLUGGED),
        (5001, _BARE),
        (5002, _BARE),
        (5005, _BARE),
        (6000, _PLUGGED),
        (6020, _PLUGGED),
    ) == [
        Phase.ASKING,
        Phase.UPLINK,
        Phase.ASKING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.SERVING,
    ]


def test_a_port_that_falls_silent_for_a_moment_goes_on_serving() -> None:
    assert (
        phases(
            Wired.AUTO, (0, _PLUGGED), (20, _PLUGGED), (21, _BARE), (22, _PLUGGED), (23, _PLUGGED)
        )[1:]
        == [Phase.SERVING] * 4
    )


def test_a_port_gives_way_to_another_server() -> None:
    assert phases(
        Wired.AUTO,
        (0, _PLUGGED),
        (20, _PLUGGED),
        (60, _RIVAL),
        (100, _PLUGGED),
        (60 + YIELD_S - 1, _PLUGGED),
        (60 + YIELD_S, _PLUGGED),
    ) == [
        Phase.ASKING,
        Phase.SERVING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.ASKING,
        Phase.SERVING,
    ]


def test_who_gives_way_and_is_given_an_address_has_no_rival() -> None:
    wire = Wire("eth0", Wired.AUTO)
    for now, sight in ((0, _PLUGGED), (20, _PLUGGED), (60, _RIVAL)):
        wire.look(now, sight)
    assert wire.rivalled(60)
    wire.look(63, _GIVEN)
    assert wire.phase is Phase.UPLINK
    assert not wire.rivalled(63)


def test_a_port_for_one_thing_does_that() -> None:
    sights = ((0, _PLUGGED), (500, _PLUGGED), (501, _RIVAL), (502, _BARE))
    assert set(phases(Wired.SERVE, *sights)) == {Phase.SERVING}
    assert set(phases(Wired.UPLINK, *sights)) == {Phase.ASKING}


def made(machine: Machine, wired: Wired = Wired.AUTO) -> Wires:
    """Two ports, and a radio that is none."""
    machine.add("eth0", index=2, driver="bcmgenet", bus="platform", radio=False)
    machine.add("enx001122334455", index=5, driver="r8152", bus="usb", radio=False)
    machine.add("wlan0", index=3, driver="brcmfmac", bus="sdio")
    return Wires(machine.places, machine.run, wired)


def serving(places: Places) -> set[str]:
    """Ports for which networkd has a file."""
    return {file.name.split("-", 3)[3].split(".")[0] for file in places.networkd.glob("*")}


def test_each_port_decides_for_itself(machine: Machine, addresses: dict[str, str]) -> None:
    wires = made(machine)
    machine.carrier("eth0", on=True)
    machine.carrier("enx001122334455", on=True)
    wires.look(0)
    assert wires.wired() is Wired.AUTO
    addresses["eth0"] = "192.168.1.5"
    wires.look(20)
    assert (wires.wired(), wires.address()) == (Wired.UPLINK, "192.168.1.5")
    assert serving(machine.places) == {"enx001122334455"}
    machine.pull("enx001122334455")
    wires.look(21)
    assert serving(machine.places) == set()
    assert machine.calls.count("networkctl reload") == 3


@pytest.mark.usefixtures("addresses")
def test_a_change_of_use_holds_at_once(machine: Machine) -> None:
    wires = made(machine, Wired.SERVE)
    wires.look(0)
    assert serving(machine.places) == {"eth0", "enx001122334455"}
    wires.use(Wired.UPLINK)
    wires.look(1)
    assert serving(machine.places) == set()


@pytest.mark.usefixtures("addresses")
def test_another_server_is_looked_for_and_heard(machine: Machine) -> None:
    wires = made(machine)
    machine.packets = 5  # from before
    machine.carrier("eth0", on=True)
    wires.look(0)
    assert not any(call.startswith("nft") for call in machine.calls)
    wires.look(20)
    for now in (21, 22, 23):
        wires.look(now)
    assert machine.calls.count("systemctl start --no-block chashma-dhcp-probe.service") == 1
    assert wires.wired() is Wired.SERVE
    machine.packets = 6
    wires.look(24)
    assert wires.rivalled(24)
    assert wires.wired() is Wired.AUTO
    assert serving(machine.places) == set()


@pytest.mark.usefixtures("addresses")
def test_where_serving_is_wanted_a_rival_is_only_told(machine: Machine) -> None:
    wires = made(machine, Wired.SERVE)
    machine.carrier("eth0", on=True)
    for now in (0, 1, 2):
        wires.look(now)
    machine.packets = 1
    wires.look(3)
    assert wires.rivalled(3)
    assert "eth0" in serving(machine.places)
    assert not wires.rivalled(3 + YIELD_S)


@pytest.mark.usefixtures("addresses")
def test_a_firewall_that_does_not_answer_stops_nothing(machine: Machine) -> None:
    machine.failing = {"nft", "systemctl"}
    wires = made(machine, Wired.SERVE)
    machine.carrier("eth0", on=True)
    wires.look(0)
    wires.look(1)
    assert wires.wired() is Wired.SERVE
