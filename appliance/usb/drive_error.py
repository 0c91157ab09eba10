# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a stick did not do what was asked of it."""

from appliance.errors import ApplianceError


class DriveError(ApplianceError):
    """What was asked of a stick was not done."""


class NoSuchDriveError(DriveError):
    """No stick of that id is mounted."""


class DriveReadOnlyError(DriveError):
    """The stick cannot be written."""


class DriveBusyError(DriveError):
    """Somebody still uses it."""


class DriveNotWrittenError(DriveError):
    """Not everything that was written has reached it."""


class DriveNotAnsweringError(DriveError):
    """It did not answer in time, or has not done yet what it was told before."""
