# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack``: packs of content, made and looked at on any computer."""

import click

from appliance.cli.pack_create import create_command
from appliance.cli.pack_look import show_command, sign_command, verify_command
from appliance.cli.pack_template import template_command


@click.group("pack")
def pack_command() -> None:
    """Packs of content for the boxes of a district."""


for command in (
    create_command,
    template_command,
    sign_command,
    verify_command,
    show_command,
):
    pack_command.add_command(command)
