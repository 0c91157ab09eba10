# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs of packs, their undo, and copies for other schools; the worker does not run."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.item import Item, Kind, Metadata, StoredFile
from appliance.content.progress import Report
from appliance.content.result import IngestResult, Status
from appliance.content.store import RECORD
from appliance.errors import RefusalError
from appliance.jobs.job import Change, ExportPack, Ingest, InstallPack, Left, State, Undo
from appliance.jobs.stick_report import keep_report
from appliance.school.activity import Action
from tests.functional.admin.conftest import Browser
from webapp.admin.office import Office

NEW, OLD, GONE = "n" * 16, "o" * 16, "g" * 16


@pytest.fixture
def stick(config: Config) -> Path:
    folder = config.drives / "STICK"
    folder.mkdir(parents=True)
    return folder


def item(item_id: str, title: str, *, size: int = 1, hidden: bool = False) -> Item:
    return Item(
        id=item_id,
        kind=Kind.PDF,
        metadata=Metadata(title=title, languages=("en",), collection="Maths"),
        files=(StoredFile("files/a.pdf", size, "0" * 64),),
        added="2026-01-01T00:00:00Z",
        source="a.pdf",
        hidden=hidden,
        titles={"ru": f"{title} по-русски"},
    )


def trash(office: Office, one: Item) -> None:
    folder = office.store.root / "trash" / one.id
    folder.mkdir()
    (folder / RECORD).write_bytes(msgspec.json.encode(one))


def installed(office: Office) -> int:
    number = office.jobs.submit(InstallPack("STICK", "maths.chashma"), "")
    office.jobs.take("long")
    changed = Change(NEW, "New algebra", (Left(OLD, "Old algebra"), Left(GONE, "Lost book")))
    office.jobs.add_changes(number, [changed, Change(left=(Left(OLD, "Retired book"),))])
    office.jobs.add_result(number, IngestResult("r.pdf", Status.RETIRED, title="Retired book"))
    office.jobs.finish(number, State.DONE)
    return number


def test_what_a_pack_changed_and_its_undo(
    office: Office, administrator: Browser, stick: Path
) -> None:
    trash(office, item(OLD, "Old algebra"))
    number = installed(office)
    page = administrator.get(f"/jobs/{number}").text
    for words in ("Pack “maths”", "You may take the stick out now.", "Retired book", "Undo…"):
        assert words in page
    page = administrator.get("/jobs").text
    assert "by itself" in page
    page = administrator.get(f"/jobs/{number}/undo").text
    for words in ("These leave the shelf:", "New algebra", "These come back:", "Old algebra"):
        assert words in page
    assert page.index("cannot come back") < page.index("Lost book")
    answer = administrator.post(f"/jobs/{number}/undo", page=f"/jobs/{number}/undo")
    undoing = number + 1
    assert answer.location == f"/jobs/{undoing}"
    assert office.jobs.get(undoing).task == Undo(number)
    assert office.activity.page()[0][0].action is Action.JOB_UNDONE
    office.jobs.take("long")
    office.jobs.mark_undone(number, undoing)
    for status in Status:
        outcome = IngestResult("a.pdf", status, NEW, title=f"Was {status}", code="")
        office.jobs.add_result(undoing, outcome)
    office.jobs.finish(undoing, State.DONE)
    page = administrator.get(f"/jobs/{undoing}").text
    assert "not everything could come back" in page
    assert "Was removed" in page
    assert "is back on the shelf" in page
    page = administrator.get(f"/jobs/{number}").text
    assert "This was undone." in page
    assert "Undo…" not in page
    assert "undone" in administrator.get("/jobs").text
    administrator.post(f"/jobs/{number}/undo", page="/add")
    assert "cannot be undone any more" in administrator.get("/jobs").text


def test_a_teacher_undoes_nothing(
    office: Office, open_browser: Callable[[], Browser], stick: Path
) -> None:
    number = installed(office)
    teacher = open_browser()
    teacher.sign_in("teacher")
    assert "Undo…" not in teacher.get(f"/jobs/{number}").text
    assert teacher.get(f"/jobs/{number}/undo").status_code == 403
    assert teacher.post(f"/jobs/{number}/again", page="/add").status_code == 403


def test_progress_of_the_whole_and_of_each_file(
    office: Office, administrator: Browser, stick: Path
) -> None:
    number = office.jobs.submit(InstallPack("STICK", "maths.chashma"), "administrator")
    office.jobs.take("long")
    report = Report(
        *(1_000_000, 61_000_000, 1, 9, "film.mp4"), item_bytes=5, item_total=30_000_005, speed=1e6
    )
    office.jobs.report(number, report)
    page = administrator.get(f"/jobs/{number}/part").text
    for words in ("1 MB of 61 MB", "about 1 minute left", "1 MB a second", "film.mp4"):
        assert words in page
    assert "less than a minute left" in page
    assert "Leave the stick in." in page
    assert "You may take the stick out" not in page


