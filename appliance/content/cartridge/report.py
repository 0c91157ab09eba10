# SPDX-License-Identifier: GPL-3.0-or-later
"""What came over of a course of another program, and what did not, by name."""

import msgspec


class Left(msgspec.Struct, frozen=True):
    """Something that did not come over.

    Attributes:
        reason: a key of ``REASONS``.
        about: the address of a link, the name of a file; may be empty.
    """

    title: str
    reason: str
    about: str = ""


class Report(msgspec.Struct, frozen=True):
    """The outcome of a conversion.

    Attributes:
        title: of the course.
        came: paths of the lessons below the course's folder, with their titles.
    """

    title: str
    came: tuple[tuple[str, str], ...]
    left: tuple[Left, ...]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the child says: the report, or the code of a refusal with its details."""

    report: Report | None = None
    code: str = ""
    details: dict[str, str | int] = {}


REASONS = {
    "link": "a link into the internet; the box has none",
    "discussion": "a discussion; there are none on the box",
    "tool": "a tool on another server",
    "task": "an assignment that is handed in",
    "bank": "a bank of questions that no lesson asks",
    "unused": "stands in no lesson of the outline",
    "missing": "its file is not in the cartridge",
    "format": "a format that cannot be shown",
    "other": "of a kind that is not known",
    "again": "stands in the outline twice; once is enough",
    "too-many": "too many in one unit",
}
