# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages know of the library, and how long they may believe it."""

import threading
from collections.abc import Callable
from typing import TypeVar, cast

from flask import current_app

from appliance.clock.clock import read_clock
from appliance.clock.state import Confidence
from appliance.config import Config
from appliance.content.catalog import Catalog, Facets
from appliance.content.cover_image import CoverImages
from appliance.content.filters import Filters
from appliance.content.item import Item
from appliance.content.page_image import PageImages
from appliance.content.search.search import Search
from appliance.content.store import ContentStore
from appliance.content.voice import Voices
from appliance.errors import UnknownItemError
from appliance.learning.classes import Classes
from appliance.learning.join_limit import JoinLimits
from appliance.learning.people import People
from appliance.learning.person_session import PersonSessions
from appliance.school.database import open_school
from appliance.school.moment import Clock, now
from appliance.school.settings import SchoolSettings, Settings

T = TypeVar("T")

_REMEMBERED = 400
"""Answers kept by each thread; a thread that has more forgets all and begins anew."""


class Library:
    """The shelf, the search, the school's settings and its people, as the portal has them.

    Lists and counts are remembered until a transaction of another process changes the catalogue,
    which SQLite tells by ``PRAGMA data_version`` (one number per connection, so per thread).
    """

    def __init__(self, config: Config, clock: Clock = now) -> None:
        self.config = config
        self.catalog = Catalog(config.catalog_db)
        self.search = Search(self.catalog.database, config.search_socket)
        self.store = ContentStore(config.store)
        self.covers = CoverImages(self.store, config.cache)
        self.pages = PageImages(self.store, config.cache)
        self.voices = Voices(config.cache)
        self.school = open_school(config)
        self.classes = Classes(self.school)
        self.people = People(self.school)
        self.sessions = PersonSessions(self.school, clock)
        self.guesses = JoinLimits(self.school, clock)
        self._settings = SchoolSettings(self.school)
        self._thread = threading.local()
        # gunicorn forks after this: a connection of SQLite must not be shared by processes.
        self.catalog.database.close()
        self.school.close()

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """The answer made for this key since the catalogue last changed, or a new one."""
        version = self.catalog.database.connection.execute("PRAGMA data_version").fetchone()[0]
        if getattr(self._thread, "version", None) != version:
            self._thread.version = version
            self._thread.answers = {}
        answers: dict[object, object] = self._thread.answers
        if key not in answers:
            if len(answers) >= _REMEMBERED:
                answers.clear()
            answers[key] = make()
        return cast(T, answers[key])

    def facets(self, filters: Filters) -> Facets:
        """How the items that the filters leave divide."""
        return self.remembered(("facets", filters), lambda: self.catalog.facets(filters))

    def settings(self) -> Settings:
        """What the school has told about itself."""
        return self._settings.load()

    def clock_sure(self) -> bool:
        """Whether the time is known; else it goes on from when the box was last on."""
        return read_clock(self.config).confidence is not Confidence.KEPT

    def item(self, item_id: str) -> Item:
        """An item that students may see.

        Raises:
            UnknownItemError: there is none of this id, or staff have hidden it.
        """
        item = self.catalog.get(item_id)
        if item.hidden:
            raise UnknownItemError(item_id)
        return item

    def item_or_heir(self, item_id: str) -> Item | None:
        """The item, or what took its place; nothing where both are gone or hidden."""
        try:
            return self.item(item_id)
        except UnknownItemError as exc:
            return self.item_or_heir(exc.heir) if exc.heir else None


def library() -> Library:
    """The library of the running application."""
    return cast(Library, current_app.extensions["chashma"])
