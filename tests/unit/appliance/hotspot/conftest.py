# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine for each test."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.hotspot import wires
from tests.unit.appliance.hotspot.fakes import Machine


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Without radios and ports at first."""
    # Not pytest's own folder: its long name would not leave room for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="hotspot-") as folder:
        made = Machine(Path(folder))
        yield made
        made.hostapd.stop()


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What DHCP servers have given to the ports; a test may change it."""
    given: dict[str, str] = {}
    monkeypatch.setattr(wires, "_addresses", lambda: given)
    return given
