# SPDX-License-Identifier: GPL-3.0-or-later
"""A ZIM archive: first its bytes in plain Python, then everything that a reader would do to it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError
from kiwix.archive import ZimArchive
from kiwix.errors import ChecksumError, CutShortError, DamagedError, NotAnArchiveError
from kiwix.zim_file import Dirent, Header, directory, read_header, verify_checksum

_SAMPLES = 300
_SEARCHED_TITLES = 40
# Words and single letters that occur in nearly every archive in Tajik, Russian or English, so that
# the search index is really read.
_WORDS = ("the", "and", "в", "на", "школа", "право", "ва", "дар", "хона", "ҳуқуқ", "book", "1")
_LETTERS = "aesабкмнортҷ"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]|(?:^|/)\.\.(?:/|$)")
_CONTENT_NAMESPACES = frozenset("ABCHIJUV-")
_NOTHING_SAID = frozenset({"N/A", "n/a", "-", "None"})
_START_NAMES = frozenset({"index", "main", "home", "Main_Page"})
_SERVICE_WORKER_TAG = "_sw:yes"


def inspect_zim(staged: Staged) -> Inspection:
    """Check an archive and read what it says of itself.

    Raises:
        RefusalError: not-what-name-says, cut-short, checksum-wrong, damaged or unsafe-names.
    """
    with _refusals():
        header = read_header(staged.main)
        verify_checksum(staged.main, header, staged.progress)
        paths = _survey(staged.main, header)
        archive = ZimArchive(staged.main)
        _use(archive, paths)
        return _describe(staged, archive, paths)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except NotAnArchiveError as exc:
        raise RefusalError("not-what-name-says", expected="ZIM") from exc
    except CutShortError as exc:
        raise RefusalError("cut-short") from exc
    except ChecksumError as exc:
        raise RefusalError("checksum-wrong") from exc
    except DamagedError as exc:
        raise RefusalError("damaged") from exc


def _survey(path: Path, header: Header) -> list[Dirent]:
    """Look at every entry's path and keep a sample of the content.

    Raises:
        RefusalError: a path could do harm in a browser, a proxy or on a disk.
    """
    step = max(1, header.entries // _SAMPLES)
    samples = []
    for number, entry in enumerate(directory(path, header)):
        if _UNSAFE.search(entry.path):
            raise RefusalError("unsafe-names", path=plain.shortened(repr(entry.path)[1:-1], 100))
        # Redirects have no type; those of real archives do go round in circles, harmlessly.
        if entry.mime and number % step == 0 and entry.namespace in _CONTENT_NAMESPACES:
            samples.append(entry)
    return samples


def _use(archive: ZimArchive, samples: list[Dirent]) -> None:
    """Do what readers will do, so that an archive that breaks libzim breaks it here and now."""
    titles = archive.read(_path(archive, entry) for entry in samples)
    words = [word for title in islice(titles, _SEARCHED_TITLES) for word in title.split()[:2]]
    archive.search([*_WORDS, *_LETTERS, *words, "\U0001f600", "a OR (b"])


def _path(archive: ZimArchive, entry: Dirent) -> str:
    return entry.path if archive.new_namespaces else f"{entry.namespace}/{entry.path}"


def _describe(staged: Staged, archive: ZimArchive, samples: list[Dirent]) -> Inspection:
    title = _said(archive, "Title", plain.TITLE_LIMIT) or staged.title
    tags = re.split(r"[;,]", archive.metadata("Tags"))
    warnings = []
    if _SERVICE_WORKER_TAG in (tag.strip() for tag in tags):
        warnings.append("service-worker")
    if not archive.has_search_index:
        warnings.append("no-search-index")
    return Inspection(
        metadata=Metadata(
            title=title,
            description=_said(archive, "Description", plain.DESCRIPTION_LIMIT),
            authors=plain.authors([_said(archive, "Creator", plain.TITLE_LIMIT)]),
            languages=plain.languages([archive.metadata("Language")]),
            date=plain.date(archive.metadata("Date")),
        ),
        details=Details(
            entry=archive.main_path or _first_page(archive, samples),
            articles=archive.article_count,
            name=_said(archive, "Name", plain.TITLE_LIMIT),
            uuid=archive.uuid if archive.uuid.strip("0-") else "",
        ),
        cover=make_cover(staged, Kind.ZIM, title, [archive.illustration]),
        warnings=tuple(warnings),
    )


def _said(archive: ZimArchive, name: str, limit: int) -> str:
    """A metadata entry in plain words; makers of archives fill in signs where they have none."""
    said = plain.plain(archive.metadata(name), limit).lstrip("=").strip()
    return "" if said in _NOTHING_SAID else said


def _first_page(archive: ZimArchive, samples: list[Dirent]) -> str:
    """Where to begin in an archive that does not say so."""
    pages = [entry for entry in samples if entry.mime.startswith("text/html")]
    named = (entry for entry in pages if entry.path.rpartition(".")[0] in _START_NAMES)
    found = next(named, pages[0] if pages else None)
    return _path(archive, found) if found else ""
