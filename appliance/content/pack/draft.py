# SPDX-License-Identifier: GPL-3.0-or-later
"""A publication that shall be written into a pack: which files, and what is said of them."""

import hashlib
import re
from pathlib import Path, PurePath
from urllib.parse import quote

import msgspec

from appliance.content.discover import Candidate
from appliance.content.file_name import safe_names
from appliance.content.item import Edition, Kind, Lesson, Metadata
from appliance.content.pack.bag_path import checked_path
from appliance.content.pack.feed_metadata import SERIES
from appliance.errors import RefusalError

_ODD = re.compile("[%\u2028\u2029]")
_LONGEST_NAME = 200


class DraftFile(msgspec.Struct, frozen=True):
    """A file to be written.

    Attributes:
        name: in the pack; safe on every system, and different from its neighbours' names.
        sources: where its bytes lie, one after the other.
        sha256: of the whole where it is known already, hexadecimal: what is copied must have it.
    """

    name: str
    sources: tuple[Path, ...]
    sha256: str = ""

    @property
    def size(self) -> int:
        """Bytes, as they are now.

        Raises:
            OSError: a source cannot be read.
        """
        return sum(path.stat().st_size for path in self.sources)


class Draft(msgspec.Struct, frozen=True):
    """A publication to be written; ``Publication`` says what the attributes mean."""

    identifier: str
    files: tuple[DraftFile, ...]
    captions: tuple[DraftFile, ...] = ()
    cover: DraftFile | None = None
    metadata: Metadata = Metadata()
    titles: dict[str, str] = {}
    lesson: Lesson | None = None
    edition: Edition | None = None

    @property
    def all_files(self) -> tuple[DraftFile, ...]:
        """Every file, in the order in which they are written."""
        return (*self.files, *self.captions, *((self.cover,) if self.cover else ()))

    @property
    def size(self) -> int:
        """Bytes of all files, as they are now.

        Raises:
            OSError: a source cannot be read.
        """
        return sum(file.size for file in self.all_files)


def draft_files(candidate: Candidate) -> tuple[DraftFile, ...]:
    """The files of a candidate as they lie in a pack: the parts of an archive become one."""
    units = [(path,) for path in candidate.all_files]
    names = list(candidate.names) or [path.name for path in candidate.all_files]
    if candidate.kind is Kind.ZIM and len(candidate.files) > 1:
        units[: len(candidate.files)] = [candidate.files]  # type: ignore[list-item] # tuples of any length
        names[: len(candidate.files)] = [PurePath(candidate.source).name]
    return tuple(map(DraftFile, pack_names(names), units))


def pack_names(names: list[str]) -> list[str]:
    """Names for the files of one publication.

    A ``%`` would have to be escaped in the manifest (RFC 8493, 2.1.3), which not every program that
    checks bags knows.
    """
    return safe_names([_plain(_ODD.sub("_", name)) for name in names])


def _plain(name: str) -> str:
    """A name that Windows takes for a device's gets a line before it."""
    try:
        return checked_path(safe_names([name])[0])
    except RefusalError:
        return f"_{name}"


def pack_urn(series: str) -> str:
    """What a series is called in feeds."""
    return f"{SERIES}{series}"


def identifier(series: str, name: str) -> str:
    """The identifier of a publication.

    Args:
        series: id of the series.
        name: any text; as long as it stays the same, so does the identifier.
    """
    quoted = quote(name, safe="/")
    if len(quoted) > _LONGEST_NAME:
        quoted = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{pack_urn(series)}:{quoted}"
