# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``chashma`` command, for scripts and for people at a shell."""

from pathlib import Path

import click

from appliance.cli.agent import hotspot_command, power_command, time_command
from appliance.cli.check import check_command
from appliance.cli.course import course_command
from appliance.cli.drives import drives_command
from appliance.cli.ingest import ingest_command
from appliance.cli.key import key_command
from appliance.cli.pack import pack_command
from appliance.cli.password import password_command
from appliance.cli.quiz import quiz_command
from appliance.cli.search import search_command
from appliance.cli.shelf import list_command, remove_command, restore_command, show_command
from appliance.cli.status import status_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="The state folder (else CHASHMA_STATE).",
)
def main(state: Path | None) -> None:
    """The library of a school without internet.

    Exit status 0 only if all went well; messages go to standard error.
    """


for command in (
    ingest_command,
    list_command,
    search_command,
    show_command,
    remove_command,
    restore_command,
    check_command,
    pack_command,
    quiz_command,
    course_command,
    key_command,
    status_command,
    drives_command,
    password_command,
    hotspot_command,
    time_command,
    power_command,
):
    main.add_command(command)
