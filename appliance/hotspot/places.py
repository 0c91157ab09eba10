# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the hotspot finds and leaves things on the box, and the tools that it calls."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from appliance.process import run_limited

BRIDGE = "br0"
HOSTAPD_UNIT = "chashma-hostapd.service"
_SECONDS = 20
_MEMORY = 256 * 1024**2
_OUTPUT = 1024**2

Run = Callable[[Sequence[str]], str]
"""Calls a tool and gives back its standard output; raises ``ProcessError``."""


class Places(msgspec.Struct, frozen=True):
    """Files and folders; a test gives its own.

    Attributes:
        kept: the settings that outlast a start.
        rendered: for hostapd, in memory.
        networkd: where networkd looks for what was written since the boot.
        control: of hostapd's sockets, one for each radio.
        leases: of dnsmasq.
        sys: the kernel's devices.
        proc: the kernel's tables.
    """

    kept: Path = Path("/data/system/hotspot.json")
    rendered: Path = Path("/run/chashma-hotspot")
    networkd: Path = Path("/run/systemd/network")
    control: Path = Path("/run/hostapd")
    leases: Path = Path("/run/chashma-dnsmasq/leases")
    sys: Path = Path("/sys")
    proc: Path = Path("/proc")

    @property
    def hostapd_conf(self) -> Path:
        """hostapd's configuration."""
        return self.rendered / "hostapd.conf"

    @property
    def hostapd_log(self) -> Path:
        """What hostapd says."""
        return self.rendered / "hostapd.log"


def run_tool(argv: Sequence[str]) -> str:
    """Call a tool of the system; its standard output.

    Raises:
        ProcessError: it is not there, failed, or did not end.
    """
    output = run_limited(argv, timeout_s=_SECONDS, memory_bytes=_MEMORY, output_limit=_OUTPUT)
    return output.stdout.decode("utf-8", "replace")
