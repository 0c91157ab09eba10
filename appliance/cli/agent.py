# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma power``, ``time`` and ``hotspot``: what the agent does, asked from a shell."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from appliance.agent.client import ask
from appliance.agent.protocol import (
    AgentAbsentError,
    AgentError,
    AgentRefusedError,
    PowerOff,
    ReadHotspot,
    Restart,
    SetClock,
)
from appliance.agent.refusals import sentence
from appliance.cli.output import configuration, language, options, print_json
from appliance.clock.clock import read_clock
from appliance.hotspot.state import HotspotState


@click.command("power")
@click.argument("what", type=click.Choice(["off", "restart"]))
@options
@click.pass_context
def power_command(context: click.Context, what: str, state: Path | None, as_json: bool) -> None:
    """Switch the box off, or start it anew."""
    config = configuration(context, state)
    with _told():
        ask(config, PowerOff() if what == "off" else Restart())
    if as_json:
        print_json({"power": what})


@click.command("time")
@click.argument("now", required=False, metavar="[SET]")
@options
@click.pass_context
def time_command(
    context: click.Context, now: str | None, state: Path | None, as_json: bool
) -> None:
    """Tell the time and how sure the box is of it, or set it.

    SET is such as 2026-09-01T08:30, by the box's own time zone, or 2026-09-01T03:30:00Z.
    """
    config = configuration(context, state)
    if now is None:
        clock = read_clock(config)
    else:
        told = _utc(now)
        with _told():
            clock = ask(config, SetClock(told))
    if as_json:
        print_json(clock)
    else:
        click.echo(f"{clock.time}  {clock.confidence}")


@click.command("hotspot")
@options
@click.pass_context
def hotspot_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """Tell how the box's networks are."""
    config = configuration(context, state)
    with _told():
        hotspot = ask(config, ReadHotspot())
    if as_json:
        # The password is for the screen of the panel, not for the log of a script.
        settings = msgspec.structs.replace(hotspot.settings, password="")
        print_json(msgspec.structs.replace(hotspot, settings=settings))
        return
    for name, value in _facts(hotspot).items():
        click.echo(f"{name:<12} {value}")


def _facts(hotspot: HotspotState) -> dict[str, object]:
    radio, settings = hotspot.radio, hotspot.settings
    facts: dict[str, object] = {
        "name": settings.name,
        "security": "WPA2" if settings.password else "open",
        "running": f"channel {hotspot.channel}" if hotspot.running else "no",
        "radio": f"{radio.interface} ({radio.driver})" if radio else "none",
        "connected": f"{hotspot.connected} of {radio.most}" if radio else hotspot.connected,
        "refused": hotspot.refused,
        "wired": f"{hotspot.wired} {hotspot.wired_address}".rstrip(),
    }
    if hotspot.unconfirmed_seconds is not None:
        facts["goes back"] = f"in {hotspot.unconfirmed_seconds} s unless confirmed"
    if hotspot.troubles:
        facts["troubles"] = ", ".join(hotspot.troubles)
    return facts


def _utc(text: str) -> str:
    try:
        told = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    except (ValueError, OverflowError) as exc:
        raise click.BadParameter(f"{text} is no time such as 2026-09-01T08:30") from exc
    return told.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with the agent, as the command says it."""
    try:
        yield
    except AgentAbsentError as exc:
        raise click.ClickException(
            f"{exc}: this machine is not a box, or the box is starting"
        ) from exc
    except AgentRefusedError as exc:
        raise click.ClickException(sentence(exc.refusal, language())) from exc
    except AgentError as exc:
        raise click.ClickException(str(exc)) from exc
