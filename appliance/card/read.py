# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma.toml`` as the box understands it: every line that can count does."""

import codecs
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from appliance.card.settings import (
    FILE_NAME,
    CardProblem,
    CardReport,
    CardSettings,
)
from appliance.card.statements import Statement, statements
from appliance.card.values import Reader
from appliance.hotspot.settings import HotspotSettings

_LARGEST = 64 * 1024
_MISNAMED = FILE_NAME + ".txt"
"""What Windows makes of it while it hides endings."""


class _UnreadableError(Exception):
    """There is something of this name, but no text in it."""


def read_card(folder: Path, kept: HotspotSettings, previous_digest: str) -> CardReport:
    """Read the file in a folder. Nothing in it, and nothing in its place, makes this raise.

    Args:
        folder: the mounted boot partition.
        kept: settings of the hotspot that hold where the file is silent.
        previous_digest: of the file at the last start, or empty.
    """
    problems = [CardProblem("wrong-name")] if (folder / _MISNAMED).exists() else []
    try:
        content = _bytes(folder / FILE_NAME)
    except FileNotFoundError:
        return CardReport(False, False, "", CardSettings(), tuple(problems))
    except (OSError, _UnreadableError):
        problems.append(CardProblem("file-unreadable"))
        return CardReport(True, False, previous_digest, CardSettings(), tuple(problems))
    digest = hashlib.sha256(content).hexdigest()
    settings, found = read_text(content, kept)
    return CardReport(True, digest != previous_digest, digest, settings, (*problems, *found))


def read_text(
    content: bytes, kept: HotspotSettings
) -> tuple[CardSettings, tuple[CardProblem, ...]]:
    """What these bytes say, and which of it does not count."""
    if len(content) > _LARGEST:
        return CardSettings(), (CardProblem("file-too-large"),)
    text, problems = _text(content)
    reader = Reader(kept)
    for found in statements(text):
        problems += [found] if isinstance(found, CardProblem) else _read(reader, found)
    settings, more = reader.finish()
    return settings, tuple(sorted([*problems, *more], key=lambda problem: problem.line))


def _read(reader: Reader, statement: Statement) -> list[CardProblem]:
    return list(reader.read(statement))


def _bytes(file: Path) -> bytes:
    """At most one byte more than may be.

    A link, a folder or a device in the file's place is not opened: FAT has none, but the folder
    may be any when somebody checks a file on a computer.
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _UnreadableError
        return opened.read(_LARGEST + 1)


def _text(content: bytes) -> tuple[str, list[CardProblem]]:
    """The letters. Windows writes a mark before UTF-8, UTF-16 ("Unicode") or its own code page."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), []
    lines = list(_decoded(content.removeprefix(codecs.BOM_UTF8)))
    problems = [
        CardProblem("not-utf-8", line=number)
        for number, (_, right) in enumerate(lines, 1)
        if not right
    ]
    return "\n".join(line for line, _ in lines), problems[:1]


def _decoded(content: bytes) -> Iterator[tuple[str, bool]]:
    for line in content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        try:
            yield line.decode("utf-8"), True
        except UnicodeDecodeError:
            comment = line.lstrip().startswith(b"#")
            yield line.decode("cp1251", "replace"), comment
