# SPDX-License-Identifier: GPL-3.0-or-later
"""What the names of files promise: of each its kind, and of several that they belong together."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from appliance.content.item import Kind

KINDS = {
    ".zim": Kind.ZIM,
    ".pdf": Kind.PDF,
    ".epub": Kind.EPUB,
    **dict.fromkeys((".mp4", ".m4v", ".webm"), Kind.VIDEO),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".wav"), Kind.AUDIO),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".gif"), Kind.ALBUM),
    ".zip": Kind.HTML,
    ".apk": Kind.APP,
}
CAPTIONS = (".vtt", ".srt")
SHEETS = ("catalog.csv", "catalog.xlsx")
_ZIM_PART = re.compile(r"\.zim[a-z]{2}", re.IGNORECASE)


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
        if name.lower() in SHEETS:
            return
        if suffix in CAPTIONS:
            self.captions[stem].append(name)
        elif _ZIM_PART.fullmatch(suffix):
            self.parts[stem].append(name)
        elif KINDS.get(suffix) is Kind.ALBUM:
            self.pictures.append(name)
        elif suffix in KINDS:
            self.media.append(name)
        else:
            self.unknown.append(name)

    def covers(self) -> dict[str, str]:
        """The pictures that have the stem of something else, by stem."""
        stems = {PurePath(name).stem for name in self.media} | set(self.parts)
        return {PurePath(name).stem: name for name in self.pictures if PurePath(name).stem in stems}

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
