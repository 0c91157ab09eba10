# SPDX-License-Identifier: GPL-3.0-or-later
"""What a box would say to a candidate, asked before it goes into a pack.

It is the inspection of the box, on the files where they lie: nothing is copied for it but an
archive in parts.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from appliance.content.discover import Candidate
from appliance.content.inspect.inspector import inspect
from appliance.content.inspect.staged import FILES
from appliance.content.item import Kind
from appliance.content.pack.draft import Draft, DraftFile, draft_files
from appliance.errors import RefusalError


def examine(candidate: Candidate, progress: Callable[[float], None]) -> Draft:
    """The candidate as a publication, without an identifier yet.

    Pictures that cannot be read are left out of an album, as on a box.

    Raises:
        RefusalError: a box would not take it.
    """
    if candidate.kind is None or candidate.problem:
        raise RefusalError(candidate.problem, path=candidate.missing or candidate.source)
    files = draft_files(candidate)
    main = 1 if candidate.kind is Kind.ZIM else len(candidate.files)
    with tempfile.TemporaryDirectory(prefix="chashma-", ignore_cleanup_errors=True) as folder:
        staged = Path(folder, FILES)
        staged.mkdir()
        for file in files:
            _lay(file, staged / file.name)
        names = [file.name for file in files]
        inspection = inspect(
            candidate.kind,
            Path(folder),
            names[:main],
            names[main:],
            source=Path(candidate.source).name,
            progress=progress,
        )
        good = tuple(file for file in files[:main] if os.path.lexists(staged / file.name))
    metadata = inspection.metadata.overlaid(candidate.said)
    if not metadata.title:
        metadata = msgspec.structs.replace(metadata, title=Path(candidate.source).stem)
    captions = files[main : main + len(candidate.captions)]
    cover = files[-1] if candidate.cover else None
    return Draft("", good or files[:main], captions, cover, metadata, lesson=candidate.lesson)


def _lay(file: DraftFile, place: Path) -> None:
    """Let the inspector see a file under its name in the pack."""
    if len(file.sources) == 1:
        _link(file.sources[0].absolute(), place)
        return
    with place.open("xb") as whole:
        for source in file.sources:
            with source.open("rb") as part:
                shutil.copyfileobj(part, whole)


def _link(source: Path, place: Path) -> None:
    """A file under another name; Windows does not let everybody make links."""
    for link in (place.symlink_to, place.hardlink_to):
        with suppress(OSError):
            link(source)
            return
    shutil.copyfile(source, place)
