# SPDX-License-Identifier: GPL-3.0-or-later
"""The first lines of a page: ``title: …`` between two lines of ``---``.

What front matter in YAML looks like is read, a line a value; a list may stand in brackets or on
lines that begin with ``-``. The words before the colon are the headings of the catalogue sheet.
"""

import re

import msgspec

from appliance.content.headings import column_of

_MOST_LINES = 200
_LONGEST = 4000
_FENCE = re.compile(r"---\s*")
_END = re.compile(r"(---|\.\.\.)\s*")
_VALUE = re.compile(r"([^:#\s][^:]{0,60}):(?:\s+(.*)|\s*)")
_MORE = re.compile(r"\s*-\s+(.*)")
_QUOTED = re.compile(r"""(["'])(.*)\1\s*""")


class Line(msgspec.Struct, frozen=True):
    """A value.

    Attributes:
        row: of the file, from 1.
        word: before the colon.
        column: that it means, or empty.
    """

    row: int
    word: str
    column: str
    value: str


class FrontMatter(msgspec.Struct, frozen=True):
    """First lines as far as they can be understood.

    Attributes:
        odd: rows that are no values.
    """

    lines: tuple[Line, ...] = ()
    odd: tuple[int, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The values by column; of two for one column the first."""
        return {line.column: line.value for line in reversed(self.lines) if line.column}


def split(text: str) -> tuple[FrontMatter, str]:
    """The first lines of a page, and the page without them."""
    rows = text.lstrip("\ufeff").split("\n")
    if not _FENCE.fullmatch(rows[0]):
        return FrontMatter(), text
    within = rows[1 : _MOST_LINES + 1]
    end = next((number for number, row in enumerate(within) if _END.fullmatch(row)), None)
    if end is None:
        return FrontMatter(), text
    return _understood(within[:end]), "\n".join(rows[end + 2 :])


def _understood(rows: list[str]) -> FrontMatter:
    lines: list[Line] = []
    odd: list[int] = []
    for number, row in enumerate(rows, start=2):
        more = _MORE.fullmatch(row)
        found = _VALUE.fullmatch(row)
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        if more and lines:
            before = lines.pop()
            value = "; ".join(filter(None, (before.value, _bare(more[1]))))
            lines.append(msgspec.structs.replace(before, value=value[:_LONGEST]))
        elif found:
            word = found[1].strip()
            lines.append(Line(number, word, column_of(word), _bare(found[2] or "")))
        else:
            odd.append(number)
    return FrontMatter(tuple(lines), tuple(odd))


def _bare(value: str) -> str:
    """A value without quotes, a list in brackets as words between semicolons."""
    value = value.strip()[:_LONGEST]
    if value.startswith("[") and value.endswith("]"):
        return "; ".join(filter(None, (_bare(part) for part in value[1:-1].split(","))))
    quoted = _QUOTED.fullmatch(value)
    return quoted[2] if quoted else value
