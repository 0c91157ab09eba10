# SPDX-License-Identifier: GPL-3.0-or-later
"""What the card says, brought to where it counts: once at each start of the agent."""

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from appliance.card.read import read_card
from appliance.card.report import problem_text, report_text
from appliance.card.settings import FILE_NAME, REPORT_NAME, CardProblem, CardReport
from appliance.config import Config
from appliance.durable import sync_file, sync_folder, write_file
from appliance.hotspot.hotspot import Hotspot
from appliance.process import ProcessError

log = logging.getLogger(__name__)

Run = Callable[[Sequence[str]], None]
"""Calls a tool; raises ``ProcessError`` if it fails."""

FOLDER = Path("/boot/firmware")
_CONSOLE = Path("/dev/console")


class _Kept(msgspec.Struct, frozen=True):
    """What is remembered of the card of the start before."""

    digest: str = ""


def take_card(
    config: Config,
    hotspot: Hotspot,
    run: Run,
    *,
    reader: int | None = None,
    folder: Path = FOLDER,
    console: Path = _CONSOLE,
) -> CardReport:
    """Read the card, pass on what it says, and tell what is wrong with it.

    Settings of the hotspot on a card that is new win over those that were kept; those on a card
    that has not changed do not: somebody may have changed them in the panel since.

    Args:
        config: of the box.
        hotspot: that its settings are for.
        run: calls a tool; raises ``ProcessError`` if it fails.
        reader: the user who may read what the card says; it may hold the hash of a password.
        folder: where the card's first partition is mounted, read-only.
        console: where people may see what is wrong.

    Raises:
        OSError: the report cannot be written where the panel looks for it.
    """
    kept = config.state / "system" / "card.json"
    report = read_card(folder, hotspot.kept, _previous_digest(kept))
    config.card_json.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    _pass_on(config.card_json, report, reader)
    if report.changed and report.settings.hotspot is not None:
        hotspot.keep(report.settings.hotspot)
    if report.changed:
        # After what it says is kept: a power cut in between has it said again.
        _remember(kept, report.digest)
    _tell(report.problems, console)
    _lay_report(folder, report.problems, run)
    return report


def _pass_on(file: Path, report: CardReport, reader: int | None) -> None:
    """For one user's eyes, and root's."""
    new = file.with_name(".card.new")
    write_file(new, msgspec.json.encode(report), mode=0o400)
    if reader is not None:
        os.chown(new, reader, -1)
    new.replace(file)


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


def _tell(problems: Sequence[CardProblem], console: Path) -> None:
    """In English: the console of Linux has no letters for Tajik."""
    lines = [f"{FILE_NAME}: {problem_text(problem, 'en')}" for problem in problems]
    for line in lines:
        log.warning("%s", line)
    if not lines:
        return
    try:
        # Never waits: a serial console may stand still.
        descriptor = os.open(console, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write("".join(f"\r\n{line}" for line in (*lines, "")).encode())
    except OSError as exc:
        log.info("the console takes no message: %s", exc)


def _lay_report(folder: Path, problems: Sequence[CardProblem], run: Run) -> None:
    """Beside the file, for whoever has the card in a PC; written only if it says something new."""
    file = folder / REPORT_NAME
    text = report_text(problems).encode() if problems else None
    try:
        if text == _content(file):
            return
        remount = folder.is_mount()
        if remount:
            run(("mount", "-o", "remount,rw", str(folder)))
        try:
            _put(file, text)
        finally:
            if remount:
                run(("mount", "-o", "remount,ro", str(folder)))
    except (OSError, ProcessError) as exc:
        log.warning("%s cannot be written: %s", file, exc)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _put(file: Path, text: bytes | None) -> None:
    if text is None:
        file.unlink()
    else:
        # In place: FAT knows no renaming that a power cut could not tear, and a torn report is
        # another text, so it is written again.
        file.write_bytes(text)
        sync_file(file)
    sync_folder(file.parent)
