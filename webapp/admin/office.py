# SPDX-License-Identifier: GPL-3.0-or-later
"""What the admin pages work with: the shelf, the school's own records, the worker's queue."""

from typing import cast

from flask import current_app

from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.store import ContentStore
from appliance.jobs.queue import JobQueue
from appliance.school.activity import Activity
from appliance.school.card import Card, trusted_keys
from appliance.school.database import open_school
from appliance.school.known_browser import KnownBrowsers
from appliance.school.moment import Clock, now
from appliance.school.session import Sessions
from appliance.school.settings import SchoolSettings
from appliance.school.sign_in import SignInLimits
from appliance.school.staff import Staff
from webapp.admin.trial import Trials


class Office:
    """Made once by ``create_app``; everything in it can be used by many threads."""

    def __init__(self, config: Config, clock: Clock = now) -> None:
        self.config = config
        school = open_school(config)
        self.catalog = Catalog(config.catalog_db)
        self.store = ContentStore(config.store)
        self.jobs = JobQueue(config.jobs_db)
        self.settings = SchoolSettings(school)
        self.staff = Staff(school)
        self.sessions = Sessions(school, clock)
        self.browsers = KnownBrowsers(school)
        self.limits = SignInLimits(school, clock)
        self.activity = Activity(school)
        self.card = Card(config, school)
        self.card.take()
        self.trials = Trials(config, clock)
        self._school = school
        # gunicorn forks after this, and a connection of SQLite must not cross a fork.
        school.close()
        self.catalog.database.close()
        self.jobs.close()

    @property
    def trusted_keys(self) -> list[str]:
        """The minisign public keys that the box trusts."""
        return trusted_keys(self._school)


def office() -> Office:
    """The office of the running application."""
    return cast(Office, current_app.extensions["chashma"])
