# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma certificate check``: is a certificate real? On any computer."""

from pathlib import Path

import click

from appliance.cli.output import language, print_json, say
from appliance.errors import ApplianceError
from appliance.language import translations
from appliance.learning.certificate_check import Finding, Verdict, check_text
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_school import School, read_schools
from appliance.learning.certificate_seal import Purpose, has_seal
from appliance.learning.certificate_words import FINDINGS, UNSURE, certificate_facts

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("certificate")
def certificate_command() -> None:
    """Certificates of completed courses."""


@certificate_command.command("check")
@click.argument("text")
@click.option(
    "--school",
    "files",
    type=_FILE,
    multiple=True,
    help="What schools gave: their keys and lists, one a line. As often as you like.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.pass_context
def check_command(
    context: click.Context, text: str, files: tuple[Path, ...], as_json: bool
) -> None:
    """Check the TEXT of a certificate's QR code, or of a file; "-" reads standard input.

    Exit status 0 only if it is signed by one of the schools and was not revoked.
    """
    said = _text(text)
    if not has_seal(said, Purpose.STATEMENT):
        raise click.ClickException(
            "this is no text of a QR code; a short code can be checked on the box that gave it"
        )
    verdict = check_text(said, _schools(files))
    if as_json:
        print_json(verdict)
    else:
        _show(verdict)
    context.exit(0 if verdict.holds else 1)


def _text(given: str) -> str:
    if given == "-":
        return click.get_text_stream("stdin", errors="replace").read()
    # What is signed is longer than a name may be, and no file of that name exists.
    if has_seal(given, Purpose.STATEMENT):
        return given
    try:
        return Path(given).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return given


def _schools(files: tuple[Path, ...]) -> list[School]:
    try:
        lines = [
            line
            for file in files
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        ]
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
    found, odd = read_schools(lines)
    for number, error in odd:
        say(f"line {number} does not count: {_problem(error)}")
    return found


def _problem(error: ApplianceError) -> str:
    return type(error).__name__.removesuffix("Error")


def _show(verdict: Verdict) -> None:
    words = translations(language()).gettext
    mark = "✓" if verdict.holds else "?" if verdict.finding is Finding.UNKNOWN_KEY else "✗"
    click.echo(f"{mark} {words(FINDINGS[verdict.finding])}")
    said = verdict.statement
    if said is None:
        return
    facts = (
        *(("Name", said.name), ("Course", said.title), ("School, as it says", said.school)),
        *certificate_facts(said, "en"),
        *(("Code", spaced_code(said.code)), ("Key", verdict.fingerprint)),
        ("Key known as", verdict.school or "–"),
    )
    for label, value in facts:
        click.echo(f"  {label:<20}{value}")
    if not said.sure:
        click.echo(f"  {words(UNSURE)}")
