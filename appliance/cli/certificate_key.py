# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma certificate key``: what others need to check the certificates of this box."""

from pathlib import Path

import click

from appliance.cli.output import configuration, options, print_json
from appliance.cli.owner import become_owner
from appliance.learning.certificate import Certificates
from appliance.learning.certificate_revocation import Revocations
from appliance.learning.certificate_school import revoked_text, school_text
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings


@click.command("key")
@click.option("--revoked", is_flag=True, help="Instead, the signed list of what was revoked.")
@options
@click.pass_context
def key_command(context: click.Context, state: Path | None, as_json: bool, revoked: bool) -> None:
    """Print what others need to check the certificates of this box."""
    config = configuration(context, state)
    become_owner(config.school_db)
    database = open_school(config)
    try:
        key = Certificates(database, config).key()
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    name = SchoolSettings(database).load().school_name
    text = revoked_text(*Revocations(database).listed(), key) if revoked else school_text(name, key)
    if as_json:
        print_json({"school": name, "text": text})
    else:
        click.echo(text)
