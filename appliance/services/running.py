# SPDX-License-Identifier: GPL-3.0-or-later
"""Which services run: systemd knows it on the box, locks and sockets tell it on a laptop."""

import socket
from collections.abc import Callable
from pathlib import Path

from appliance.config import Config
from appliance.services.box_units import UNITS
from appliance.services.launch import lease_file
from appliance.services.service import kiwix_port, services
from appliance.services.units import TARGET, unit_name

_UNITS = Path("/etc/systemd/system")
_GROUPS = Path("/sys/fs/cgroup/system.slice")
_CONNECT_SECONDS = 1.0


def running_services(
    config: Config, *, units: Path = _UNITS, groups: Path = _GROUPS
) -> dict[str, bool | None]:
    """For each service of the table, in its order, whether it runs; nothing where it is unknown.

    Args:
        units: the folder of systemd's units, which on the box holds ours.
        groups: the folder of the control groups in which systemd runs them.
    """
    if (units / TARGET).exists():
        return {name: _has_processes(groups / unit_name(name)) for name in UNITS}
    asked: dict[str, Callable[[], bool | None]] = {
        "nginx": lambda: _listens(("127.0.0.1", config.port)),
        "kiwix": lambda: _listens(("127.0.0.1", kiwix_port(config))),
        "search": lambda: _listens(config.run / "search.sock"),
        "web": lambda: _listens(config.run / "web.sock"),
        "worker": lambda: _holds_lease(lease_file(config, "worker")),
    }
    return {service.name: asked[service.name]() for service in services(config)}


def _has_processes(group: Path) -> bool | None:
    """Whether anything lives in a control group; systemd removes that of a service that ended.

    See ``Documentation/admin-guide/cgroup-v2.rst`` of the kernel: ``populated`` of
    ``cgroup.events``. Reading it needs no right and no process, unlike asking systemd.
    """
    try:
        return "populated 1" in (group / "cgroup.events").read_text(encoding="ascii")
    except FileNotFoundError:
        return False if group.parent.is_dir() else None
    except OSError:
        return None


def _listens(address: Path | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(address, Path) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(_CONNECT_SECONDS)
        try:
            connection.connect(str(address) if isinstance(address, Path) else address)
        except OSError:
            return False
    return True


def _holds_lease(file: Path) -> bool | None:
    """Whether the lock of a service is held; read, because trying it would get in its way.

    See proc_locks(5): the sixth column is ``major:minor:inode``. The list is read in pieces while
    it changes, so a line may be missed; not three times in a row.
    """
    try:
        inode = file.stat().st_ino
        return any(_is_locked(inode) for _ in range(3))
    except OSError:
        return None


def _is_locked(inode: int) -> bool:
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return any(line.split()[5].endswith(f":{inode}") for line in lines if "FLOCK" in line)
