# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks: writing on them, and taking them away."""

from collections.abc import Callable

from appliance.agent.parts import Parts
from appliance.agent.protocol import CloseDrive, Done, EjectDrive, OpenDrive
from appliance.agent.refused import RefusedError
from appliance.usb.drive_error import (
    DriveBusyError,
    DriveNotAnsweringError,
    DriveNotWrittenError,
    DriveReadOnlyError,
    NoSuchDriveError,
)


def open_drive(parts: Parts, request: OpenDrive) -> Done:
    """Let the worker write on one."""
    return _told(parts.drives.open, request.id)


def close_drive(parts: Parts, request: CloseDrive) -> Done:
    """Write everything out, and let nobody write any more."""
    return _told(parts.drives.close, request.id)


def eject_drive(parts: Parts, request: EjectDrive) -> Done:
    """Take one away until it is plugged in anew."""
    return _told(parts.drives.eject, request.id)


def _told(work: Callable[[str], None], name: str) -> Done:
    try:
        work(name)
    except NoSuchDriveError as exc:
        raise RefusedError("no-such-drive", str(exc)) from exc
    except DriveReadOnlyError as exc:
        raise RefusedError("drive-read-only", str(exc)) from exc
    except DriveBusyError as exc:
        raise RefusedError("drive-busy", str(exc)) from exc
    except DriveNotWrittenError as exc:
        raise RefusedError("drive-not-written", str(exc)) from exc
    except DriveNotAnsweringError as exc:
        raise RefusedError("drive-not-answering", str(exc)) from exc
    return Done()
