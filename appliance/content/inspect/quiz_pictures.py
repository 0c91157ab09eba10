# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of a quiz, with their sounds; each is decoded once, to surprise no browser."""

import hashlib
import io
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from msgspec.structs import replace

from appliance.content.embedded import SOUNDS
from appliance.content.file_name import sameness
from appliance.content.inspect.cover import PICTURE_ERRORS, open_picture
from appliance.content.inspect.staged import FILES, Staged
from appliance.content.inspect.unpack import Package
from appliance.content.quiz.quiz import Quiz
from appliance.errors import RefusalError

FOLDER = "pictures"
"""Beside ``quiz.json``: those that were inside the file."""

_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
_LARGEST = 20_000_000
_MOST_BYTES = 500_000_000
_MOST = 5000
_LIGHT = 200_000  # bytes that a phone on a busy network takes without waiting
_WIDEST = 1280


class StagedPictures:
    """Pictures that lie beside the file, in the archive with it, or inside it."""

    def __init__(self, staged: Staged, package: Package | None = None) -> None:
        self._staged = staged
        self._package = package
        self._left = _MOST_BYTES
        self._made: dict[str, str] = {}
        beside = (*staged.files[1:], *staged.companions)
        self._beside = {sameness(name): name for name in beside if not _is_sound(name)}
        self._sounds = {PurePosixPath(name).stem: name for name in beside if _is_sound(name)}
        self._used: dict[str, str] = {}
        members = package.members if package else ()
        self._members = {sameness(PurePosixPath(name).name): name for name in members}

    @property
    def unused(self) -> int:
        """How many lie there that no question shows."""
        cover = {sameness(path.name) for path in (self._staged.picture,) if path}
        return len(self._beside.keys() - self._used.keys() - cover)

    def beside(self, name: str) -> str:
        """The path of a picture by its name, whatever folders stand before it, or nothing."""
        base = PurePosixPath(unquote(name.strip()).replace("\\", "/").partition("?")[0]).name
        key = sameness(base)
        if key in self._beside and key not in self._used:
            own = self._beside[key]
            is_picture = _format(self._staged.path(own))
            self._used[key] = f"{FILES}/{own}" if is_picture else ""
        elif key in self._members and key not in self._used and self._package is not None:
            member = self._members[key]
            if self._package.members[member].file_size <= _LARGEST:
                self._used[key] = self.embedded(base, self._package.read(member, _LARGEST))
        return self._used.get(key, "")

    def spoken(self, quiz: Quiz) -> Quiz:
        """The quiz in which whatever shows a picture is also heard, if there is its sound."""
        if not self._sounds:
            return quiz
        questions = (
            replace(
                one,
                sound=one.sound or self._sound_of(one.picture),
                options=tuple(
                    replace(option, sound=option.sound or self._sound_of(option.picture))
                    for option in one.options
                ),
            )
            for one in quiz.questions
        )
        return replace(quiz, questions=tuple(questions))

    def _sound_of(self, picture: str) -> str:
        """The path of the sound that has the name of a picture that lies beside the file."""
        path = PurePosixPath(picture)
        name = self._sounds.get(path.stem, "") if path.parent.name == FILES else ""
        return f"{FILES}/{name}" if name else ""

    def embedded(self, name: str, data: bytes) -> str:
        """The path of a picture that was written down, or nothing if it is none."""
        digest = hashlib.sha256(data).hexdigest()[:16]
        if digest not in self._made:
            self._made[digest] = self._written(digest, data)
        return self._made[digest]

    def _written(self, digest: str, data: bytes) -> str:
        if len(data) > min(_LARGEST, self._left) or len(self._made) >= _MOST:
            return ""
        kind = _format(data)
        if not kind:
            return ""
        suffix, data = _lighter(data) if len(data) > _LIGHT else (_SUFFIXES[kind], data)
        self._left -= len(data)
        folder = self._staged.folder / FOLDER
        folder.mkdir(exist_ok=True)
        (folder / f"{digest}{suffix}").write_bytes(data)
        return f"{FOLDER}/{digest}{suffix}"


def _is_sound(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SOUNDS


def _format(source: bytes | Path) -> str:
    """The format of a picture that can be decoded; empty for anything else."""
    try:
        with open_picture(source) as picture:
            picture.load()
            return picture.format or ""
    except (RefusalError, *PICTURE_ERRORS):
        return ""


def _lighter(data: bytes) -> tuple[str, bytes]:
    """The picture as a WebP that is no wider than it is ever shown."""
    with open_picture(data) as picture:
        small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        small.thumbnail((_WIDEST, _WIDEST))
        written = io.BytesIO()
        small.save(written, "WEBP", quality=80)
    return ".webp", written.getvalue()
