# SPDX-License-Identifier: GPL-3.0-or-later
"""What the card says, brought to where it counts: once at each start of the agent."""

import logging
import os
from pathlib import Path

import msgspec

from appliance.card.problems import PROBLEMS
from appliance.card.read import read_card
from appliance.card.settings import FILE_NAME, CardProblem, CardReport
from appliance.config import Config
from appliance.durable import write_file
from appliance.hotspot.hotspot import Hotspot

log = logging.getLogger(__name__)

FOLDER = Path("/boot/firmware")
_CONSOLE = Path("/dev/console")


class _Kept(msgspec.Struct, frozen=True):
    """What is remembered of the card of the start before."""

    digest: str = ""


def take_card(
    config: Config, hotspot: Hotspot, folder: Path = FOLDER, console: Path = _CONSOLE
) -> CardReport:
    """Read the card, pass on what it says, and tell what is wrong with it.

    Settings of the hotspot on a card that is new win over those that were kept; those on a card
    that has not changed do not: somebody may have changed them in the panel since.

    Raises:
        OSError: the report cannot be written where the panel looks for it.
    """
    kept = config.state / "system" / "card.json"
    report = read_card(folder, hotspot.kept, _previous_digest(kept))
    config.card_json.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    write_file(config.card_json, msgspec.json.encode(report), mode=0o640)
    if report.changed and report.settings.hotspot is not None:
        hotspot.keep(report.settings.hotspot)
    if report.changed:
        # After what it says is kept: a power cut in between has it said again.
        _remember(kept, report.digest)
    _tell(report, console)
    return report


def _previous_digest(file: Path) -> str:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept).digest
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ""


def _remember(file: Path, digest: str) -> None:
    try:
        write_file(file, msgspec.json.encode(_Kept(digest)), mode=0o600)
    except OSError as exc:
        log.warning("the card will count as new again: %s", exc)


def _tell(report: CardReport, console: Path) -> None:
    if not report.problems:
        return
    lines = [f"{FILE_NAME}: {_words(problem)}" for problem in report.problems]
    for line in lines:
        log.warning("%s", line)
    try:
        # Never waits: a serial console may stand still.
        descriptor = os.open(console, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write("".join(f"\r\n{line}" for line in (*lines, "")).encode())
    except OSError as exc:
        log.info("the console takes no message: %s", exc)


def _words(problem: CardProblem) -> str:
    """In English: the console of Linux has no letters for Tajik."""
    place = f"line {problem.line}: " if problem.line else ""
    about = " ".join(filter(None, (problem.key, problem.value)))
    return f"{place}{PROBLEMS[problem.code]}" + (f" ({about})" if about else "")
