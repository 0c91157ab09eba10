# SPDX-License-Identifier: GPL-3.0-or-later
"""The one form in which points in time are written down."""

import datetime


def utc_now() -> str:
    """Now in UTC, ``YYYY-MM-DDTHH:MM:SSZ``, by the box's clock, which may be wrong."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
