# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma check``: is the shelf whole?"""

from pathlib import Path

import click

from appliance.cli.output import configuration, options, print_json, say
from appliance.cli.owner import become_owner
from appliance.content.check import check
from appliance.content.shelf import Shelf


@click.command("check")
@options
@click.pass_context
def check_command(context: click.Context, state: Path | None, as_json: bool) -> None:
    """Compare the store with the catalogue and with the hashes of its files.

    Exit status 1 if anything is wrong.
    """
    config = configuration(context, state)
    become_owner(config.store)
    shelf = Shelf(config)
    problems = list(check(shelf))
    if as_json:
        print_json({"items": len(shelf.store.ids()), "problems": problems})
    else:
        for problem in problems:
            click.echo(f"{problem.where}: {problem.what}")
        say(f"{len(shelf.store.ids())} items, {len(problems)} problems")
    context.exit(1 if problems else 0)
