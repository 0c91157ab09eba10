# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the box needs of systemd and nginx: ``python -m appliance.services.box ROOT``.

It runs where the image is built, so all paths are the box's, and the same comes out on every
machine. What a person may change is not here: the agent renders that on the running box.
"""

import sys
from pathlib import Path

from appliance.config import Config
from appliance.services.box_units import CERTIFICATE, UNITS
from appliance.services.folders import SYSUSERS, TMPFILES
from appliance.services.render import write_nginx_files
from appliance.services.service import Machine, Service, agent, services
from appliance.services.units import TARGET, once_text, service_text, target_text, unit_name

CONFIG = Config(
    state=Path("/data"),
    runtime=Path("/run/chashma"),
    portal_host="maktab.lan",
    read_host="read-maktab.lan",
    admin_host="admin.maktab.lan",
    port=80,
    admin_port=443,
    kiwix_serve="/usr/bin/kiwix-serve",
)
MACHINE = Machine(
    python="/usr/bin/python3",
    nginx="/usr/sbin/nginx",
    kiwix_serve="/usr/bin/kiwix-serve",
    nginx_files=Path("/etc/chashma/nginx"),
    memory=Path("/dev/shm"),  # noqa: S108 - gunicorn makes its file there with mkstemp
)
_WEB = Path("/usr/local/lib/python3.13/dist-packages/webapp")
_CERTIFICATE_UNIT = "chashma-certificate.service"


def box_services() -> tuple[Service, ...]:
    """The table of services as the box has it, the agent included."""
    return (*services(CONFIG, MACHINE), agent(MACHINE))


def write_box(root: Path) -> None:
    """Write everything static below ``root``; what is there already is replaced."""
    units = root / "etc/systemd/system"
    for name, text in _unit_texts().items():
        _write(units / name, text)
    wanted = units / "multi-user.target.wants" / TARGET
    wanted.parent.mkdir(parents=True, exist_ok=True)
    wanted.unlink(missing_ok=True)
    wanted.symlink_to(f"../{TARGET}")
    _write(root / "usr/lib/sysusers.d/chashma.conf", SYSUSERS)
    _write(root / "usr/lib/tmpfiles.d/chashma.conf", TMPFILES)
    _write(root / "etc/chashma/config.toml", _config_text())
    write_nginx_files(
        CONFIG,
        root / "etc/chashma/nginx",
        web=_WEB,
        # It is started as www-data and never was root.
        user="",
        ipv6=True,
        # No certificate of ours is ever shown for a name that is not ours.
        foreign_tls="ssl_reject_handshake on;",
    )


def _unit_texts() -> dict[str, str]:
    """By file name: the units of the table, the one that runs once, and the target."""
    texts = {
        unit_name(service.name): service_text(service, UNITS[service.name])
        for service in box_services()
    }
    texts[_CERTIFICATE_UNIT] = once_text(
        CERTIFICATE, (MACHINE.python, "-P", "-m", "appliance.services.certificate")
    )
    texts[TARGET] = target_text(sorted(texts))
    return texts


def _config_text() -> str:
    lines = (
        f'{name} = "{value}"' if isinstance(value, str | Path) else f"{name} = {value}"
        for name in CONFIG.__struct_fields__
        if (value := getattr(CONFIG, name)) is not None
    )
    return "# What is settled when the image is built.\n" + "\n".join(lines) + "\n"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_box(Path(sys.argv[1]))
