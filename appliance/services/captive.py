# SPDX-License-Identifier: GPL-3.0-or-later
"""The captive portal in nginx's language: the table of probes, as maps and locations."""

from collections.abc import Iterable

from appliance.services.probes import PROBES, Answer, Probe


def captive_values(probes: Iterable[Probe] = PROBES) -> dict[str, str]:
    """What ``templates/captive.conf`` leaves open."""
    probes = tuple(probes)
    hosts = {
        f"{host}{path}": probe.answer.name
        for probe in probes
        for host in probe.hosts
        for path in probe.paths
    }
    paths = {path: probe.answer.name for probe in probes if not probe.hosts for path in probe.paths}
    answers = {probe.answer.name: probe.answer for probe in probes}
    return {
        "captive_hosts": _map(hosts),
        "captive_paths": _map(paths),
        "captive_answers": "\n".join(_location(answer) for answer in answers.values()),
    }


def _map(entries: dict[str, str]) -> str:
    return "\n".join(f'    "{key}" {value};' for key, value in entries.items())


def _location(answer: Answer) -> str:
    lines = ["internal;"]
    if answer.online:
        # add_header is not inherited by a block that has its own.
        lines += [
            "add_header Cache-Control no-store always;",
            "add_header X-NetworkManager-Status online always;",
        ]
    if answer.kind:
        lines.append(f"default_type {answer.kind};")
    text = f" {_quoted(answer.text)}" if answer.text else ""
    lines.append(f"return {answer.status}{text};")
    inside = "\n".join(f"        {line}" for line in lines)
    return f"    location = /_captive/{answer.name} {{\n{inside}\n    }}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
