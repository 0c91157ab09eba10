# SPDX-License-Identifier: GPL-3.0-or-later
"""What the names of files promise: of each its kind, and of several that they belong together."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from appliance.content.course import folder as courses
from appliance.content.embedded import SOUNDS, narration
from appliance.content.item import Kind
from appliance.content.split_archive import is_part

KINDS = {
    ".zim": Kind.ZIM,
    ".pdf": Kind.PDF,
    ".epub": Kind.EPUB,
    **dict.fromkeys((".mp4", ".m4v", ".webm"), Kind.VIDEO),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".wav"), Kind.AUDIO),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".gif"), Kind.ALBUM),
    ".zip": Kind.HTML,
    ".apk": Kind.APP,
    ".md": Kind.PAGE,
    # What they hold is for the inspector to see; a spreadsheet or XML of another sort is refused.
    **dict.fromkeys((".xlsx", ".xml", ".gift"), Kind.QUIZ),
    ".h5p": Kind.H5P,
}
SEVERAL_FILES = (Kind.ALBUM, Kind.PAGE, Kind.QUIZ)
CAPTIONS = (".vtt", ".srt")
SHEETS = ("catalog.csv", "catalog.xlsx")
QUIZ_NAME = re.compile(
    r".*\.(?:quiz\.xlsx|gift|gift\.txt)|"
    r"(?:.*[\W\d_])?(?:quiz|test|тест|викторина|сан[ҷч]иш|савол|вопрос)[^\W\d_]{0,5}(?:[\W\d_].*)?\.xlsx",
    re.IGNORECASE,
)
"""Spreadsheets of these names, and questions in GIFT, bring the pictures of their folder along."""
_GIFT_TEXT = ".gift.txt"
_NUMBERED = re.compile(r"\d+[\s._)-]+[^\W\d_]{2}.*\..*")


def kind_of(name: str) -> Kind | None:
    """What a file of this name is meant to be; nothing for what cannot stand on the shelf."""
    if name.lower().endswith(_GIFT_TEXT):
        return Kind.QUIZ
    return KINDS.get(PurePath(name).suffix.lower())


class FolderNames:
    """The file names of one folder, by what their endings promise."""

    def __init__(self, names: Sequence[str]) -> None:
        self.media: list[str] = []
        self.pictures: list[str] = []
        self.unknown: list[str] = []
        self.captions: dict[str, list[str]] = defaultdict(list)
        self.parts: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._sort(name, PurePath(name).stem, PurePath(name).suffix.lower())

    def _sort(self, name: str, stem: str, suffix: str) -> None:
        if name.lower() in (*SHEETS, *courses.SHEETS):
            return
        if suffix in CAPTIONS:
            self.captions[stem].append(name)
        elif is_part(suffix):
            self.parts[stem].append(name)
        elif kind_of(name) is Kind.ALBUM:
            self.pictures.append(name)
        elif kind_of(name):
            self.media.append(name)
        else:
            self.unknown.append(name)

    def covers(self) -> dict[str, str]:
        """The pictures that have the stem of something else, by stem."""
        stems = {PurePath(name).stem for name in self.media} | set(self.parts)
        return {PurePath(name).stem: name for name in self.pictures if PurePath(name).stem in stems}

    def take_spoken(self) -> list[str]:
        """Beside a quiz: the sounds that have the names of pictures, as choices that are heard.

        What is numbered like a lesson is one, and its picture the cover.
        """
        if not any(map(QUIZ_NAME.fullmatch, self.media)):
            return []
        stems = {PurePath(name).stem for name in self.pictures}
        taken = [
            name
            for name in self.media
            if PurePath(name).suffix.lower() in SOUNDS
            and PurePath(name).stem in stems
            and not _NUMBERED.match(name)
        ]
        self.media = [name for name in self.media if name not in taken]
        return taken

    def narrations(self, stem: str) -> list[str]:
        """The sounds in which a page is read out: of its stem, or that and a language."""
        others = {PurePath(name).stem for name in self.media if kind_of(name) is not Kind.AUDIO}
        sounds = [name for name in self.media if kind_of(name) is Kind.AUDIO]
        stems = [(name, PurePath(name).stem) for name in sounds]
        return [
            name
            for name, own in stems
            if narration(stem, own) is not None and (own == stem or own not in others)
        ]

    def take_captions(self, stem: str) -> list[str]:
        """The captions of a film: of its very stem, or its stem and a language (``film.tg.vtt``).

        Those that have the very stem of another film are that one's.
        """
        others = {PurePath(name).stem for name in self.media} - {stem}
        own = [
            key
            for key in self.captions
            if key == stem
            or (re.fullmatch(re.escape(stem) + r"[._-]\w{2,3}", key) and key not in others)
        ]
        return sorted(name for key in own for name in self.captions.pop(key))
