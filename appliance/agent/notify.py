# SPDX-License-Identifier: GPL-3.0-or-later
"""Telling systemd how far a service is (sd_notify(3)), without a library for one datagram."""

import logging
import os
import socket

log = logging.getLogger(__name__)


def notify(state: str) -> None:
    """Tell the service manager, where there is one.

    Args:
        state: such as ``READY=1`` or ``STOPPING=1``.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    # An abstract socket is written with an @ for the byte that it begins with.
    target = f"\0{address[1:]}" if address.startswith("@") else address
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as datagram:
            datagram.sendto(state.encode(), target)
    except OSError as exc:
        log.warning("systemd cannot be told %s: %s", state, exc)
