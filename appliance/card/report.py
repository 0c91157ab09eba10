# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma-report.txt``: what is wrong in the file beside it, for whoever has the card in a PC."""

from collections.abc import Iterable, Iterator

from appliance.card.problems import PROBLEMS
from appliance.card.settings import CardProblem
from appliance.language import N_, OWN_NAMES, UI_LANGUAGES, translations

_HEADING = N_("Mistakes in chashma.toml")
_ENDING = N_(
    "Everything else in the file counts. Correct these lines, save the file and switch the box on "
    "again."
)
_LINE = N_("Line %(line)s")


def report_text(problems: Iterable[CardProblem]) -> str:
    """All problems, in each language; lines end as Windows wants them."""
    problems = list(problems)
    parts = [line for language in UI_LANGUAGES for line in _part(problems, language)]
    return "\ufeff" + "\r\n".join(parts)


def problem_text(problem: CardProblem, language: str) -> str:
    """One problem: ``Line 3, channel = 14: The channel is …``."""
    say = translations(language).gettext
    where = [say(_LINE) % {"line": problem.line}] if problem.line else []
    if problem.key:
        where.append(f"{problem.key} = {problem.value}" if problem.value else problem.key)
    place = ", ".join(where)
    what = say(PROBLEMS[problem.code])
    return f"{place}: {what}" if place else what


def _part(problems: list[CardProblem], language: str) -> Iterator[str]:
    say = translations(language).gettext
    yield f"=== {OWN_NAMES[language]} ==="
    yield say(_HEADING)
    yield ""
    yield from (f"- {problem_text(problem, language)}" for problem in problems)
    yield ""
    yield say(_ENDING)
    yield ""
