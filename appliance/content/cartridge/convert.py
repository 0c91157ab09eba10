# SPDX-License-Identifier: GPL-3.0-or-later
"""Common Cartridges and Moodle backups become course folders, on any computer."""

import shutil
import tempfile
from pathlib import Path

import msgspec

from appliance.content.cartridge.report import Outcome, Report
from appliance.content.inspect.unpack import MOST_BYTES
from appliance.errors import RefusalError
from appliance.own_module import run_module
from appliance.process import ProcessError, ToolTimeoutError

_MEMORY = 1024 * 1024 * 1024
_SECONDS = 1800
_FOLDER_MODE = 0o755


def convert(file: Path, folder: Path) -> Report:
    """Make a course folder; it appears under its name only when it is whole.

    Args:
        file: a Common Cartridge or a Moodle backup; nothing about it is trusted.
        folder: to be made.

    Raises:
        FileExistsError: there is something of that name.
        RefusalError: what is wrong with the cartridge; nothing was made.
        OSError: it cannot be written.
    """
    if folder.exists():
        raise FileExistsError(folder)
    staged = Path(tempfile.mkdtemp(prefix=".chashma-", dir=folder.parent))
    try:
        report = _converted(file.absolute(), staged.absolute())
        staged.chmod(_FOLDER_MODE)
        staged.rename(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return report


def _converted(file: Path, folder: Path) -> Report:
    try:
        output = run_module(
            "appliance.content.cartridge.course_folder",
            file,
            folder,
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=MOST_BYTES,
        )
        outcome = msgspec.json.decode(output, type=Outcome)
    except ToolTimeoutError as exc:
        raise RefusalError("too-slow") from exc
    except (ProcessError, msgspec.MsgspecError) as exc:
        raise RefusalError("crashes-reader") from exc
    if outcome.report is None:
        raise RefusalError(outcome.code, **outcome.details)
    return outcome.report
