# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma password``: the way back in when nobody knows a password any more."""

from pathlib import Path

import click

from appliance.cli.output import configuration, options, print_json
from appliance.cli.owner import become_owner
from appliance.school.activity import Action, Activity
from appliance.school.database import open_school
from appliance.school.name_fold import fold_name
from appliance.school.password import hash_password, make_password
from appliance.school.staff import Staff


@click.command("password")
@click.argument("name", required=False)
@click.option("--card", is_flag=True, help="Make up one for chashma.toml instead.")
@options
@click.pass_context
def password_command(
    context: click.Context, name: str | None, card: bool, state: Path | None, as_json: bool
) -> None:
    """Give a member of staff a new first password, and print it.

    NAME is the name to sign in with. Whoever can read the state folder can do this.
    """
    if card:
        _for_card(as_json)
        return
    if not name:
        raise click.UsageError("Whose? Give the name to sign in with, or --card.")
    config = configuration(context, state)
    become_owner(config.school_db)
    school = open_school(config)
    staff = Staff(school)
    found = [one for one in staff.all() if fold_name(one.name) == fold_name(name)]
    if not found:
        names = ", ".join(one.name for one in staff.all()) or "nobody yet"
        raise click.ClickException(f"nobody signs in as {name}; there is: {names}")
    member, password = found[0], make_password()
    staff.set_password(member.id, password, temporary=True)
    Activity(school).note(None, Action.MEMBER_PASSWORD_RESET, person=member.display_name)
    if as_json:
        print_json({"name": member.name, "password": password})
    else:
        click.echo(password)


def _for_card(as_json: bool) -> None:
    """A password, and the line by which a box gives it to its account ``administrator``."""
    password = make_password()
    line = f'administrator_password_hash = "{hash_password(password)}"'
    if as_json:
        print_json({"name": "administrator", "password": password, "line": line})
    else:
        click.echo(f"{password}\n{line}")
