# SPDX-License-Identifier: GPL-3.0-or-later
"""How far somebody is with something; the states are Kolibri's."""

from enum import StrEnum

HELP_AFTER = 4
"""So many wrong answers in one try, and somebody should look (as in Kolibri)."""


class LearningState(StrEnum):
    """Of a person and an item."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    NEEDS_HELP = "needs-help"
    """Four wrong answers or more in one try; a completion ends it."""
    COMPLETED = "completed"
