# SPDX-License-Identifier: GPL-3.0-or-later
"""Unpacks what a course of another program came in: a ZIP, or the tar.gz of a Moodle backup."""

import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from appliance.content.file_name import sameness, shown_name
from appliance.content.inspect.unpack import (
    LITTER,
    MOST_BYTES,
    MOST_FILES,
    clean_name,
    is_bomb,
    open_package,
)
from appliance.errors import RefusalError

_GZIP = b"\x1f\x8b"


def unpack(file: Path, folder: Path) -> tuple[str, ...]:
    """Unpack it into a folder that nobody else can write to; the paths of its files.

    Raises:
        RefusalError: what may be wrong with an archive, as ``open_package`` says.
    """
    with file.open("rb") as opened:
        if opened.read(len(_GZIP)) == _GZIP:
            return _unpack_tar(file, folder)
    with open_package(file, expected="Common Cartridge, Moodle") as package:
        package.unpack(folder, wanted=lambda _: True, progress=lambda _: None)
        return tuple(package.members)


def _unpack_tar(file: Path, folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    try:
        with tarfile.open(file, "r:gz") as archive:
            return _unpacked(archive, folder, file.stat().st_size)
    except EOFError as exc:
        raise RefusalError("cut-short") from exc
    except (tarfile.TarError, zlib.error, UnicodeError, ValueError) as exc:
        raise RefusalError("damaged") from exc


def _unpacked(archive: tarfile.TarFile, folder: Path, packed: int) -> tuple[str, ...]:
    names: list[str] = []
    taken: set[str] = set()
    unpacked = 0
    for info in archive:
        if info.isdir() or LITTER.search(info.name):
            continue
        name = clean_name(info.name.removeprefix("./"))
        if not info.isreg() or info.issparse():
            raise RefusalError("unsafe-names", path=shown_name(name))
        above = {sameness(str(parent)) for parent in PurePosixPath(name).parents}
        if sameness(name) in taken or above & taken:
            raise RefusalError("duplicate-names", path=shown_name(name))
        taken.add(sameness(name))
        unpacked += info.size
        if len(taken) > MOST_FILES:
            raise RefusalError("too-many-files", count=len(taken), limit=MOST_FILES)
        if unpacked > MOST_BYTES or is_bomb(packed, unpacked):
            raise RefusalError("zip-bomb", size=unpacked)
        _write(archive, info, folder.joinpath(*PurePosixPath(name).parts))
        names.append(name)
    return tuple(names)


def _write(archive: tarfile.TarFile, info: tarfile.TarInfo, target: Path) -> None:
    source = archive.extractfile(info)
    if source is None or target.is_dir():
        raise RefusalError("duplicate-names", path=shown_name(info.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(target.parent).free
    if info.size > free:
        raise RefusalError("no-space", needed=info.size, free=free)
    with source, target.open("xb") as written:
        shutil.copyfileobj(source, written)
