# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma course``: making courses on any computer."""

from pathlib import Path

import click

from appliance.cli.output import print_json, say
from appliance.content.course.template import write_course_template


@click.group("course")
def course_command() -> None:
    """Courses made of folders."""


@course_command.command("template")
@click.argument(
    "folder",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Where to write it, else course.xlsx in FOLDER or here.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def course_template_command(folder: Path | None, target: Path | None, as_json: bool) -> None:
    """Write the spreadsheet of a course, with a row for each unit and lesson of FOLDER."""
    target = target or (folder or Path()) / "course.xlsx"
    if target.exists():
        raise click.ClickException(f"{target} is there already; nothing was changed")
    try:
        write_course_template(target, folder)
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    if as_json:
        print_json({"file": str(target)})
    else:
        say(f"{target}: fill in what shall be known; the file names in it stay as they are")
