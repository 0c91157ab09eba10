# SPDX-License-Identifier: GPL-3.0-or-later
"""What the admin pages work with: the shelf, the school's own records, the worker's queue."""

import logging
from typing import cast

from flask import current_app

from appliance.clock.clock import read_clock
from appliance.clock.state import Confidence
from appliance.config import Config
from appliance.content.catalog import Catalog
from appliance.content.store import ContentStore
from appliance.jobs.queue import JobQueue
from appliance.learning.certificate import Certificates
from appliance.learning.certificate_revocation import Revocations
from appliance.learning.certificate_school import Schools
from appliance.learning.classes import Classes
from appliance.learning.erase import Eraser
from appliance.learning.people import People
from appliance.learning.report import Reports
from appliance.learning.tries import Tries
from appliance.learning.when import watch
from appliance.school.activity import Activity
from appliance.school.card import Card
from appliance.school.database import open_school
from appliance.school.known_browser import KnownBrowsers
from appliance.school.moment import Clock, now
from appliance.school.session import Sessions
from appliance.school.settings import SchoolSettings
from appliance.school.sign_in import SignInLimits
from appliance.school.staff import Staff
from appliance.school.stick_trust import StickTrust
from webapp.admin.trial import Trials

log = logging.getLogger(__name__)


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
        self.classes = Classes(school)
        self.people = People(school)
        self.eraser = Eraser(school)
        self.reports = Reports(school)
        self.tries = Tries(school)
        self.certificates = Certificates(school, config, watch(config))
        self.revocations = Revocations(school, watch(config))
        self.schools = Schools(school)
        self.card = Card(config, school)
        self.sticks = StickTrust(config, school)
        self.trials = Trials(config, clock)
        # Who made it may fork before it is used, and a connection of SQLite must not cross a fork.
        school.close()
        self.catalog.database.close()
        self.jobs.close()

    def clock_sure(self) -> bool:
        """Whether the time is known; else it goes on from when the box was last on."""
        return read_clock(self.config).confidence is not Confidence.KEPT

    def take_list(self) -> None:
        """Keep which keys a list revoked, if it is a new one."""
        try:
            self.sticks.take_list()
        except OSError:
            # The worker goes by the list itself; here it is only to be seen and kept.
            log.exception("what a list revoked could not be kept")


def office() -> Office:
    """The office of the running application."""
    return cast(Office, current_app.extensions["chashma"])
