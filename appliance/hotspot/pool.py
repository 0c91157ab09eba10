# SPDX-License-Identifier: GPL-3.0-or-later
"""The addresses that the box gives out."""

from pathlib import Path

SIZE = 969
"""From 10.84.0.50 to 10.84.3.250, as the hotspot's ``dnsmasq.conf`` says."""


def pool_used_up(leases: Path) -> bool:
    """Whether the next device will get no address.

    Args:
        leases: dnsmasq's file: a line for each address that is given out; it may be absent.
    """
    try:
        return len(leases.read_bytes().splitlines()) >= SIZE
    except OSError:
        return False
