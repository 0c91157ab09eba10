# SPDX-License-Identifier: GPL-3.0-or-later
"""The course in which a quiz is opened: it travels in the address, so that guests have it too."""

import re

import msgspec
from flask import request

_FORM = re.compile(r"([a-z2-7]{16})\.([A-Za-z0-9-]{1,64})")

FIELD = "in"
"""Name in addresses and forms; the value is the item of the course, a dot, the lesson's id."""


class Within(msgspec.Struct, frozen=True):
    """A lesson of a course; both empty where somebody came by another way."""

    course: str = ""
    lesson: str = ""

    def __str__(self) -> str:
        return f"{self.course}.{self.lesson}" if self.course else ""

    @property
    def query(self) -> dict[str, str]:
        """What the addresses of this quiz say of it."""
        return {FIELD: str(self)} if self.course else {}

    @property
    def course_address(self) -> str:
        """The page of the course; empty where there is none."""
        return f"/course/{self.course}" if self.course else ""

    @property
    def next_address(self) -> str:
        """Where the lesson after this one opens; likewise."""
        return f"/course/{self.course}/{self.lesson}/next" if self.course else ""


def within() -> Within:
    """The lesson that the request names."""
    found = _FORM.fullmatch(request.values.get(FIELD, ""))
    return Within(found[1], found[2]) if found else Within()
