# SPDX-License-Identifier: GPL-3.0-or-later
"""What each start owes to the school's own records, whether or not anybody signs in."""

import logging

from appliance.config import Config
from appliance.school.card import Card
from appliance.school.database import open_school
from appliance.school.stick_trust import StickTrust

log = logging.getLogger(__name__)


def open_records(config: Config) -> None:
    """Take over what ``chashma.toml`` says, and tell the worker again whom the school trusts."""
    school = open_school(config)
    Card(config, school).take()
    publish(StickTrust(config, school))
    # gunicorn forks after this, and a connection of SQLite must not cross a fork.
    school.close()


def publish(sticks: StickTrust) -> None:
    """Tell the worker whom the school trusts; if that cannot be written, only the log says so."""
    try:
        sticks.publish()
    except OSError:
        # The worker goes by what it was told before; the pages are needed all the more.
        log.exception("what may come from sticks could not be written down")
