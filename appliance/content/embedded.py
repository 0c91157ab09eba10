# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures and sounds that a page in Markdown shows: which files they are, and their names.

Only what looks like ``![text](path)`` is read of the page here; what it means is for the inspector.
"""

import os
import re
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from appliance.content.file_name import safe_names
from appliance.language import language_of_filename

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav"})
_LARGEST = 1_000_000
_MOST = 200
# Windows has none of the first two, and needs the last.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)
# Nothing of it runs over the beginning of another, so that time grows with length alone.
_SHOWN = re.compile(rb"!\[[^\[\]\n]{0,300}\]\([ \t]?(?:<([^<>\n]{1,500})>|([^()\[\]<>\s]{1,500}))")


def embedded(page: Path, root: Path) -> list[tuple[Path, str]]:
    """The files that a page shows, with the names that they have in its item.

    Args:
        page: an ordinary file.
        root: nothing outside of this folder comes along.

    Raises:
        OSError: the page cannot be read.
    """
    found: dict[Path, str] = {}
    for match in _SHOWN.finditer(_beginning(page)):
        reference = (match[1] or match[2]).decode("utf-8", "replace")
        name = stored_name(reference)
        if not name or len(found) >= _MOST:
            continue
        path = Path(os.path.normpath(page.parent / unquote(reference)))
        if path.is_relative_to(root) and _is_ordinary(path, root) and name not in found.values():
            found.setdefault(path, name)
    return list(found.items())


def stored_name(reference: str) -> str:
    """The name in the item of what a page calls ``pictures/water.png``; empty for what cannot be.

    Two references have the same name only if they mean the same file, or are as good as the same.
    """
    path = PurePosixPath(unquote(reference).replace("\\", "/"))
    suffix = path.suffix.lower()
    if path.is_absolute() or suffix not in PICTURES | SOUNDS or ":" in path.parts[0]:
        return ""
    parts = [part for part in path.parts if part != ".."]
    name = safe_names(["-".join(parts).replace("%", "_")])[0]
    return f"{PurePosixPath(name).stem.lstrip('.') or 'file'}{suffix}"


def narration(page: str, sound: str) -> str | None:
    """The language in which a sound reads out a page, told by their names without endings.

    Empty for ``01 Об`` beside ``01 Об``, ``tg`` for ``01 Об.tg``; nothing for any other sound.
    """
    if not sound.startswith(page):
        return None
    rest = sound[len(page) :]
    return (language_of_filename(f"x{rest}.x") or None) if rest else ""


def _beginning(page: Path) -> bytes:
    descriptor = os.open(page, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(_LARGEST)


def _is_ordinary(path: Path, root: Path) -> bool:
    """An ordinary file, and no link on the way to it."""
    try:
        folders = path.relative_to(root).parents
        linked = any((root / folder).is_symlink() for folder in folders)
        return not linked and stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
