# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes course folders and brings them."""

from dataclasses import dataclass
from pathlib import Path

from appliance.content.course.course import Course
from appliance.content.course.stored import stored_course
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.item import Item, Kind
from appliance.content.progress import Progress
from appliance.content.result import IngestResult
from appliance.content.shelf import Shelf


@dataclass(frozen=True)
class Making:
    """A stick, and the shelf that what is on it comes to."""

    stick: Path
    shelf: Shelf

    def page(self, path: str, text: str = "# Об\n\nОб аз чашма меояд.") -> Path:
        """Write a page (or any other text) on the stick."""
        file = self.stick / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def bring(self) -> dict[str, IngestResult]:
        """Bring all that is on the stick; results by source."""
        return {result.file: result for result in self.all_results()}

    def all_results(self) -> list[IngestResult]:
        """Likewise, in order."""
        return list(ingest(list(discover([self.stick])), self.shelf, Progress()))

    def items(self) -> list[Item]:
        """The courses on the shelf."""
        return [item for item in self.shelf.store.items() if item.kind is Kind.COURSE]

    def course(self) -> Course:
        """The one course on the shelf."""
        (item,) = self.items()
        return stored_course(self.shelf.store, self.shelf.catalog, item.id)
