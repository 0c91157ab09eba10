# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the spreadsheet of a class."""

from collections.abc import Sequence
from datetime import datetime

from appliance.language import N_
from appliance.learning.person import Person, SchoolClass
from appliance.learning.report import Mark, Row
from appliance.learning.result_book import BookSheet, Cell
from appliance.learning.result_list import Result
from appliance.learning.state import LearningState
from webapp.admin.class_lessons import LessonList
from webapp.admin.interface import gettext
from webapp.admin.office import office
from webapp.admin.wording import LEARNING

_NAME = N_("Name")
_DONE = N_("Completed")
_HELP = N_("Needs help")
_POINTS = N_("%(title)s: points, %%")
_NOTHING = N_("Nothing is given to the class.")
_AT_HOME = N_("%(state)s, made at home")
_EACH = N_("Each result")
_COLUMNS = (
    _NAME,
    N_("Lesson"),
    N_("How far"),
    N_("Points, %%"),
    N_("Tries"),
    N_("Made at home"),
    N_("Points at school, %%"),
    N_("With the file from home of"),
    N_("Last worked on"),
    N_("Clock was sure"),
    N_("First completed"),
    N_("Clock was sure then"),
)
_YES, _NO = N_("yes"), N_("no")


def result_sheets(
    known: SchoolClass, people: Sequence[Person], lists: Sequence[LessonList]
) -> list[BookSheet]:
    """A sheet for each course, and one with all there is to say of each result."""
    if not lists:
        return [BookSheet(known.name, [[gettext(_NOTHING)]])]
    return [*(_sheet(people, one) for one in lists), _each(people, lists)]


def _sheet(people: Sequence[Person], listed: LessonList) -> BookSheet:
    rows = office().reports.grid(people, [lesson.item_id for lesson in listed.lessons])
    # Points stand only in the columns of lessons that have any.
    scored = [
        any(row.marks[at].best is not None for row in rows) for at in range(len(listed.lessons))
    ]
    heading: list[Cell] = [gettext(_NAME), gettext(_DONE), gettext(_HELP)]
    for lesson, has_points in zip(listed.lessons, scored, strict=True):
        heading.append(lesson.title)
        if has_points:
            heading.append(gettext(_POINTS) % {"title": lesson.title})
    return BookSheet(listed.title, [heading, *(_row(row, scored) for row in rows)])


def _row(row: Row, scored: Sequence[bool]) -> list[Cell]:
    cells: list[Cell] = [
        row.person.name,
        row.count(LearningState.COMPLETED),
        row.count(LearningState.NEEDS_HELP),
    ]
    for mark, has_points in zip(row.marks, scored, strict=True):
        cells.append(_state(mark))
        if has_points:
            cells.append(None if mark.best is None else round(100 * mark.best))
    return cells


def _state(mark: Mark) -> str:
    if mark.state is LearningState.NOT_STARTED:
        return ""
    state = gettext(LEARNING[mark.state])
    return gettext(_AT_HOME) % {"state": state} if mark.at_home else state


def _each(people: Sequence[Person], lists: Sequence[LessonList]) -> BookSheet:
    titles = {lesson.item_id: lesson.title for listed in lists for lesson in listed.lessons}
    heading: list[Cell] = [gettext(column) % {} for column in _COLUMNS]
    lines = [_line(one, titles[one.item_id]) for one in office().reports.results(people, titles)]
    return BookSheet(gettext(_EACH), [heading, *lines])


def _line(one: Result, title: str) -> list[Cell]:
    known = one.progress
    return [
        *(one.person.name, title, gettext(LEARNING[known.state])),
        *(_percent(known.best), known.tries),
        *(_yes(known.at_home), _percent(known.school_best), ", ".join(one.files_of)),
        *(_local(known.touched), _yes(known.clock_sure)),
        *(_local(known.completed), _yes(known.completed_sure) if known.completed else ""),
    ]


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _yes(value: bool) -> str:
    return gettext(_YES if value else _NO)


def _local(at: str) -> str:
    """A UTC time as one of the box's own zone, sorted as text; empty where there is none."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else ""
