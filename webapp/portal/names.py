# SPDX-License-Identifier: GPL-3.0-or-later
"""What kinds, audiences, subjects, grades and places are called on the pages."""

from collections.abc import Callable
from urllib.parse import unquote

from appliance.content.item import Audience, Item, Kind
from appliance.content.subject import SUBJECTS
from appliance.language import N_
from webapp.portal import amount

Gettext = Callable[[str], str]

KINDS = {
    Kind.EPUB: N_("Books"),
    Kind.PDF: N_("Books in PDF"),
    Kind.ZIM: N_("Encyclopedias"),
    Kind.VIDEO: N_("Films"),
    Kind.AUDIO: N_("Listening"),
    Kind.ALBUM: N_("Albums"),
    Kind.HTML: N_("Lessons"),
    Kind.APP: N_("Apps"),
    Kind.PAGE: N_("Pages"),
    Kind.COURSE: N_("Courses"),
    Kind.QUIZ: N_("Quizzes"),
    Kind.H5P: N_("Exercises"),
    Kind.SCORM: N_("Lessons with tasks"),
}

ONE_OF_KIND = {
    Kind.EPUB: N_("Book"),
    Kind.PDF: N_("Book in PDF"),
    Kind.ZIM: N_("Encyclopedia"),
    Kind.VIDEO: N_("Film"),
    Kind.AUDIO: N_("Sound"),
    Kind.ALBUM: N_("Album"),
    Kind.HTML: N_("Lesson"),
    Kind.APP: N_("App"),
    Kind.PAGE: N_("Page"),
    Kind.COURSE: N_("Course"),
    Kind.QUIZ: N_("Quiz"),
    Kind.H5P: N_("Exercise"),
    Kind.SCORM: N_("Lesson with tasks"),
}

SCHEMA = {
    Kind.EPUB: "http://schema.org/Book",
    Kind.PDF: "http://schema.org/Book",
    Kind.ZIM: "http://schema.org/Collection",
    Kind.VIDEO: "http://schema.org/VideoObject",
    Kind.AUDIO: "http://schema.org/AudioObject",
    Kind.ALBUM: "http://schema.org/ImageGallery",
    Kind.HTML: "http://schema.org/LearningResource",
    Kind.APP: "http://schema.org/MobileApplication",
    Kind.PAGE: "http://schema.org/LearningResource",
    Kind.COURSE: "http://schema.org/Course",
    Kind.QUIZ: "http://schema.org/Quiz",
    Kind.H5P: "http://schema.org/LearningResource",
    Kind.SCORM: "http://schema.org/LearningResource",
}

AUDIENCES = {
    Audience.PRE_PRIMARY: N_("For the little ones"),
    Audience.PUPIL: N_("For pupils"),
    Audience.TEACHER: N_("For teachers"),
    Audience.PARENT: N_("For parents"),
}

_PRE_SCHOOL = N_("Pre-school")
_GRADE = N_("Grade %d")
_PAGE = N_("page %s")
_PICTURE = N_("picture %s")


def subject(key: str) -> str:
    """The English name of a subject, which is a key of the appliance's list or free text."""
    return SUBJECTS.get(key, key)


def grade(grade: int, gettext: Gettext) -> str:
    """A school grade."""
    return gettext(_GRADE) % grade if grade else gettext(_PRE_SCHOOL)


def place(at: str, item: Item, gettext: Gettext) -> str:
    """Where somebody stopped, in words; empty where a bare address would say nothing."""
    if item.kind is Kind.PDF and at.isdecimal():
        return gettext(_PAGE) % at
    if item.kind is Kind.ALBUM and at.isdecimal():
        return gettext(_PICTURE) % at
    if item.kind in (Kind.VIDEO, Kind.AUDIO):
        seconds = second(at)
        return amount.duration(seconds) if seconds else ""
    if item.kind is Kind.ZIM and at == item.details.entry:
        return ""  # its name is the archive's affair: "index", "Main_Page"
    path = at.partition("#")[0]
    exact = [title for title, where in item.details.contents if where == at]
    near = [title for title, where in item.details.contents if where.partition("#")[0] == path]
    chapter = next(iter(exact or near), "")
    if chapter or item.kind is not Kind.ZIM:
        return chapter
    return unquote(at.rsplit("/", 1)[-1]).replace("_", " ").removesuffix(".html")


def second(at: str) -> float:
    """The second of a film that a place means; the beginning where it means none."""
    try:
        seconds = float(at)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < 1_000_000 else 0.0  # noqa: PLR2004 - eleven days
