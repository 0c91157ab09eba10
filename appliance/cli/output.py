# SPDX-License-Identifier: GPL-3.0-or-later
"""What the ``chashma`` commands share: their options, and how they speak."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from appliance.config import Config, load_config
from appliance.errors import ConfigError
from appliance.language import UI_LANGUAGES

_Command = TypeVar("_Command", bound=Callable[..., Any])


def options(command: _Command) -> _Command:
    """Give a command ``--state`` and ``--json``."""
    state = click.option(
        "--state",
        type=click.Path(file_okay=False, path_type=Path),
        help="The state folder (else CHASHMA_STATE).",
    )
    as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
    return state(as_json(command))


def configuration(context: click.Context, state: Path | None) -> Config:
    """The configuration for the state folder named on the command line, before or after the verb.

    Raises:
        click.ClickException: it cannot be used.
    """
    try:
        return load_config(state=state or context.find_root().params.get("state"))
    except ConfigError as exc:
        raise click.ClickException(str(exc)) from exc


def print_json(value: object) -> None:
    """One line of JSON on standard output, written out at once."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """A message for people, on standard error."""
    click.echo(text, err=True)


def write_template(
    target: Path, write: Callable[[Path], None], what_next: str, *, as_json: bool
) -> None:
    """Write a spreadsheet to fill in, and say what to do with it.

    Raises:
        click.ClickException: there is something of that name, or it cannot be written.
    """
    if target.exists():
        raise click.ClickException(f"{target} is there already; nothing was changed")
    try:
        write(target)
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    if as_json:
        print_json({"file": str(target)})
    else:
        say(f"{target}: {what_next}")


def language() -> str:
    """The language that this terminal wants, else English."""
    wanted = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2]
    return wanted if wanted in UI_LANGUAGES else "en"
