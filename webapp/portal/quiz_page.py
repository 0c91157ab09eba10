# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages of a quiz show."""

from collections.abc import Callable

import msgspec
from flask import render_template, request

from appliance.content.quiz.grade import Graded, grade, right_answer, right_sides
from appliance.content.quiz.in_words import gap_parts, in_one_line, in_words, right_in_words
from appliance.content.quiz.judge import asked
from appliance.content.quiz.quiz import Answer, Question
from appliance.language import N_
from appliance.learning.mastery import window
from webapp.portal.aloud import Aloud
from webapp.portal.home_lesson import stays_at_school
from webapp.portal.interface import gettext, me
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person
from webapp.portal.quiz_desk import Desk
from webapp.portal.quiz_form import pictures
from webapp.portal.quiz_sheet import Mark, Sheet
from webapp.portal.quiz_voice import Attributes, said

_NOTES = {
    "already": N_("You had answered this question before. The answer that came first counts."),
    "late": N_("The time was over when this answer came. It is kept, but it does not count."),
    "over": N_("This try was finished already. The answer was not taken."),
}
_MINUTE = 60


class Look(msgspec.Struct, frozen=True):
    """A question to look at again.

    Attributes:
        place: in the try.
        asked: the question in one line.
        given: what was answered first, in words; empty where nothing was.
        right: a right answer in words; empty where it is not told yet.
        said: what the quiz says about the answer.
    """

    place: int
    question: Question
    asked: str
    mark: Mark
    given: list[str]
    right: list[str]
    right_pictures: list[str]
    said: tuple[str, ...]


def start_page(desk: Desk, sheet: Sheet | None) -> str:
    """What to expect, and what was reached so far."""
    who, quiz = person(), desk.quiz
    runs = learning().tries.all(who.id, desk.item_id) if who else []
    running = sheet is not None and not sheet.is_over
    return render_template(
        "learn/quiz.html",
        desk=desk,
        running=running,
        sheet=sheet,
        runs=[run for run in runs if run.finished],
        left=learning().tries.left(who.id, desk.item_id, quiz) if who else None,
        minutes=-(-quiz.seconds // _MINUTE),
        window=window(quiz.mastery),
        may_go_home=desk.item is not None and not stays_at_school(library(), desk.item, quiz),
    )


def question_page(
    desk: Desk,
    sheet: Sheet,
    place: int,
    *,
    again: bool = False,
    entered: Answer = (),
    hints: int = 0,
    problem: str = "",
    take: bool = False,
) -> str:
    """A question, or how it was answered.

    Args:
        again: show the form though it was answered before.
        entered: what the form holds already.
        hints: how many are shown.
        problem: what is wrong with ``entered``, in English.
        take: ``entered`` is a guest's answer.
    """
    question = sheet.question(place)
    known = sheet.given(place)
    answer = entered if take else known[-1].answer if known else ()
    graded = grade(question, answer) if answer else None
    if take and graded is not None:
        sheet = sheet.marked(place, graded)
    answered = sheet.mark(place) is not Mark.NONE
    may_correct = desk.quiz.feedback and graded is not None and not graded.is_right
    asks = not answered or (again and may_correct) or (again and sheet.run is None)
    return render_template(
        "learn/question.html",
        desk=desk,
        sheet=sheet,
        place=place,
        question=question,
        asks=asks,
        seen=len(known),
        entered=entered or (answer if again else ()),
        answer=_words(question, answer),
        answer_pictures=pictures(question, answer),
        graded=graded if desk.quiz.feedback or sheet.is_over else None,
        corrected=_is_corrected(sheet, place, graded),
        may_correct=may_correct,
        following=sheet.following(place),
        hints=question.hints[:hints],
        hints_used=hints,
        problem=gettext(problem) if problem else "",
        note=_note(),
        minutes=_minutes_left(sheet),
        lefts=asked(question) if asks else [],
        rights=right_sides(question, sheet.seed) if asks else (),
        parts=gap_parts(question),
        aloud=_own_voice(desk),
        said=_said(desk, question) if asks else {},
    )


def result_page(desk: Desk, sheet: Sheet) -> str:
    """What was reached and what to look at again, or what is not answered yet."""
    who, run = person(), sheet.run
    left = learning().tries.left(who.id, desk.item_id, desk.quiz) if who else None
    open_places = [place for place in range(1, sheet.total + 1) if sheet.mark(place) is Mark.NONE]
    return render_template(
        "learn/result.html",
        desk=desk,
        sheet=sheet,
        verdict=sheet.verdict,
        open_places=[] if sheet.again else open_places,
        following=sheet.following(0),
        looks=_looks(sheet, tell=left in (None, 0)) if sheet.is_over else [],
        right=sum(mark is Mark.RIGHT for mark in sheet.marks),
        left=left,
        late=sum(answer.late for answer in sheet.answers),
        window=window(desk.quiz.mastery),
        note=_note(),
        minutes=_minutes_left(sheet),
        guest=who is None,
        at_home=run is not None and bool(learning().homes.made_at_home([run.id])),
    )


def _own_voice(desk: Desk) -> Aloud:
    return Aloud(library(), desk.path, desk.language)


def _said(desk: Desk, question: Question) -> dict[str, Attributes]:
    pages = Aloud(library(), desk.path, me.language)
    return said(question, _own_voice(desk), pages, media=f"/media/{desk.item_id}")


def _looks(sheet: Sheet, *, tell: bool) -> list[Look]:
    """The questions that were not right at once, each once; the right answer where it is told.

    While tries are counted and some are left, the right answers stay untold.
    """
    found: dict[str, Look] = {}
    for place in range(1, len(sheet.marks if sheet.again else sheet.quiz.questions) + 1):
        mark, question = sheet.mark(place), sheet.question(place)
        if mark is Mark.RIGHT or (sheet.again and mark is Mark.NONE):
            continue
        given = sheet.given(place)
        answer = given[0].answer if given else ()
        right = right_answer(question) if tell else ()
        found[question.id] = Look(
            place,
            question,
            in_one_line(question),
            mark,
            _words(question, answer),
            _right_words(question) if tell else [],
            pictures(question, right),
            grade(question, answer).feedback if answer else (),
        )
    return list(found.values())


def _is_corrected(sheet: Sheet, place: int, graded: Graded | None) -> bool:
    """Whether a later answer is right where the first was not."""
    return graded is not None and graded.is_right and sheet.mark(place) is not Mark.RIGHT


def _words(question: Question, answer: Answer) -> list[str]:
    """An answer in words; none for a picture that has no name."""
    return [part for part in in_words(question, answer, gettext) if part]


def _right_words(question: Question) -> list[str]:
    return [part for part in right_in_words(question, gettext, me.language) if part]


def _note(words: Callable[[str], str] = gettext) -> str:
    note = _NOTES.get(request.args.get("note", ""), "")
    return words(note) if note else ""


def _minutes_left(sheet: Sheet) -> int | None:
    """Minutes until the deadline, rounded up; nothing where there is none, or it is over."""
    if sheet.run is None or sheet.is_over:
        return None
    left = learning().tries.seconds_left(sheet.run)
    return None if left is None else max(-int(-left // _MINUTE), 0)
