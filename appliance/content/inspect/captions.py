# SPDX-License-Identifier: GPL-3.0-or-later
"""Captions: WebVTT or SubRip in any usual encoding, written anew as clean WebVTT.

Formats: WebVTT (W3C), SubRip as players agree on it. Only times and words survive: no positions, no
styles, no tags.
"""

import codecs
import re
from collections.abc import Iterable
from html import escape

import msgspec

from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.plain import plain
from appliance.content.inspect.staged import Staged
from appliance.language import language_of_filename

FOLDER = "captions"
UNKNOWN = "und"
_FILE_LIMIT = 5_000_000
_MOST_CUES = 20_000
_LINE_LIMIT = 500
_MOST_LINES = 8
_PASSAGE_SECONDS = 30.0
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
# Styles of other formats that people leave in SubRip files, and WebVTT's times of single words.
_OVERRIDES = re.compile(r"\{\\[^}]{0,200}\}|<[\d:.]{5,12}>")


class Cue(msgspec.Struct, frozen=True):
    """Words and the seconds between which they are shown."""

    start: float
    end: float
    lines: tuple[str, ...]


def add_captions(staged: Staged, passages: PassageWriter) -> tuple[tuple[str, ...], bool]:
    """Write ``captions/<language>.vtt`` for every caption file, and their words as passages.

    Returns:
        The languages that are there now, and whether a file could not be read.
    """
    written: dict[str, list[Cue]] = {}
    unreadable = False
    for name in staged.captions:
        cues = _read(staged, name)
        if not cues:
            unreadable = True
            continue
        language = language_of_filename(name) or _guess(cues) or UNKNOWN
        if language not in written:
            written[language] = cues
            folder = staged.folder / FOLDER
            folder.mkdir(exist_ok=True)
            (folder / f"{language}.vtt").write_text(as_webvtt(cues), encoding="utf-8")
            _add_passages(cues, passages)
    return tuple(written), unreadable


def parse_captions(text: str) -> list[Cue]:
    """The cues of WebVTT or SubRip, in order of time; what is neither is passed over."""
    cues: list[Cue] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        timings = [number for number, line in enumerate(lines) if _TIMING.match(line)]
        if not timings or len(cues) >= _MOST_CUES:
            continue
        timing = _TIMING.match(lines[timings[0]])
        words = [_clean(line) for line in lines[timings[0] + 1 :]][:_MOST_LINES]
        if timing:
            start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
            shown = tuple(filter(None, words))
            if shown and end > start:
                cues.append(Cue(start, end, shown))
    return sorted(cues, key=lambda cue: cue.start)


def as_webvtt(cues: Iterable[Cue]) -> str:
    """WebVTT that every browser reads."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        words = "\n".join(escape(line, quote=False) for line in cue.lines)
        blocks.append(f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{words}\n")
    return "\n".join(blocks)


def decode_text(data: bytes) -> str:
    """The characters of a text file: by its mark, else UTF-8, else Windows' Cyrillic."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _read(staged: Staged, name: str) -> list[Cue]:
    path = staged.path(name)
    if path.stat().st_size > _FILE_LIMIT:
        return []
    return parse_captions(decode_text(path.read_bytes()))


def _clean(line: str) -> str:
    return plain(_OVERRIDES.sub("", line), _LINE_LIMIT)


def _guess(cues: list[Cue]) -> str:
    return guess_language("\n".join(line for cue in cues for line in cue.lines))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _add_passages(cues: list[Cue], passages: PassageWriter) -> None:
    """Half a minute's words together, so that a search finds what two cues say."""
    start, words = cues[0].start, list[str]()
    for cue in cues:
        if cue.start - start > _PASSAGE_SECONDS:
            passages.add(str(int(start)), " ".join(words))
            start, words = cue.start, []
        words.extend(cue.lines)
    passages.add(str(int(start)), " ".join(words))
