# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma drives``: the sticks that are plugged in."""

from pathlib import Path

import click

from appliance.cli.output import configuration, language, options, print_json
from appliance.language import size_in_words
from appliance.usb.drive_list import MountedDrive, read_drive_list
from appliance.usb.problems import sentence


@click.command("drives")
@options
@click.pass_context
def drives_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """List the sticks that are plugged in, as the agent sees them."""
    found = read_drive_list(configuration(context, state).drives)
    if as_json:
        print_json(found)
        return
    for drive in found:
        click.echo(_line(drive))


def _line(drive: MountedDrive) -> str:
    words = [
        drive.id,
        f"{drive.label or drive.maker or '–'}",
        drive.file_system or "–",
        size_in_words(drive.size, language()),
    ]
    if drive.parts > 1:
        words.append(f"{drive.part}/{drive.parts}")
    if drive.problem:
        words.append(sentence(drive.problem, language()))
    return "  ".join(words)
