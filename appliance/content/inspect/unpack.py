# SPDX-License-Identifier: GPL-3.0-or-later
"""ZIP archives from strangers: looked at whole before one byte is unpacked.

Format: PKWARE APPNOTE.TXT 6.3, sections 4.3 and 4.4.
"""

import errno
import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from appliance.content.file_name import sameness, shown_name
from appliance.errors import RefusalError

MOST_FILES = 20_000
MOST_BYTES = 4_000_000_000
# Text and empty pictures can shrink a hundredfold; what shrinks more, and is large, is a bomb.
_MOST_RATIO = 150
_RATIO_MATTERS_FROM = 50_000_000
_DEEPEST = 24
_LONGEST_NAME = 200
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_UNIX = 3
_LOCAL_HEADER = b"PK\x03\x04"
_CHUNK = 1 << 18
# What operating systems leave in archives.
LITTER = re.compile(
    r"(?:^|/)(?:__MACOSX(?:/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


class Package:
    """An archive whose every name and size has been found harmless.

    Attributes:
        members: what it holds, without folders and litter, by clean path.
    """

    def __init__(self, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self.members = members

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a member.

        Raises:
            KeyError: there is no such member.
            RefusalError: damaged, or it is longer than it may be.
        """
        info = self.members[name]
        if info.file_size > limit:
            raise RefusalError("zip-bomb", size=info.file_size)
        with _zip_errors(), self._archive.open(info) as member:
            return member.read()

    def unpack(
        self, folder: Path, *, wanted: Callable[[str], bool], progress: Callable[[float], None]
    ) -> None:
        """Write the wanted members below a folder that nobody else can write to.

        Raises:
            RefusalError: damaged, or there is no room.
        """
        chosen = {name: info for name, info in self.members.items() if wanted(name)}
        needed = sum(info.file_size for info in chosen.values())
        folder.mkdir(exist_ok=True)
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise RefusalError("no-space", needed=needed, free=free)
        for number, (name, info) in enumerate(chosen.items()):
            target = folder.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with _zip_errors(), self._archive.open(info) as member, target.open("xb") as file:
                shutil.copyfileobj(member, file, _CHUNK)
            progress(number / len(chosen))


@contextmanager
def open_package(path: Path, *, expected: str, case_matters: bool = False) -> Iterator[Package]:
    """Open a ZIP archive, if nothing in its directory speaks against it.

    Args:
        path: of the file.
        expected: the name of the format for people, where the file is no ZIP at all.
        case_matters: names that differ only in case are two; for what is never unpacked.

    Raises:
        RefusalError: not-what-name-says, cut-short, damaged, encrypted-zip, unusual-zip,
            unsafe-names, duplicate-names, too-many-files or zip-bomb.
    """
    with path.open("rb") as file:
        if file.read(len(_LOCAL_HEADER)) != _LOCAL_HEADER:
            raise RefusalError("not-what-name-says", expected=expected)
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as exc:
        # The directory is at the end: a file that begins well and has none is not all there.
        code = "cut-short" if "not a zip file" in str(exc) else "damaged"
        raise RefusalError(code) from exc
    except UnicodeDecodeError as exc:
        raise RefusalError("unsafe-names", path="?") from exc
    except NotImplementedError as exc:
        raise RefusalError("unusual-zip") from exc
    with archive:
        infos = archive.infolist()
        _check_sizes(infos, path.stat().st_size)
        yield Package(archive, _checked_members(archive, case_matters=case_matters))


@contextmanager
def _zip_errors() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError) as exc:
        raise RefusalError("damaged") from exc
    except NotImplementedError as exc:
        raise RefusalError("unusual-zip") from exc
    except OSError as exc:
        if exc.errno != errno.EINVAL:  # a directory that puts a member before the file's beginning
            raise
        raise RefusalError("damaged") from exc


def _check_sizes(infos: list[zipfile.ZipInfo], archive_size: int) -> None:
    if len(infos) > MOST_FILES:
        raise RefusalError("too-many-files", count=len(infos), limit=MOST_FILES)
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    # More packed bytes than the archive has: its members overlap.
    if unpacked > MOST_BYTES or packed > archive_size or is_bomb(packed, unpacked):
        raise RefusalError("zip-bomb", size=unpacked)


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so few bytes become so many that nobody packed them for their content."""
    return unpacked > _RATIO_MATTERS_FROM and unpacked > packed * _MOST_RATIO


def _checked_members(archive: zipfile.ZipFile, *, case_matters: bool) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    taken: set[str] = set()
    folders: set[str] = set()
    for info in archive.infolist():
        written = _decoded_name(info)
        name = clean_name(written)
        if LITTER.search(name):
            continue
        _check_type(info, name)
        key = name if case_matters else sameness(name)
        parents = {str(parent) for parent in PurePosixPath(key).parents}
        if written.endswith(("/", "\\")):
            folders |= {key, *parents}
            continue
        if key in taken:
            if name in members and _is_same(archive, members[name], info):
                continue  # some programs write a file each time that it is used
            raise RefusalError("duplicate-names", path=shown_name(name))
        taken.add(key)
        folders |= parents
        members[name] = info
    for name in members:
        if (name if case_matters else sameness(name)) in folders:
            raise RefusalError("duplicate-names", path=shown_name(name))
    return members


def _is_same(archive: zipfile.ZipFile, one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
    """Whether two members hold the same bytes."""
    if one.file_size != other.file_size:
        return False
    with _zip_errors(), archive.open(one) as first, archive.open(other) as second:
        while piece := first.read(_CHUNK):
            if second.read(len(piece)) != piece:
                return False
        return not second.read(1)


def clean_name(name: str) -> str:
    """A member's name as a relative path with ``/`` and nothing that leads elsewhere.

    Raises:
        RefusalError: unsafe-names.
    """
    parts = name.replace("\\", "/").split("/")
    while parts and parts[-1] == "":
        parts.pop()
    unsafe = (
        not parts
        or len(parts) > _DEEPEST
        or any(part in ("", ".", "..") for part in parts)
        or any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in parts)
        or any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
        or re.match(r"[A-Za-z]:", name)
    )
    if unsafe:
        raise RefusalError("unsafe-names", path=shown_name(name))
    return unicodedata.normalize("NFC", "/".join(parts))


def _check_type(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise RefusalError("encrypted-zip")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusalError("unusual-zip")
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RefusalError("unsafe-names", path=shown_name(name))


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """The name in the encoding of its maker: the format knows UTF-8, people use CP866 too."""
    name = info.orig_filename
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        russian = raw.decode("cp866")
        letters = [char for char in russian if not char.isascii()]
        is_russian = all(map(_CYRILLIC.match, letters)) and not _MIXED.search(russian)
        return russian if is_russian else name
