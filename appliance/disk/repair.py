# SPDX-License-Identifier: GPL-3.0-or-later
"""Repair of the data partition, because a person asked for it."""

from collections.abc import Callable

REPAIR_TARGET = "chashma-repair.target"


def repair_data(systemctl: Callable[..., None]) -> None:
    """Stop everything that stands on ``/data``, mend it, and start the box anew.

    The one who asks is stopped too, so systemd does the work (``chashma-repair.service``); what
    came of it is told by ``read_data`` after the start.

    Args:
        systemctl: runs ``systemctl`` with these words.

    Raises:
        ApplianceError: whatever ``systemctl`` raises where systemd does not begin.
    """
    systemctl("--no-block", "isolate", REPAIR_TARGET)
