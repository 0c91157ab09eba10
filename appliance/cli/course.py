# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma course``: making courses on any computer."""

from pathlib import Path

import click
import msgspec

from appliance.cli.output import language, print_json, say, write_template
from appliance.content.cartridge.convert import convert
from appliance.content.cartridge.report import REASONS
from appliance.content.course.template import write_course_template
from appliance.content.file_name import safe_names
from appliance.errors import RefusalError
from appliance.reasons import sentence


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
    write_template(
        target,
        lambda file: write_course_template(file, folder),
        "fill in what shall be known; the file names in it stay as they are",
        as_json=as_json,
    )


@course_command.command("convert")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to make, else one of the file's name beside it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def course_convert_command(file: Path, folder: Path | None, as_json: bool) -> None:
    """Make a course folder of FILE: an IMS Common Cartridge (.imscc) or a Moodle backup (.mbz).

    What comes over and what does not is listed by name. The folder can be changed, brought to a
    box, or made a pack of.
    """
    folder = folder or file.with_name(safe_names([file.stem])[0])
    try:
        report = convert(file, folder)
    except FileExistsError as exc:
        raise click.ClickException(f"{folder} is there already; nothing was changed") from exc
    except RefusalError as exc:
        raise click.ClickException(sentence(exc.code, exc.details, language())) from exc
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    if as_json:
        print_json({"folder": str(folder), **msgspec.to_builtins(report)})
        return
    say(f"{folder}: {report.title}, {len(report.came)} lessons")
    for path, title in report.came:
        say(f"  + {title} ({path})")
    for left in report.left:
        about = f" ({left.about})" if left.about else ""
        say(f"  - {left.title}{about}: {REASONS[left.reason]}")
