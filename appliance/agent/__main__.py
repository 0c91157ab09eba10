# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent of a box, as ``chashma-agent.service`` starts it: ``python3 -P -m appliance.agent``."""

import grp
import logging
import os
import pwd
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from appliance.agent.actions.table import act
from appliance.agent.allowed import ALLOWED, EVERYTHING, Kinds
from appliance.agent.card import take_card
from appliance.agent.networks import Networks
from appliance.agent.notify import notify
from appliance.agent.parts import Later, Parts
from appliance.agent.server import Server
from appliance.agent.ssh import open_ssh
from appliance.agent.sticks import look_after
from appliance.clock.clock import keep_time
from appliance.config import Config, load_config
from appliance.hotspot.hotspot import Hotspot
from appliance.hotspot.places import Places
from appliance.process import ProcessError, run_limited
from appliance.usb.drives import Drives
from appliance.usb.lamp import Lamp

log = logging.getLogger(__name__)

_WEB_USER = "chashma-web"
_CONTENT_USER = "chashma-content"
_GROUP = "chashma"
# Not by the name that the state folder has for it: the kernel tells of mounts by this one.
_DRIVES = Path("/run/chashma-drives")
_KEEP_SECONDS = 300
_TOOL_SECONDS = 30
_TOOL_MEMORY = 256 * 1024**2
_TOOL_OUTPUT = 1024**2


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    config = load_config()
    hotspot = Hotspot(Places(kept=config.state / "system" / "hotspot.json"))
    keys = _read_card(config, hotspot)
    networks = Networks(hotspot)
    drives = Drives(_DRIVES, (_uid(_CONTENT_USER) or 0, _gid(_GROUP) or 0))
    lamp = Lamp(config.agent_socket.parent / "light")
    parts = Parts(config, networks, _systemctl, _settime, Later(), drives, lamp)
    server = Server(
        config.agent_socket,
        lambda request: act(parts, request),
        allowed=_allowed(),
        group=_gid(_GROUP),
    )
    server.stop_on(signal.SIGTERM, signal.SIGINT)
    networks.start()
    ending = look_after(drives)
    threading.Thread(target=_keep_time, args=(config,), name="time", daemon=True).start()
    notify("READY=1")
    if keys:
        _open_ssh(config, keys)
    server.run()
    notify("STOPPING=1")
    networks.stop()
    ending.set()
    keep_time(config)


def _keep_time(config: Config) -> None:
    """systemd-timesyncd does the same; should it be stopped, the time is kept nevertheless."""
    while True:
        time.sleep(_KEEP_SECONDS)
        keep_time(config)


def _read_card(config: Config, hotspot: Hotspot) -> Sequence[str]:
    """The keys that it lets in. A box whose card is odd still has its hotspot."""
    try:
        return take_card(config, hotspot, _run, reader=_uid(_WEB_USER)).settings.ssh_keys
    except Exception:
        # Whatever stands on a card that anybody may have edited: the agent must still start.
        log.exception("the card was not read")
        return ()


def _open_ssh(config: Config, keys: Sequence[str]) -> None:
    try:
        open_ssh(keys, config.state / "system" / "ssh", _run)
    except (ProcessError, OSError):
        log.exception("ssh stays closed")


def _systemctl(*words: str) -> None:
    _run(("systemctl", *words))


def _settime(moment: float) -> None:
    time.clock_settime(time.CLOCK_REALTIME, moment)


def _run(argv: Sequence[str]) -> None:
    run_limited(argv, timeout_s=_TOOL_SECONDS, memory_bytes=_TOOL_MEMORY, output_limit=_TOOL_OUTPUT)


def _allowed() -> Mapping[int, Kinds]:
    users = ((_uid(name), kinds) for name, kinds in ALLOWED.items())
    return {uid: kinds for uid, kinds in users if uid is not None} | {os.getuid(): EVERYTHING}


def _uid(name: str) -> int | None:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        log.warning("there is no user %s", name)
        return None


def _gid(name: str) -> int | None:
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


if __name__ == "__main__":
    main()
