# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings that outlast a start of the box: one small file."""

import logging
from pathlib import Path

import msgspec

from appliance.durable import write_file
from appliance.hotspot.check import WrongSettingsError, rechecked
from appliance.hotspot.settings import HotspotSettings

_log = logging.getLogger(__name__)
_ROOT_ONLY = 0o600


def load_kept(file: Path) -> HotspotSettings:
    """What was kept; the settings of a new box where nothing readable was."""
    try:
        return rechecked(msgspec.json.decode(file.read_bytes(), type=HotspotSettings))
    except FileNotFoundError:
        pass
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, WrongSettingsError) as exc:
        _log.error("%s cannot be used, the hotspot begins anew: %s", file, exc)
    return HotspotSettings()


def save_kept(file: Path, settings: HotspotSettings) -> None:
    """Keep these.

    Raises:
        OSError: the disk did not take them; what was kept before still is.
    """
    write_file(file, msgspec.json.encode(settings), mode=_ROOT_ONLY)