def test_reports_are_read_as_text(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    assert "There are no reports yet" in administrator.get("/jobs/reports").text
    number = installed(office)
    keep_report(config.reports, number, "Chashma: <script>alert(1)</script>\n")
    keep_report(config.reports, 99, "of a job that is forgotten")
    page = administrator.get("/jobs/reports").text
    assert f"/jobs/{number}/report" in page
    assert "/jobs/99/report" in page
    assert "Report" in administrator.get(f"/jobs/{number}").text
    assert "&lt;script&gt;" in administrator.get(f"/jobs/{number}/report").text
    assert administrator.get("/jobs/77/report").status_code == 404


def test_two_jobs_of_one_stick(office: Office, administrator: Browser, stick: Path) -> None:
    number = installed(office)
    office.jobs.submit(Ingest("STICK"), "teacher")
    page = administrator.get(f"/jobs/{number}").text
    assert "Other work with it goes on." in page
    assert "You may take the stick out" not in page


def test_a_job_goes_on_when_the_stick_is_back(
    office: Office, administrator: Browser, stick: Path
) -> None:
    number = office.jobs.submit(InstallPack("STICK", "maths.chashma"), "administrator")
    office.jobs.take("long")
    office.jobs.finish(number, State.FAILED, RefusalError("drive-removed"))
    page = administrator.get(f"/jobs/{number}").text
    assert "The drive was taken out" in page
    assert "Go on where it stopped" in page
    assert "You may take the stick out" not in page
    administrator.post(f"/jobs/{number}/again", page=f"/jobs/{number}")
    assert office.jobs.get(number + 1).task == office.jobs.get(number).task
    office.jobs.finish(number + 1, State.FAILED, RefusalError("pack-changed"))
    page = administrator.get(f"/jobs/{number + 1}").text
    assert "is not the one that was looked at" in page
    assert "Go on where it stopped" not in page, "somebody has to look first"
    stick.rmdir()
    assert "Go on where it stopped" not in administrator.get(f"/jobs/{number}").text


@pytest.fixture
def library(office: Office) -> None:
    office.catalog.add(item(NEW, "Algebra"))


def start(browser: Browser, **form: object) -> str:
    sent = {"start": "1", "drive": "STICK", "what": "all", **form}
    return browser.post("/export", sent, page="/export", follow_redirects=True).text


def test_everything_is_copied(
    office: Office, administrator: Browser, stick: Path, library: None
) -> None:
    page = administrator.get("/export").text
    assert "Everything that students see" in page
    assert "STICK" in page
    assert "Copying “Our maths” to a stick" in start(administrator, title="Our maths")
    assert office.jobs.recent(1)[0].task == ExportPack("STICK", (), "Our maths")
    assert office.activity.page()[0][0].action is Action.PACK_EXPORTED


def test_a_collection_or_single_things(
    office: Office, administrator: Browser, stick: Path, library: None
) -> None:
    start(administrator, what="collection", collection="Maths")
    assert office.jobs.recent(1)[0].task == ExportPack("STICK", (NEW,), "Maths")
    page = administrator.post("/export", {"what": "picked", "q": "alg"}, page="/export").text
    assert "Algebra" in page
    assert f'name="item" value="{NEW}"' in page
    page = administrator.get(f"/export?item={NEW}").text
    assert 'value="picked" checked' in page
    start(administrator, what="picked", item=[NEW, "x", OLD], title="")
    assert office.jobs.recent(1)[0].task == ExportPack("STICK", (NEW,), "School 5")


def test_what_cannot_be_copied_is_told(
    office: Office, administrator: Browser, stick: Path, library: None
) -> None:
    assert "Nothing was chosen that could be copied" in start(administrator, what="picked")
    assert "Choose a stick" in start(administrator, drive="other")
    assert "Nothing was chosen" in start(administrator, what="collection", collection="none")
    assert office.jobs.recent(1) == []


@pytest.mark.parametrize("language", ["tg", "ru"])
def test_in_each_language(
    office: Office, administrator: Browser, stick: Path, library: None, language: str
) -> None:
    number = installed(office)
    administrator.post("/language", {"language": language, "next": "/"}, page="/")
    for path in ("/export", f"/jobs/{number}", f"/jobs/{number}/undo", "/jobs", "/add"):
        page = administrator.get(path).text
        for english in ("Copy", "Undo", "Take out", "by itself", "These", " stick"):
            assert english not in page, (path, english)
