# SPDX-License-Identifier: GPL-3.0-or-later
"""What the feed of a pack says of a publication, in the shelf's words.

Properties are those of the Readium Web Publication Manifest
(https://readium.org/webpub-manifest/contexts/default/) and our own below ``TERMS``. All of it is
plain text: a tag stays the letters that it is.
"""

import re
from collections.abc import Iterable

import msgspec

from appliance.content.inspect.plain import (
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
    date,
    languages,
    shortened,
    visible,
)
from appliance.content.item import Audience, Edition, Lesson, Metadata
from appliance.content.pack.info import HIGHEST_VERSION
from appliance.content.pack.series import ID_PATTERN
from appliance.content.subject import SUBJECTS
from appliance.language import UI_LANGUAGES, normal_language

TERMS = "https://chashma.tj/terms/"
GRADES = f"{TERMS}grades"
AUDIENCES = f"{TERMS}audiences"
COLLECTION = f"{TERMS}collection"
LESSON = f"{TERMS}lesson"
EDITION = f"{TERMS}edition"
SERIES = "urn:chashma:pack:"
NAME = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")
"""What follows the series in an identifier."""

_MOST_TITLES = 20
_MOST_AUTHORS = 20
_MOST_TOPICS = 24
_LAST_GRADE = 11
_LANGUAGE_LETTERS = 35

Text = str | dict[str, str]
"""A text, or one for each language."""


class Named(msgspec.Struct):
    """A contributor or a subject."""

    name: Text = ""
    code: str = ""


Names = str | Named | list[str | Named]


class FeedLesson(msgspec.Struct):
    """A place in a course; see ``Lesson``."""

    course: str
    title: str
    position: int
    topics: list[str] = []


class FeedEdition(msgspec.Struct):
    """The edition of another series that a publication is; see ``Edition``."""

    pack: str
    version: int
    identifier: str


class FeedMetadata(msgspec.Struct):
    """``metadata`` of a publication, by the types that it may have."""

    identifier: str
    title: Text = ""
    language: str | list[str] = ""
    author: Names = ""
    description: str = ""
    published: str = ""
    subject: Names = ""
    grades: int | list[int] = msgspec.field(name=GRADES, default_factory=list)
    audiences: str | list[str] = msgspec.field(name=AUDIENCES, default="")
    collection: str = msgspec.field(name=COLLECTION, default="")
    lesson: FeedLesson | None = msgspec.field(name=LESSON, default=None)
    edition: FeedEdition | None = msgspec.field(name=EDITION, default=None)


def titles_of(text: Text) -> dict[str, str]:
    """The titles by the codes of their languages; a title of no language is not among them."""
    if isinstance(text, str):
        return {}
    found = {
        normal_language(code): _line(title, TITLE_LIMIT)
        for code, title in list(text.items())[:_MOST_TITLES]
        if len(code) <= _LANGUAGE_LETTERS
    }
    return {code: title for code, title in found.items() if code and title}


def metadata_of(said: FeedMetadata) -> Metadata:
    """The same as the shelf has it; values that mean nothing here are left out."""
    grades = [said.grades] if isinstance(said.grades, int) else said.grades
    audiences = {name.strip().casefold() for name in _several(said.audiences)}
    authors = (_line(_text(name), TITLE_LIMIT) for name in _all(said.author))
    return Metadata(
        title=_line(_text(said.title), TITLE_LIMIT),
        description=_line(said.description, DESCRIPTION_LIMIT),
        authors=tuple(dict.fromkeys(filter(None, authors)))[:_MOST_AUTHORS],
        languages=languages(_several(said.language)),
        date=date(said.published[:40]),
        subject=next(filter(None, map(_subject, _all(said.subject))), ""),
        grades=tuple(sorted({grade for grade in grades if 0 <= grade <= _LAST_GRADE})),
        audiences=tuple(one for one in Audience if one.value in audiences),
        collection=_line(said.collection, TITLE_LIMIT),
    )


def lesson_of(said: FeedMetadata) -> Lesson | None:
    """The place in a course, where the feed says one."""
    if said.lesson is None:
        return None
    topics = (_line(topic, TITLE_LIMIT) for topic in said.lesson.topics[:_MOST_TOPICS])
    course, title = (_line(text, TITLE_LIMIT) for text in (said.lesson.course, said.lesson.title))
    return Lesson(course, title, tuple(topics), said.lesson.position)


def edition_of(said: FeedMetadata) -> Edition | None:
    """The edition of another series that it is, where the feed says one that can be."""
    if said.edition is None:
        return None
    found = Edition(said.edition.pack, said.edition.version, said.edition.identifier)
    prefix = f"{SERIES}{found.pack}:"
    name = found.identifier.removeprefix(prefix)
    named = bool(ID_PATTERN.fullmatch(found.pack) and NAME.fullmatch(name))
    return (
        found
        if named and name != found.identifier and 0 < found.version <= HIGHEST_VERSION
        else None
    )


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _all(value: Names) -> Iterable[str | Named]:
    return value if isinstance(value, list) else [value]


def _text(value: str | Named | dict[str, str]) -> str:
    """A text in the language that most readers know, of those that there are."""
    if isinstance(value, Named):
        return _text(value.name)
    if isinstance(value, str):
        return value
    known = {normal_language(code[:_LANGUAGE_LETTERS]): text for code, text in value.items()}
    return next((known[code] for code in (*UI_LANGUAGES, *known) if known.get(code)), "")


def _subject(value: str | Named) -> str:
    """The key of a school subject where the code or the name is one; else the name."""
    code = value.code if isinstance(value, Named) else ""
    name = _line(_text(value), TITLE_LIMIT)
    keys = (re.sub(r"[\s_]+", "-", word.strip().casefold()) for word in (code, name))
    return next((key for key in keys if key in SUBJECTS), name)


def _line(text: str, limit: int) -> str:
    return shortened(visible(text[: limit * 20]), limit)
