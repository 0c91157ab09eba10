# SPDX-License-Identifier: GPL-3.0-or-later
"""What the names of files promise: of each its kind, and of several that they belong together."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

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
_LANGUAGE = re.compile(r"[._-]\w{2,3}")
_OF_LANGUAGE = (3, 4)
"""Characters at the end of a name that may say a language, with what stands before them."""
_NUMBERED = re.compile(r"\d+[\s._)-]+[^\W\d_]{2}.*\..*")


def kind_of(name: str) -> Kind | None:
    """What a file of this name is meant to be; nothing for what cannot stand on the shelf."""
    if name.lower().endswith(_GIFT_TEXT):
        return Kind.QUIZ
    return KINDS.get(_split(name)[1].lower())


class FolderNames:
    """The file names of one folder, by what their endings promise.

    There may be a hundred thousand: whatever is asked of it for each of them looks at no other but
    those that belong to it.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """``names``: sorted."""
        self.media: list[str] = []
        self.pictures: list[str] = []
        self.unknown: list[str] = []
        self.captions: dict[str, list[str]] = defaultdict(list)
        self.parts: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._sort(name)

    def _sort(self, name: str) -> None:
        stem, suffix = _split(name)
        if name.lower() in (*SHEETS, *courses.SHEETS):
            return
        kind = kind_of(name)
        if suffix.lower() in CAPTIONS:
            self.captions[stem].append(name)
        elif is_part(suffix):
            self.parts[stem].append(name)
        elif kind is Kind.ALBUM:
            self.pictures.append(name)
        elif kind:
            self.media.append(name)
        else:
            self.unknown.append(name)

    def covers(self) -> dict[str, str]:
        """The pictures that have the stem of something else, by stem."""
        stems = self._stems | set(self.parts)
        return {stem: name for name in self.pictures if (stem := _split(name)[0]) in stems}

    def take_spoken(self) -> list[str]:
        """Beside a quiz: the sounds that have the names of pictures, as choices that are heard.

        What is numbered like a lesson is one, and its picture the cover. Comes before whatever
        else is asked.
        """
        if not any(map(QUIZ_NAME.fullmatch, self.media)):
            return []
        stems = {_split(name)[0] for name in self.pictures}
        taken = {
            name: None
            for name in self.media
            if _split(name)[1].lower() in SOUNDS
            and _split(name)[0] in stems
            and not _NUMBERED.match(name)
        }
        self.media = [name for name in self.media if name not in taken]
        return list(taken)

    def narrations(self, stem: str) -> list[str]:
        """The sounds in which a page is read out: of its stem, or that and a language."""
        found = []
        for at in range(bisect_left(self._sounds, (stem,)), len(self._sounds)):
            own, name = self._sounds[at]
            if not own.startswith(stem):
                break
            if narration(stem, own) is not None and (own == stem or own not in self._seen):
                found.append(name)
        return sorted(found)

    def take_captions(self, stem: str) -> list[str]:
        """The captions of a film: of its very stem, or its stem and a language (``film.tg.vtt``).

        Those that have the very stem of another film are that one's.
        """
        own = [
            key
            for key in self._captions_of.get(stem, ())
            if key in self.captions and (key == stem or key not in self._stems)
        ]
        return sorted(name for key in own for name in self.captions.pop(key))

    @cached_property
    def _stems(self) -> set[str]:
        return {_split(name)[0] for name in self.media}

    @cached_property
    def _seen(self) -> set[str]:
        """The stems of what is more than a sound."""
        return {_split(name)[0] for name in self.media if kind_of(name) is not Kind.AUDIO}

    @cached_property
    def _sounds(self) -> list[tuple[str, str]]:
        """Stem and name, in the order of the stems."""
        return sorted((_split(name)[0], name) for name in self.media if kind_of(name) is Kind.AUDIO)

    @cached_property
    def _captions_of(self) -> dict[str, list[str]]:
        """The stems of captions, by those of the films that they may belong to."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.captions:
            found[key].append(key)
            for length in _OF_LANGUAGE:
                if _LANGUAGE.fullmatch(key[-length:]):
                    found[key[:-length]].append(key)
        return found


def _split(name: str) -> tuple[str, str]:
    """Stem and suffix, as pathlib has them; a path for each of very many names takes long."""
    at = name.rfind(".")
    return (name[:at], name[at:]) if 0 < at < len(name) - 1 else (name, "")
