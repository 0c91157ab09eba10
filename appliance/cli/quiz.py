# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma quiz``: the spreadsheet for questions, and a look at what somebody filled in."""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from appliance.cli.output import language, print_json, say, write_template
from appliance.content.discover import discover
from appliance.content.file_name import safe_names
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.inspector import inspect
from appliance.content.inspect.staged import FILES
from appliance.content.quiz.sheet_words import QUIZ_FILE
from appliance.content.quiz.template import write_quiz_template
from appliance.content.result import Notice
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES
from appliance.reasons import sentence


@click.group("quiz")
def quiz_command() -> None:
    """Quizzes in spreadsheets, GIFT, Moodle XML and QTI."""


@quiz_command.command("template")
@click.option(
    "--language",
    "wanted",
    type=click.Choice(UI_LANGUAGES),
    default=UI_LANGUAGES[0],
    show_default=True,
    help="Of the help and the examples; headings are in all three.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Where to write it (else санҷиш.xlsx or тест.xlsx or quiz.xlsx here).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def template_command(wanted: str, target: Path | None, as_json: bool) -> None:
    """Write a spreadsheet that a teacher can fill in."""
    write_template(
        target or Path(QUIZ_FILE[wanted]),
        lambda file: write_quiz_template(file, wanted),
        "fill in a row for each question",
        as_json=as_json,
    )


@quiz_command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", "wanted", type=click.Choice(UI_LANGUAGES), help="Of the remarks.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def check_command(file: Path, wanted: str | None, as_json: bool) -> None:
    """Read a quiz as the box would, and name what is wrong with it.

    Exit status 0 only if all of it can be taken.
    """
    remarks: list[Notice] = []
    title, questions = "", 0
    try:
        found = _inspected(file)
    except RefusalError as exc:
        remarks.append(Notice(exc.code, exc.details))
    else:
        title, questions = found.metadata.title, found.details.pages
        remarks.extend((*map(Notice, found.warnings), *found.notices))
    told = [sentence(one.code, one.details, wanted or language()) for one in remarks]
    if as_json:
        print_json({"title": title, "questions": questions, "remarks": told})
    else:
        say("\n".join((f"{file.name}: {title}, {questions}", *told)))
    sys.exit(1 if told else 0)


def _inspected(file: Path) -> Inspection:
    """What the box would find, in a limited child, on a private copy.

    Raises:
        RefusalError: it cannot be taken.
    """
    candidate = next(discover([file]), None)
    if candidate is None or candidate.kind is None:
        raise RefusalError("unsupported-kind")
    with tempfile.TemporaryDirectory(prefix="chashma-quiz-") as folder:
        names = safe_names([path.name for path in candidate.files])
        (Path(folder) / FILES).mkdir()
        for path, name in zip(candidate.files, names, strict=True):
            shutil.copyfile(path, Path(folder) / FILES / name)
        return inspect(candidate.kind, Path(folder), names, source=file.name)
