# SPDX-License-Identifier: GPL-3.0-or-later
"""An item of the library: what it is, and what is known about it."""

import re
from enum import StrEnum

import msgspec

ID_PATTERN = re.compile(r"[a-z2-7]{16}")
"""What an id of an item looks like."""


class Kind(StrEnum):
    """What an item is; decides how it is checked and how it is read."""

    ZIM = "zim"
    PDF = "pdf"
    EPUB = "epub"
    VIDEO = "video"
    AUDIO = "audio"
    ALBUM = "album"
    HTML = "html"
    APP = "app"
    """A program for Android, offered for download."""
    PAGE = "page"
    """A Markdown page."""
    QUIZ = "quiz"
    """Questions with their answers; see ``appliance.content.quiz.quiz``."""
    COURSE = "course"
    """An order of other items; see ``appliance.content.course.course``."""
    H5P = "h5p"
    """An exercise with all its libraries."""
    SCORM = "scorm"
    """Lessons that tell results by SCORM 1.2."""


PARTS = (Kind.PAGE, Kind.QUIZ)
"""Kinds that mostly come by the dozen, as parts of a course."""


class Audience(StrEnum):
    """Whom an item is for."""

    PRE_PRIMARY = "pre-primary"
    PUPIL = "pupil"
    TEACHER = "teacher"
    PARENT = "parent"


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said about an item, by its file, by a spreadsheet or by staff.

    Plain text throughout: nothing here is HTML, and every reader escapes it.

    Attributes:
        title: never empty on an item of the shelf.
        authors: as printed, in order.
        languages: ISO 639-1 codes where there is one (``tg``), else ISO 639-3; main one first.
        date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or empty.
        subject: a key of ``appliance.content.subject.SUBJECTS``, or free text.
        grades: school grades (0 is pre-school, 1 to 11 the school), ascending.
        collection: the name of the shelf that the item stands on, or empty.
    """

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date: str = ""
    subject: str = ""
    grades: tuple[int, ...] = ()
    audiences: tuple[Audience, ...] = ()
    collection: str = ""

    @property
    def is_pre_primary(self) -> bool:
        """Whether it is also for those who cannot read yet."""
        return Audience.PRE_PRIMARY in self.audiences

    def overlaid(self, other: "Metadata") -> "Metadata":
        """This, with every value that ``other`` does not leave empty taken from ``other``."""
        said = {
            name: getattr(other, name) for name in self.__struct_fields__ if getattr(other, name)
        }
        return msgspec.structs.replace(self, **said)


class Details(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a reader needs beyond the metadata; each kind fills in its own.

    Attributes:
        pages: of a PDF, pictures of an album, chapters of an EPUB.
        seconds: length of a video or audio.
        width: pixels of a video or of a PDF page at 72 dpi.
        height: likewise.
        entry: path of the page to open first (ZIM entry, EPUB package document, HTML start page).
        contents: (title, place) of the chapters, outline entries or tracks, in reading order.
        captions: language codes of the captions, each stored as ``captions/<code>.vtt``.
        articles: of a ZIM.
        name: a ZIM's ``Name``: a newer archive of the same name replaces the older.
        uuid: a ZIM's, in the dashed form.
    """

    pages: int = 0
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    entry: str = ""
    contents: tuple[tuple[str, str], ...] = ()
    captions: tuple[str, ...] = ()
    articles: int = 0
    name: str = ""
    uuid: str = ""


class Edition(msgspec.Struct, frozen=True):
    """The place of an item in a series of packs.

    Attributes:
        pack: id of the series; ``version`` of the pack that brought it last.
        identifier: of the publication, the same in each version.
    """

    pack: str
    version: int
    identifier: str


class Lesson(msgspec.Struct, frozen=True):
    """Where an item stands in the course that it came with, for making that course of it.

    Attributes:
        course: id of the course where it came from (of a Kolibri channel: 32 hexadecimal digits).
        title: of the course.
        topics: around it, from the outermost in.
        position: in the whole course, from 1.
    """

    course: str
    title: str
    topics: tuple[str, ...]
    position: int


class StoredFile(msgspec.Struct, frozen=True):
    """One file of an item, as it was when it was stored.

    Attributes:
        path: relative to the item's folder, with ``/``.
        size: bytes.
        sha256: in lower-case hexadecimal.
    """

    path: str
    size: int
    sha256: str


class Passage(msgspec.Struct, frozen=True):
    """A stretch of text that search can find and a reader can open.

    Attributes:
        place: where a reader opens it: page number (PDF, album), spine path (EPUB), path (HTML),
            second (captions of video and audio).
        title: of the chapter, or empty.
    """

    place: str
    text: str
    title: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item as it lies in the store; ``item.json`` holds exactly this.

    Attributes:
        id: 16 characters of ``a-z2-7``, made from the content: the same content has the same id.
        metadata: what the file and the spreadsheet said.
        edited: what staff made of it since, whole; wins over ``metadata``.
        fingerprint: of the source, made without reading all of it (see ``content.fingerprint``).
        files: every file of the item but ``item.json``.
        added: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        source: the name of the file that it came from.
        cover: file name of the cover in the item's folder, or empty.
        edition: which publication of which pack it is; nothing for a loose file.
        titles: title by language code, where a pack or a sheet brought several; ``metadata.title``
            is one of them.
        lesson: its place in a course; nothing for what came alone.
        former: ids of the editions whose place it took, oldest first; who still asks for one of
            them is led to this.
    """

    id: str
    kind: Kind
    metadata: Metadata
    files: tuple[StoredFile, ...]
    added: str
    source: str
    details: Details = Details()
    edited: Metadata | None = None
    fingerprint: str = ""
    cover: str = ""
    hidden: bool = False
    featured: bool = False
    edition: Edition | None = None
    titles: dict[str, str] = {}
    former: tuple[str, ...] = ()
    lesson: Lesson | None = None

    @property
    def shown(self) -> Metadata:
        """The metadata that people see: what staff made of it, else what the file said."""
        return self.edited or self.metadata

    def title_in(self, language: str) -> str:
        """The title for a reader of this language; what staff made of it is for everybody."""
        renamed = self.edited is not None and self.edited.title != self.metadata.title
        return self.shown.title if renamed else self.titles.get(language) or self.shown.title

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)
