# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalogue sheets beside the candidates say of them."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from appliance.content.discover import Candidate
from appliance.content.folder_names import SHEETS
from appliance.content.item import Metadata
from appliance.content.result import IngestResult, Status
from appliance.content.spreadsheet import NOTHING, Sheet, SheetProblem, SheetRow
from appliance.errors import RefusalError
from appliance.own_module import run_module
from appliance.process import ProcessError

_MEMORY = 512 * 1024 * 1024
_SECONDS = 120
_LARGEST_ANSWER = 64 * 1024 * 1024


class Sheets:
    """The sheets of all folders that candidates lie in, and of the folders above those."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read every sheet that can speak of a candidate."""
        self._results: list[IngestResult] = []
        self._said: dict[Path, SheetRow] = {}
        rows: dict[Path, tuple[str, int]] = {}
        for sheet_file in _sheet_files(candidates):
            for row in self._read(sheet_file).rows:
                path = _normal(sheet_file.parent / row.file)
                self._said[path] = row
                rows[path] = (sheet_file.name, row.row)
        self._report_missing(rows)

    def metadata(self, candidate: Candidate) -> Metadata:
        """What a sheet says of a candidate, as far as it is metadata."""
        return self.said(candidate).metadata

    def said(self, candidate: Candidate) -> SheetRow:
        """What a sheet says of a candidate: of its file, its split archive or its folder."""
        first = candidate.files[0]
        together = (first.with_suffix(".zim"), first.parent) if len(candidate.files) > 1 else ()
        for path in (first, *together):
            if said := self._said.get(_normal(path)):
                return said
        return NOTHING

    def results(self) -> Iterator[IngestResult]:
        """A result for each thing that is wrong in a sheet."""
        yield from self._results

    def _read(self, file: Path) -> Sheet:
        try:
            sheet = _read_apart(file)
        except RefusalError as exc:
            self._results.append(IngestResult.rejected(file.name, exc))
            return Sheet((), ())
        self._results.extend(_result(file.name, problem) for problem in sheet.problems)
        return sheet

    def _report_missing(self, rows: dict[Path, tuple[str, int]]) -> None:
        for path, (sheet, row) in rows.items():
            if not path.exists() and not path.with_name(path.name + "aa").exists():
                problem = SheetProblem(
                    row, "sheet-row-file-missing", {"row": row, "path": path.name}
                )
                self._results.append(_result(sheet, problem))


def _sheet_files(candidates: Sequence[Candidate]) -> list[Path]:
    """The sheets, those of upper folders first, so that the nearer one wins."""
    folders: set[Path] = set()
    for candidate in candidates:
        if candidate.id:
            continue  # the course that it is part of speaks of it
        folder = candidate.folder
        for _ in range(len(Path(candidate.source).parts)):
            folders.add(folder)
            folder = folder.parent
    found = (folder / name for folder in sorted(folders) for name in SHEETS)
    return [file for file in found if file.is_file() and not file.is_symlink()]


def _read_apart(file: Path) -> Sheet:
    """Parse in a child process with limits: a workbook can be a bomb.

    Raises:
        RefusalError: it cannot be used.
    """
    try:
        output = run_module(
            "appliance.content.spreadsheet",
            file.absolute(),
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST_ANSWER,
        )
        return msgspec.json.decode(output, type=Sheet)
    except (ProcessError, msgspec.MsgspecError) as exc:
        raise RefusalError("sheet-unreadable", path=file.name) from exc


def _result(sheet: str, problem: SheetProblem) -> IngestResult:
    return IngestResult(sheet, Status.REJECTED, code=problem.code, details=problem.details)


def _normal(path: Path) -> Path:
    """Names that look the same are the same, whichever system wrote them."""
    return Path(unicodedata.normalize("NFC", os.fspath(path)))
