# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands for a shelf, and for the box that it stands on."""

import click

from appliance.cli.agent import hotspot_command, power_command, time_command
from appliance.cli.certificate import certificate_command
from appliance.cli.certificate_key import key_command
from appliance.cli.check import check_command
from appliance.cli.drives import drives_command
from appliance.cli.ingest import ingest_command
from appliance.cli.password import password_command
from appliance.cli.search import search_command
from appliance.cli.shelf import list_command, remove_command, restore_command, show_command
from appliance.cli.status import status_command

BOX_COMMANDS: tuple[click.Command, ...] = (
    ingest_command,
    list_command,
    search_command,
    show_command,
    remove_command,
    restore_command,
    check_command,
    status_command,
    drives_command,
    password_command,
    hotspot_command,
    time_command,
    power_command,
)

# Checking needs no box; the key is that of one.
certificate_command.add_command(key_command)
