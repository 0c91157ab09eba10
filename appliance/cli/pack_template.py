# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack template``: the spreadsheet to fill in."""

from pathlib import Path

import click

from appliance.cli.output import write_template
from appliance.content.pack.template import write_catalog_template


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
    write_template(
        target,
        write_catalog_template,
        "fill in a row for each file, and lay it beside them as catalog.xlsx",
        as_json=as_json,
    )
