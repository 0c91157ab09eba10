# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent of a box, as ``chashma-agent.service`` starts it: ``python3 -P -m appliance.agent``."""

import grp
import logging
import os
import pwd
import signal
import threading
import time
from collections.abc import Sequence

from appliance.agent.actions.table import act
from appliance.agent.card import take_card
from appliance.agent.networks import Networks
from appliance.agent.notify import notify
from appliance.agent.parts import Later, Parts
from appliance.agent.server import Server
from appliance.agent.ssh import open_ssh
from appliance.clock.clock import keep_time
from appliance.config import Config, load_config
from appliance.hotspot.hotspot import Hotspot
from appliance.hotspot.places import Places
from appliance.process import ProcessError, run_limited

log = logging.getLogger(__name__)

_WEB_USER = "chashma-web"
_GROUP = "chashma"
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
    parts = Parts(config, networks, _systemctl, _settime, Later())
    server = Server(
        config.agent_socket,
        lambda request: act(parts, request),
        uids=frozenset({os.getuid(), *_uid(_WEB_USER)}),
        group=_gid(_GROUP),
    )
    server.stop_on(signal.SIGTERM, signal.SIGINT)
    networks.start()
    threading.Thread(target=_keep_time, args=(config,), name="time", daemon=True).start()
    notify("READY=1")
    if keys:
        _open_ssh(config, keys)
    server.run()
    notify("STOPPING=1")
    networks.stop()
    keep_time(config)


def _keep_time(config: Config) -> None:
    """systemd-timesyncd does the same; should it be stopped, the time is kept nevertheless."""
    while True:
        time.sleep(_KEEP_SECONDS)
        keep_time(config)


def _read_card(config: Config, hotspot: Hotspot) -> Sequence[str]:
    """The keys that it lets in. A box whose card is odd still has its hotspot."""
    try:
        return take_card(config, hotspot, _run).settings.ssh_keys
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


def _uid(name: str) -> tuple[int, ...]:
    try:
        return (pwd.getpwnam(name).pw_uid,)
    except KeyError:
        log.warning("there is no user %s", name)
        return ()


def _gid(name: str) -> int | None:
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


if __name__ == "__main__":
    main()
