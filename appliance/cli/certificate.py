# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma certificate check``: is a certificate real? On any computer."""

from pathlib import Path

import click

from appliance.cli.output import configuration, language, options, print_json, say
from appliance.errors import ApplianceError
from appliance.language import N_, translations
from appliance.learning.certificate_check import Finding, Verdict, check_text
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_school import School, UnknownSchoolError, read_schools
from appliance.learning.certificate_seal import (
    CutSealError,
    ForgedSealError,
    NoSealError,
    Purpose,
    has_seal,
)
from appliance.learning.certificate_words import FINDINGS, UNSURE, certificate_facts
from appliance.process import LIMITED

if LIMITED:
    # A box is a Linux; what this needs is nowhere else.
    from appliance.cli.certificate_box import check_on_box

_FILE = click.Path(dir_okay=False, path_type=Path)
_NAME, _COURSE, _CODE, _KEY = N_("Name"), N_("Course"), N_("Code"), N_("Key")
_SCHOOL = N_("School, as the certificate says")
_KNOWN_AS = N_("Key known as")
_ODD_LINE = N_("Line %(number)s of the schools does not count: %(reason)s")
_NO_TEXT = N_(
    "This is no text of a QR code. A short code can be checked on the box that gave it, with this "
    "command or in its pages."
)
_PROBLEMS: dict[type[ApplianceError], str] = {
    NoSealError: N_("it has neither a key nor a list of a school."),
    CutSealError: N_("a part of it is missing."),
    ForgedSealError: N_("its signature is not right."),
    UnknownSchoolError: N_("it is the list of a school whose key is missing."),
}


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
@options
@click.pass_context
def check_command(
    context: click.Context, text: str, files: tuple[Path, ...], state: Path | None, as_json: bool
) -> None:
    """Check the TEXT of a certificate's QR code, or of a file; "-" reads standard input.

    On a box, TEXT may also be the short code of a certificate that it gave, and the box's own
    certificates and the schools that it knows are known.

    Exit status 0 only if it is signed by one of the schools and was not revoked.
    """
    # Whoever may read these files may not be who may read the box's.
    said, schools = _text(text), _schools(files)
    verdict = check_on_box(configuration(context, state), said, schools) if LIMITED else None
    if verdict is None:
        if not has_seal(said, Purpose.STATEMENT):
            raise click.ClickException(translations(language()).gettext(_NO_TEXT))
        verdict = check_text(said, schools)
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
    words = translations(language()).gettext
    for number, error in odd:
        say(words(_ODD_LINE) % {"number": number, "reason": words(_PROBLEMS[type(error)])})
    return found


def _show(verdict: Verdict) -> None:
    words = translations(language()).gettext
    mark = "✓" if verdict.holds else "?" if verdict.finding is Finding.UNKNOWN_KEY else "✗"
    click.echo(f"{mark} {words(FINDINGS[verdict.finding])}")
    said = verdict.statement
    if said is None:
        return
    facts = (
        *((words(_NAME), said.name), (words(_COURSE), said.title), (words(_SCHOOL), said.school)),
        *certificate_facts(said, language()),
        *((words(_CODE), spaced_code(said.code)), (words(_KEY), verdict.fingerprint)),
        *([(words(_KNOWN_AS), verdict.school)] if verdict.school else []),
    )
    wide = max(len(label) for label, _ in facts) + 2
    for label, value in facts:
        click.echo(f"  {label:<{wide}}{value}")
    if not said.sure:
        click.echo(f"  {words(UNSURE)}")
