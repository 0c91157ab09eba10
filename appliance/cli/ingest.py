# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma ingest``: bring files onto the shelf."""

from pathlib import Path

import click

from appliance.cli.output import configuration, language, options, print_json, say
from appliance.cli.owner import become_owner
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.progress import Progress, Report
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf

_MARKS = {Status.INSTALLED: "+", Status.ALREADY: "=", Status.REJECTED: "!"}


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options
@click.pass_context
def ingest_command(
    context: click.Context, paths: tuple[Path, ...], state: Path | None, as_json: bool
) -> None:
    """Bring files, or all files of folders, onto the shelf.

    With --json: one object a line: file, status (installed, already, rejected), id, kind, title,
    languages, reason.
    """
    config = configuration(context, state)
    become_owner(config.store)
    shelf = Shelf(config)
    shelf.repair()
    candidates = list(discover(path.absolute() for path in paths))
    if not candidates:
        say("There is nothing in there that could go on the shelf.")
    refused = 0
    for result in ingest(candidates, shelf, Progress(_watch if not as_json else lambda _: None)):
        refused += result.status is Status.REJECTED
        if as_json:
            print_json(result.for_people(language()))
        else:
            _tell(result)
    context.exit(1 if refused or not candidates else 0)


def _tell(result: IngestResult) -> None:
    line = f"{_MARKS[result.status]} {result.file}"
    click.echo(f"{line}  →  {result.title} [{result.id}]" if result.id else line)
    if result.code:
        say(f"    {result.reason(language())}")


def _watch(report: Report) -> None:
    if report.total_bytes and click.get_text_stream("stderr").isatty():
        part = 100 * report.done_bytes // report.total_bytes
        click.echo(f"\r{part:3d} %  {report.current[:60]:<60}", err=True, nl=False)
