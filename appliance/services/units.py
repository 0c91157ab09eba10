# SPDX-License-Identifier: GPL-3.0-or-later
"""The systemd units of the box, from the table of services and from what each may touch."""

import re
from collections.abc import Iterable

import msgspec

from appliance.services.service import Service

TARGET = "chashma.target"


class Unit(msgspec.Struct, frozen=True):
    """What systemd has to know of a service beyond its command line.

    Attributes:
        about: what it is, for the journal.
        user: that it runs as; ``group`` likewise.
        writes: folders that it may write to; the rest of the file system is read-only.
        hides: folders and files that it cannot even see.
        sandbox: whether it gets ``SANDBOX``; only the agent does not.
        unit: more lines of the section ``[Unit]``; ``lines`` likewise of ``[Service]``.
    """

    about: str
    user: str
    group: str
    writes: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    sandbox: bool = True
    unit: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


SANDBOX = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectProc=invisible",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "RemoveIPC=yes",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "SystemCallArchitectures=native",
    "SystemCallErrorNumber=EPERM",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged",
)
"""For every service but the agent. ``@resources`` stays: limited children need prlimit(2)."""

# The school's box has nobody who starts a service again: never give up, but ever more slowly.
_PATIENCE = (
    "Restart=always",
    "RestartSec=500ms",
    "RestartSteps=6",
    "RestartMaxDelaySec=30s",
    # A slow card or an emulated processor is no failure.
    "TimeoutStartSec=5min",
    "TimeoutStopSec=10s",
    "KillMode=mixed",
)


def unit_name(service: str) -> str:
    """The systemd unit of a service of the table."""
    return f"chashma-{service}.service"


def service_text(service: Service, unit: Unit) -> str:
    """The text of ``chashma-NAME.service``."""
    start = " ".join(_word(word) for word in service.command)
    lines = [
        f"User={unit.user}",
        f"Group={unit.group}",
        *(f"Environment={_word(f'{k}={v}')}" for k, v in service.environment.items()),
        f"WorkingDirectory={service.folder}",
        f"ExecStart={start}",
        *_PATIENCE,
        *(SANDBOX if unit.sandbox else ()),
        *(f"ReadWritePaths=-{path}" for path in unit.writes),
        *(f"InaccessiblePaths=-{path}" for path in unit.hides),
        *unit.lines,
    ]
    return _sections(
        (f"Description={unit.about}", f"PartOf={TARGET}", "StartLimitIntervalSec=0", *unit.unit),
        lines,
    )


def once_text(unit: Unit, command: Iterable[str]) -> str:
    """The text of a unit that does something once and ends."""
    lines = [
        "Type=oneshot",
        f"User={unit.user}",
        f"Group={unit.group}",
        f"ExecStart={' '.join(_word(word) for word in command)}",
        *(SANDBOX if unit.sandbox else ()),
        *(f"ReadWritePaths=-{path}" for path in unit.writes),
        *(f"InaccessiblePaths=-{path}" for path in unit.hides),
        *unit.lines,
    ]
    return _sections((f"Description={unit.about}", *unit.unit), lines)


def target_text(units: Iterable[str]) -> str:
    """The text of the target that holds all of them."""
    return _sections(("Description=Chashma", *(f"Wants={unit}" for unit in units)), ())


def _sections(unit: Iterable[str], service: Iterable[str]) -> str:
    head = "# Rendered from appliance/services when the image is built.\n"
    text = head + "\n".join(["[Unit]", *unit]) + "\n"
    lines = list(service)
    return text + ("\n" + "\n".join(["[Service]", *lines]) + "\n" if lines else "")


def _word(word: str) -> str:
    """A word of a command line as systemd reads it (systemd.syntax(7), specifiers, variables)."""
    if re.fullmatch(r"[A-Za-z0-9_@:,./+=-]+", word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
