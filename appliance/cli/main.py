# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``chashma`` command, for scripts and for people at a shell."""

from pathlib import Path

import click

from appliance.cli.certificate import certificate_command
from appliance.cli.course import course_command
from appliance.cli.key import key_command
from appliance.cli.pack import pack_command
from appliance.cli.quiz import quiz_command
from appliance.process import LIMITED

# Packs, keys, courses and quizzes are made, and certificates checked, on any computer. A shelf
# stands only on Linux.
COMMANDS: tuple[click.Command, ...] = (
    *(pack_command, key_command, course_command, quiz_command),
    certificate_command,
)
if LIMITED:
    from appliance.cli.box import BOX_COMMANDS

    COMMANDS += BOX_COMMANDS


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


for command in COMMANDS:
    main.add_command(command)
