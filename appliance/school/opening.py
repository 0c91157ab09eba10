# SPDX-License-Identifier: GPL-3.0-or-later
"""What each start owes to the school's own records, whether or not anybody signs in."""

import logging
import sqlite3

from appliance.config import Config
from appliance.school.card import Card
from appliance.school.database import open_school
from appliance.school.stick_trust import StickTrust

log = logging.getLogger(__name__)


class Records:
    """The school's records as a start finds them; made before gunicorn forks."""

    def __init__(self, config: Config) -> None:
        school = open_school(config)
        self._card = Card(config, school)
        self._sticks = StickTrust(config, school)
        self._publish()
        # A connection of SQLite must not cross a fork.
        school.close()

    def take_card(self) -> None:
        """Take over what ``chashma.toml`` says, once the agent has read it; then it costs a stat.

        If that cannot be kept, only the log says so.
        """
        try:
            if self._card.take():
                self._publish()
        except sqlite3.Error:
            # A full card, say. Tried again with the next page, which can be read all the same.
            log.exception("what chashma.toml says could not be taken over")

    def _publish(self) -> None:
        try:
            self._sticks.publish()
        except OSError:
            # The worker goes by what it was told before; the pages are needed all the more.
            log.exception("what may come from sticks could not be written down")
