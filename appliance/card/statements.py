# SPDX-License-Identifier: GPL-3.0-or-later
"""The statements of a TOML file one by one, so that a wrong one does not void the rest.

The file is flat: ``key = value`` on each line; only a list may go on over several lines.
"""

import re
import tomllib
from collections.abc import Iterator

import msgspec

from appliance.card.settings import CardProblem

_LONGEST_LINE = 4096
_LONGEST_LIST = 100  # lines
_MOST_PROBLEMS = 50
_BEGINS = re.compile(r"""\s*["']?([A-Za-z0-9_-]{1,40})["']?\s*=""")
_HEADING = re.compile(r"\s*\[")
_NOTHING = re.compile(r"\s*(?:#.*)?")


class Statement(msgspec.Struct, frozen=True):
    """``key = value``.

    Attributes:
        line: on which it begins, from 1.
        value: as ``tomllib`` gives it.
    """

    key: str
    line: int
    value: object


def statements(text: str) -> Iterator[Statement | CardProblem]:
    """What the text says, and which of its lines say nothing that can be understood."""
    lines = re.split(r"\r\n|\r|\n", text)
    problems = number = 0
    while number < len(lines):
        if _NOTHING.fullmatch(lines[number]):
            number += 1
            continue
        found, length = _statement(lines, number)
        number += length
        yield found
        problems += isinstance(found, CardProblem)
        if problems == _MOST_PROBLEMS:
            yield CardProblem("too-many", line=number)
            return


def _statement(lines: list[str], number: int) -> tuple[Statement | CardProblem, int]:
    """What begins on a line, and how many lines it takes."""
    begins = _BEGINS.match(lines[number])
    if not begins:
        code = "heading" if _HEADING.match(lines[number]) else "not-understood"
        return CardProblem(code, line=number + 1), 1
    key = begins[1]
    for length in range(1, _length(lines, number) + 1):
        text = "\n".join(lines[number : number + length])
        if length > 1 and "]" not in lines[number + length - 1]:
            continue
        try:
            ((_, value),) = tomllib.loads(text).items()
        except (ValueError, RecursionError):  # a number of 5000 figures, 2000 brackets
            continue
        return Statement(key, number + 1, value), length
    return CardProblem("not-understood", key=key, line=number + 1), 1


def _length(lines: list[str], number: int) -> int:
    """How many lines a statement may take: a list goes on until another statement begins."""
    if len(lines[number]) > _LONGEST_LINE:
        return 0
    if not re.search(r"=\s*\[", lines[number]):
        return 1
    length = 1
    for line in lines[number + 1 : number + _LONGEST_LIST]:
        if _BEGINS.match(line) or len(line) > _LONGEST_LINE:
            break
        length += 1
    return length
