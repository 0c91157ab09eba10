# SPDX-License-Identifier: GPL-3.0-or-later
"""Checking a certificate with what the box knows on which the command runs."""

import os
from collections.abc import Iterable

from appliance.cli.owner import become_owner
from appliance.config import Config
from appliance.learning.certificate import Certificates
from appliance.learning.certificate_check import Verdict
from appliance.learning.certificate_lookup import Checks
from appliance.learning.certificate_school import School
from appliance.school.database import open_school


def check_on_box(config: Config, said: str, schools: Iterable[School]) -> Verdict | None:
    """Check a short code or the text of a QR code.

    Args:
        schools: besides those that the box knows.

    Returns:
        Nothing on a computer that is no box, and for whoever may not ask it.
    """
    become_owner(config.school_db)
    if not os.access(config.school_db, os.R_OK | os.W_OK):
        return None
    database = open_school(config)
    return Checks(database, Certificates(database, config)).check(said, schools)
