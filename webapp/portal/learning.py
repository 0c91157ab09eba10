# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of who has learned what, as the portal reads and writes them."""

from datetime import date
from typing import cast

from flask import Flask, current_app, g

from appliance.language import day_in_words, points_in_words
from appliance.learning.certificate import Certificates
from appliance.learning.certificate_lookup import Checks
from appliance.learning.course_record import Courses
from appliance.learning.former import take_formers
from appliance.learning.home_copies import HomeCopies
from appliance.learning.record import Record
from appliance.learning.tries import Tries
from appliance.learning.when import watch
from webapp.portal.interface import me
from webapp.portal.library import Library
from webapp.portal.person import csrf
from webapp.portal.rate import Rate
from webapp.portal.score_words import score_words, verdict_words

_EXTENSION = "chashma-learning"


class Learning:
    """Progress, tries, courses, certificates and what was taken home, in ``school.db``."""

    def __init__(self, shelf: Library) -> None:
        look = watch(shelf.config)
        self._shelf = shelf
        self.record = Record(shelf.school, look)
        self.tries = Tries(shelf.school, look)
        self.courses = Courses(shelf.school, look)
        self.certificates = Certificates(shelf.school, shelf.config, look)
        self.checks = Checks(shelf.school, self.certificates)
        # Codes cannot be guessed anyway; this keeps a guesser from keeping the box busy.
        self.check_rate = Rate(30, 60)
        self.homes = HomeCopies(shelf.school, look)

    def follow_shelf(self) -> None:
        """Take over from the catalogue which item took whose place, if it has changed."""
        shelf = self._shelf
        shelf.remembered("formers", lambda: take_formers(shelf.school, shelf.catalog.formers()))


def learning() -> Learning:
    """The records of the running application, which know the shelf as it is now."""
    if "learning" not in g:  # a page sees the shelf as it was when it began
        found = cast(Learning, current_app.extensions[_EXTENSION])
        found.follow_shelf()
        g.learning = found
    return cast(Learning, g.learning)


def install(app: Flask) -> None:
    """Keep records beside the library, and give templates what they need."""
    app.extensions[_EXTENSION] = Learning(cast(Library, app.extensions["chashma"]))
    app.jinja_env.globals["csrf"] = csrf
    app.jinja_env.filters["day"] = _day
    app.jinja_env.filters["points"] = _points
    app.jinja_env.filters["of_points"] = score_words
    app.jinja_env.globals["verdict_words"] = verdict_words


def _day(day: date) -> str:
    return day_in_words(day, me.language)


def _points(points: float) -> str:
    return points_in_words(points, me.language)
