# SPDX-License-Identifier: GPL-3.0-or-later
"""The quiz that a page is about, and the sheet of whoever looks at it."""

from functools import lru_cache
from urllib.parse import urlencode

import msgspec
from flask import request

from appliance.content.item import Item, Kind
from appliance.content.quiz.quiz import FILE_NAME, Quiz
from appliance.content.store import ContentStore
from appliance.errors import UnknownItemError
from webapp.portal.course_desk import course_desk
from webapp.portal.interface import me
from webapp.portal.learning import learning
from webapp.portal.library import Library, library
from webapp.portal.person import person
from webapp.portal.quiz_sheet import Sheet, guest_sheet, sheet_of
from webapp.portal.within import Within, within

_QUIZZES_KEPT = 16
SHEET = "g"
"""Name of a guest's sheet in addresses and forms."""


class Desk(msgspec.Struct, frozen=True):
    """A quiz on its way to a page.

    Attributes:
        item: on the shelf; nothing where it has gone while somebody was answering.
        within: the lesson of a course as which it was opened.
    """

    item_id: str
    title: str
    quiz: Quiz
    within: Within
    item: Item | None = None

    @property
    def is_little(self) -> bool:
        """Whether it is shown with pictures and sound, and hardly any text."""
        if self.item is not None and self.item.shown.is_pre_primary:
            return True
        try:
            return bool(self.within.course) and course_desk(self.within.course).is_little
        except UnknownItemError:
            return False

    @property
    def path(self) -> str:
        """Where the quiz is, below which its sounds are."""
        return f"/quiz/{self.item_id}"

    @property
    def language(self) -> str:
        """Of its questions; empty where nobody knows."""
        languages = self.item.shown.languages if self.item else ()
        return languages[0] if languages else ""

    def address(self, endpoint: str, sheet: Sheet | None = None, **more: str | int) -> str:
        """An address of this quiz; a guest's carries the sheet.

        Args:
            endpoint: a view of ``webapp.portal.quiz``; ``question`` needs its ``place``.
        """
        guest = {SHEET: sheet.written()} if sheet is not None and sheet.run is None else {}
        pages = {"show": self.path, "question": f"{self.path}/{more.pop('place', '')}"}
        query = urlencode({**self.within.query, **guest, **more})
        # Flask would look through all that it has for the way to a view: several times a page.
        return pages.get(endpoint, f"{self.path}/{endpoint}") + (f"?{query}" if query else "")


def desk(item_id: str) -> Desk:
    """The quiz of an item, or what is left of it for somebody who is in the middle of it.

    Raises:
        UnknownItemError: there is no such quiz.
    """
    shelf = library()
    try:
        item, quiz = shelf.remembered(("quiz", item_id), lambda: _on_shelf(shelf, item_id))
    except UnknownItemError:
        return _desk_of_gone(item_id)
    if quiz is None:
        raise UnknownItemError(item_id)
    return Desk(item.id, item.title_in(me.language), quiz, within(), item)


def sheet_on(desk: Desk) -> Sheet | None:
    """The sheet of whoever asks: the last try of somebody of a class, or what a guest's says."""
    who = person()
    if who is None:
        text = request.values.get(SHEET, "")
        return guest_sheet(desk.quiz, text) if text else None
    run = learning().tries.latest(who.id, desk.item_id)
    return sheet_of(desk.quiz, run, learning().tries.responses(run.id)) if run else None


def stored_quiz(store: ContentStore, item_id: str) -> Quiz:
    """The quiz that an item of this kind is."""
    return msgspec.json.decode(store.path(item_id, FILE_NAME).read_bytes(), type=Quiz)


def _on_shelf(shelf: Library, item_id: str) -> tuple[Item, Quiz | None]:
    """An item, and the quiz if it is one.

    Raises:
        UnknownItemError: there is no such item.
    """
    item = shelf.item(item_id)
    is_quiz = item.kind is Kind.QUIZ
    return item, _shared(stored_quiz(shelf.store, item.id)) if is_quiz else None


@lru_cache(maxsize=_QUIZZES_KEPT)
def _shared(quiz: Quiz) -> Quiz:
    """The same object for all threads: it takes its memory once, and compares at once."""
    return quiz


def _desk_of_gone(item_id: str) -> Desk:
    who = person()
    run = learning().tries.latest(who.id, item_id) if who else None
    if run is None or (run.finished and library().catalog.heir(item_id)):
        raise UnknownItemError(item_id)
    kept = learning().tries.copy(item_id)
    return Desk(item_id, kept.title, kept.quiz, within())
