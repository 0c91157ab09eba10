# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech that the box makes of a text, by espeak-ng, for browsers without a voice of their own."""

import hashlib
import re
import shutil
from functools import cache as once
from pathlib import Path

from appliance.content.made_files import MadeFiles
from appliance.errors import ApplianceError
from appliance.process import ProcessError, run_limited

LANGUAGES = frozenset({"ru", "en"})
"""What espeak-ng speaks so that children understand it. It knows no Tajik: its nearest voices,
Uzbek and Persian, make of Tajik words what nobody in a class recognises."""

FOLDER = "voice"
MOST_LETTERS = 400
"""Of a piece: some half a minute, so that it is there at once and a stop loses nothing."""

_EDITION = "1"  # changes when the same text shall sound otherwise
_WORDS_A_MINUTE = "140"
_TIMEOUT_S = 20
_MEMORY_BYTES = 200 * 1024 * 1024
# Though it only writes to us, espeak-ng looks for a sound card, and PulseAudio's library then makes
# itself a file of 64 MiB in memory.
_WAVE_BYTES = 72 * 1024 * 1024
_SOUND_BYTES = 2 * 1024 * 1024
_KEPT_BYTES = 128 * 1024 * 1024
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ENDS = (*".!?…,:;", "")
# What stands in double brackets espeak-ng takes for names of sounds.
_BRACKETS = re.compile(r"\[\[|\]\]")
_FRAME = (b"\xff", b"ID3")


class VoiceError(ApplianceError):
    """The text cannot be spoken."""


class Voices:
    """The spoken texts of one process."""

    def __init__(self, cache: Path, *, waiting: int = 2, patience_s: float = 8) -> None:
        """Keep the sounds below ``cache``; the limits are those of ``MadeFiles``."""
        self._files = MadeFiles(
            cache, FOLDER, kept_bytes=_KEPT_BYTES, waiting=waiting, patience_s=patience_s
        )

    @property
    def languages(self) -> frozenset[str]:
        """Codes of the languages that this computer can speak now."""
        return LANGUAGES if _tools_are_there() else frozenset()

    def sound(self, item_id: str, language: str, text: str) -> str:
        """The MP3 of a piece, as a path below the cache; made first if need be.

        Args:
            item_id: of the item that holds the text: what belongs together lies together.
            language: one of ``languages``.
            text: at most ``MOST_LETTERS``; see ``pieces``.

        Raises:
            VoiceError: there is nothing to say, or no voice, or espeak-ng fails.
            MadeBusyError: too many wait already.
        """
        if language not in self.languages or not text.strip() or len(text) > MOST_LETTERS:
            raise VoiceError(f"nothing to say in {language!r}")
        said = text.encode("utf-8", "replace")
        digest = hashlib.sha256(f"{_EDITION} {language} ".encode() + said).hexdigest()[:24]
        return self._files.path(f"{item_id}/{digest}.mp3", lambda: _spoken(language, said))


def pieces(text: str) -> tuple[str, ...]:
    """A text in pieces that are spoken one after the other: whole sentences as far as they fit."""
    found: list[str] = []
    for sentence in _SENTENCE.split(_BRACKETS.sub(" ", text)):
        words = " ".join(sentence.split())
        if found and len(found[-1]) + len(words) < MOST_LETTERS - 1:
            pause = "" if not words or found[-1][-1:] in _ENDS else "."  # items of a list have none
            found[-1] = f"{found[-1]}{pause} {words}".strip()
            continue
        while len(words) > MOST_LETTERS:
            cut = words.rfind(" ", 1, MOST_LETTERS)
            cut = cut if cut > 0 else MOST_LETTERS
            found.append(words[:cut])
            words = words[cut:].lstrip()
        found.append(words)
    return tuple(piece for piece in found if any(map(str.isalnum, piece)))


@once
def _tools_are_there() -> bool:
    return all(map(shutil.which, ("espeak-ng", "lame")))


def _spoken(language: str, text: bytes) -> bytes:
    try:
        # By standard input: no text is an option.
        wave = _run(
            ["espeak-ng", "-b", "1", "-v", language, "-s", _WORDS_A_MINUTE, "--stdin", "--stdout"],
            text,
            _WAVE_BYTES,
        )
        sound = _run(["lame", "--quiet", "-m", "m", "-b", "32", "-", "-"], wave, _SOUND_BYTES)
    except ProcessError as exc:
        raise VoiceError(str(exc)) from exc
    if not sound.startswith(_FRAME):
        raise VoiceError("lame made no sound")
    return sound


def _run(argv: list[str], given: bytes, output_limit: int) -> bytes:
    return run_limited(
        argv,
        timeout_s=_TIMEOUT_S,
        memory_bytes=_MEMORY_BYTES,
        output_limit=output_limit,
        given=given,
    ).stdout
