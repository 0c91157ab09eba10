# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack template``: the spreadsheet to fill in."""

from pathlib import Path

import click

from appliance.cli.output import print_json, say
from appliance.content.pack.template import write_template


@click.command("template")
@click.option(
    "-o",
    "--output",
    "target",
    default=Path("catalog.xlsx"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to write it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def template_command(target: Path, as_json: bool) -> None:
    """Write a spreadsheet with headings in three languages, to lay beside the files."""
    if target.exists():
        raise click.ClickException(f"{target} is there already; nothing was changed")
    try:
        write_template(target)
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    if as_json:
        print_json({"file": str(target)})
    else:
        say(f"{target}: fill in a row for each file, and lay it beside them as catalog.xlsx")
