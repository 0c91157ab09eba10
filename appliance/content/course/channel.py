# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kolibri channel as a course: its topics are the units, its nodes the lessons."""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from appliance.content.course.assembly import Made
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Lesson, Metadata
from appliance.content.result import IngestResult
from appliance.errors import RefusalError


class ChannelPart(msgspec.Struct, frozen=True):
    """A node of a channel, and what became of it.

    Attributes:
        id: of the node; the same in each version of the channel.
        title: as the channel says.
    """

    id: str
    title: str
    place: Lesson
    result: IngestResult


def channel_course(channel: str, metadata: Metadata, parts: Sequence[ChannelPart]) -> Made:
    """The course that a channel is.

    Raises:
        RefusalError: course-empty.
    """
    if not any(part.result.id for part in parts):
        raise RefusalError("course-empty")
    ordered = sorted(parts, key=lambda part: part.place.position)
    units = tuple(
        Unit(tuple(map(_lesson, own)), title=" · ".join(topics)[:300])
        for topics, own in groupby(ordered, lambda part: part.place.topics)
    )
    return Made(Course(channel, units), metadata)


def _lesson(part: ChannelPart) -> CourseLesson:
    if part.result.id:
        return CourseLesson(part.id, part.title, item=part.result.id)
    code = part.result.code or "not-brought"
    return CourseLesson(part.id, part.title, name=part.title, missing=code)
