# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the spreadsheet of a class."""

from collections.abc import Sequence

from appliance.language import N_
from appliance.learning.person import Person, SchoolClass
from appliance.learning.report import Mark, Row
from appliance.learning.result_book import BookSheet, Cell
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


def result_sheets(
    known: SchoolClass, people: Sequence[Person], lists: Sequence[LessonList]
) -> list[BookSheet]:
    """A sheet for each course, in the reader's language."""
    sheets = [_sheet(people, one) for one in lists]
    return sheets or [BookSheet(known.name, [[gettext(_NOTHING)]])]


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
    return "" if mark.state is LearningState.NOT_STARTED else gettext(LEARNING[mark.state])
