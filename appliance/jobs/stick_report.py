# SPDX-License-Identifier: GPL-3.0-or-later
"""The report on a stick in plain words: kept on the box, and left on the stick where that is meant.

It is for people without a panel: in Tajik, Russian and English, one after the other.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from appliance.content.result import IngestResult, Status
from appliance.durable import write_file
from appliance.errors import RefusalError
from appliance.language import N_, moment_in_words, translations
from appliance.reasons import sentence

NAME = "chashma-report.txt"
"""On a stick; ``appliance.content.discover`` never takes it for content."""

_KEPT = 50
_LANGUAGES = ("tg", "ru", "en")
_MOST_LINES = 1000
_TITLE = N_("Chashma: what became of this drive")
_HEADINGS = {
    Status.INSTALLED: N_("On the shelf now:"),
    Status.ALREADY: N_("Was there already:"),
    Status.RETIRED: N_("Taken off the shelf:"),
    Status.REJECTED: N_("Not taken:"),
}
_BROKEN_OFF = N_("It was not finished:")
_NOTHING = N_("There was nothing to do.")


class Outcome(msgspec.Struct, frozen=True):
    """What became of a stick, as far as it is told.

    Attributes:
        counts: how many files became what.
        first: results that the report names, of each status.
    """

    counts: Counter[Status]
    first: dict[Status, list[IngestResult]]

    @classmethod
    def of(cls, results: Iterable[IngestResult]) -> "Outcome":
        """Gather it from results as they come; most of a hundred thousand are only counted."""
        outcome = cls(Counter(), {status: [] for status in Status})
        for result in results:
            outcome.counts[result.status] += 1
            if outcome.counts[result.status] <= _MOST_LINES:
                outcome.first[result.status].append(result)
        return outcome


def report_text(what: str, outcome: Outcome, end: RefusalError | None) -> str:
    """The whole text.

    Args:
        what: the pack's title or the drive's label.
        outcome: what became of the files.
        end: why the work ended early, if it did.
    """
    parts = ("\n".join(_lines(what, outcome, end, language)) for language in _LANGUAGES)
    return "\n\n".join(parts) + "\n"


def keep_report(folder: Path, job: int, text: str) -> None:
    """Keep a report on the box, and the newest fifty of all.

    Raises:
        OSError: the disk is full or failing.
    """
    folder.mkdir(exist_ok=True)
    write_file(folder / f"{job:08}.txt", text.encode())
    for old in sorted(folder.glob("*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)


def leave_report(drive: Path, text: str) -> None:
    """Put a report on a stick, whole or not at all.

    Raises:
        OSError: the stick cannot be written.
    """
    temporary = drive / f".{NAME}.new"
    temporary.unlink(missing_ok=True)  # also a link that somebody laid there
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(temporary, flags, 0o644), "wb") as out:
        # The editor of Windows wants its own line ends, and a mark that this is UTF-8.
        out.write(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(drive / NAME)


def _lines(what: str, outcome: Outcome, end: RefusalError | None, language: str) -> Iterator[str]:
    tell = translations(language).gettext
    yield f"{tell(_TITLE)}: {what}"
    yield moment_in_words(datetime.now(UTC).astimezone(), language)
    if end:
        yield f"{tell(_BROKEN_OFF)} {sentence(end.code, end.details, language)}"
    for status, heading in _HEADINGS.items():
        if outcome.counts[status]:
            yield f"\n{tell(heading)} {outcome.counts[status]}"
        for result in outcome.first[status]:
            name = result.title or result.file
            why = f": {result.reason(language)}" if result.code else ""
            yield f"  {name}{why}"
    if not outcome.counts and not end:
        yield tell(_NOTHING)
