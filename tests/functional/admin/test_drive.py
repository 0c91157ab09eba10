# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of a stick, over what the worker said of it; the worker itself does not run."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from appliance.agent.protocol import EjectDrive
from appliance.config import Config
from appliance.content.drive_view import (
    DriveView,
    LineState,
    PackLine,
    PackView,
    Tally,
    write_drive_view,
)
from appliance.content.item import Kind
from appliance.content.pack.info import PackInfo
from appliance.content.policy import FromSticks
from appliance.content.result import IngestResult, Status
from appliance.jobs.job import Ingest, InstallPack, State
from appliance.school.activity import Action
from appliance.usb.drive_list import FILE_NAME, NOT_ANSWERING, MountedDrive
from appliance.usb.problems import PROBLEMS
from tests.fake_agent import FakeAgent
from tests.functional.admin.conftest import Browser
from webapp.admin.office import Office
from webapp.admin.stick import key

HOSTILE = "<script>alert(1)</script>\u202egnp.exe " + "я" * 300
PATH = "math.chashma.zip"
PAGE = f"/add/drive/STICK/pack/{key(PATH)}"
DIGEST = "d" * 64
LINES = (
    PackLine("urn:1", LineState.NEW, "Algebra", Kind.PDF, {"ru": "Алгебра"}, size=2_000_000),
    PackLine("urn:2", LineState.NEWER, "Atlas", Kind.PDF, size=1_000_000, replaces="Old atlas"),
    PackLine("urn:3", LineState.SAME, "Same book", Kind.EPUB, size=5),
    PackLine("urn:4", LineState.BROKEN, "Bad book", size=5, code="damaged"),
)
PACK = PackView(
    PATH,
    PackInfo("math", 202611220540, {"en": "Mathematics", "ru": "Математика"}, "Khujand"),
    digest=DIGEST,
    standing="trusted",
    key="E7620F1842B4E81F",
    key_name="District",
    may_install=True,
    by_itself=True,
    lines=LINES,
    tally={line.state: Tally(1, line.size) for line in LINES},
    retires=("Last year's book",),
    needed=3_000_000,
    size=3_000_010,
)


@pytest.fixture
def stick(config: Config) -> Path:
    folder = config.drives / "STICK"
    folder.mkdir(parents=True)
    return folder


def see(config: Config, *packs: PackView) -> None:
    config.run.mkdir(parents=True, exist_ok=True)
    write_drive_view(config.run, DriveView("STICK", "2026-11-22T05:40:00Z", packs=packs))


def submitted(office: Office) -> list[object]:
    return [job.task for job in office.jobs.recent(10)]


def decide(office: Office, policy: FromSticks) -> None:
    by = next(member for member in office.staff.all() if member.name == "administrator")
    office.sticks.decide(by, policy, reports=True)


def test_before_the_worker_has_looked(config: Config, administrator: Browser, stick: Path) -> None:
    page = administrator.get("/add/drive/STICK").text
    assert "The box is looking at the stick" in page
    assert '<meta http-equiv="refresh"' in page
    assert administrator.get(PAGE).status_code == 302


def test_what_was_refused_is_not_chosen_again(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config)
    for name in ("bad.pdf", "good.pdf"):
        (stick / name).write_bytes(b"%PDF-1.4")
    refused = IngestResult("bad.pdf", Status.REJECTED, code="damaged")
    for drive in ("OTHER", "STICK"):
        number = office.jobs.submit(Ingest(drive), "administrator")
        page = administrator.get("/add/drive/STICK").text
        assert page.count(" checked>") == 2, "of another stick"
        office.jobs.take("long")
        assert "The box looks what has to be done" in administrator.get(f"/jobs/{number}").text
        office.jobs.add_result(number, refused)
        office.jobs.finish(number, State.DONE)
    page = administrator.get("/add/drive/STICK").text
    assert page.count(" checked>") == 1
    assert "Was not taken last time: The file is damaged" in page
    assert "<span data-chosen>8 B</span>" in page


def test_a_browser_lets_people_choose_whatever_can_stand_on_the_shelf(
    administrator: Browser,
) -> None:
    page = administrator.get("/add").text
    for ending in (".epub", ".h5p", ".xlsx", ".gift", ".md", ".zip"):
        assert re.search(f'accept="[^"]*{re.escape(ending)}[,"]', page), ending


def test_a_pack_says_what_it_is(config: Config, administrator: Browser, stick: Path) -> None:
    see(config, PACK)
    assert "Mathematics" in administrator.get("/add").text
    page = administrator.get("/add/drive/STICK").text
    for words in ("Mathematics", "Signed by District", "22 Nov 2026, 05:40", "new: 1", "broken: 1"):
        assert words in page
    page = administrator.get(PAGE).text
    for words in ("Algebra", "takes the place of “Old atlas”", "Last year&#39;s book", "Bad book"):
        assert words in page
    assert "The file is damaged" in page
    administrator.post("/language", {"language": "ru", "next": "/"}, page="/")
    page = administrator.get(PAGE).text
    assert "Математика" in page
    assert "Алгебра" in page


def test_all_of_it_is_installed(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config, PACK)
    answer = administrator.post(PAGE, {"digest": DIGEST, "everything": "1"}, page=PAGE)
    assert answer.location == "/jobs/1"
    assert submitted(office) == [InstallPack("STICK", PATH, digest=DIGEST)]
    entry = office.activity.page()[0][0]
    assert entry.action is Action.PACK_INSTALLED
    assert entry.details == {"pack": "Mathematics", "drive": "STICK", "job": 1}
    assert "Installing “Mathematics”" in administrator.get("/jobs/1").text
    assert "Leave the stick in." in administrator.get("/add/drive/STICK").text


def test_single_things_are_installed(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config, PACK)
    administrator.post(PAGE, {"digest": DIGEST, "some": "1"}, page=PAGE)
    assert "Nothing was chosen" in administrator.get(PAGE).text
    chosen = [key("urn:2"), key("urn:3"), key("urn:4"), "x"]
    administrator.post(PAGE, {"digest": DIGEST, "some": "1", "chosen": chosen}, page=PAGE)
    assert submitted(office) == [InstallPack("STICK", PATH, ("urn:2",), digest=DIGEST)]


def test_an_older_version_needs_a_second_yes(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config, replace(PACK, installed=202612010000, by_itself=False))
    assert "older version" in administrator.get("/add/drive/STICK").text
    assert "Yes, I want the older version" in administrator.get(PAGE).text
    administrator.post(PAGE, {"digest": DIGEST, "everything": "1"}, page=PAGE)
    assert submitted(office) == []
    administrator.post(PAGE, {"digest": DIGEST, "everything": "1", "back": "1"}, page=PAGE)
    assert submitted(office) == [InstallPack("STICK", PATH, back=True, digest=DIGEST)]


def test_a_yes_holds_only_for_the_pack_that_was_looked_at(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config, PACK)
    assert f'name="digest" value="{DIGEST}"' in administrator.get(PAGE).text
    see(config, replace(PACK, digest="e" * 64))
    for form in ({"digest": DIGEST}, {}):
        administrator.post(PAGE, {"everything": "1", **form}, page="/add")
        assert "is another one now" in administrator.get(PAGE).text
    assert submitted(office) == []


@pytest.mark.parametrize("standing", ["unsigned", "unknown"])
def test_who_signed_it_is_told(
    config: Config, administrator: Browser, stick: Path, standing: str
) -> None:
    see(config, replace(PACK, standing=standing, by_itself=False))
    page = administrator.get(PAGE).text
    assert ("Not signed" in page) == (standing == "unsigned")
    assert ("E762 0F18 42B4 E81F" in page) == (standing == "unknown")
    assert "Install it only if you know" in page


@pytest.mark.parametrize("policy", [FromSticks.SIGNED, FromSticks.NOTHING])
def test_the_rules_keep_it_out_and_say_who_can_change_them(
    config: Config,
    office: Office,
    administrator: Browser,
    open_browser: Callable[[], Browser],
    stick: Path,
    policy: FromSticks,
) -> None:
    decide(office, policy)
    (stick / "book.pdf").write_bytes(b"%PDF-1.4")
    see(config, replace(PACK, standing="unsigned", may_install=False, by_itself=False))
    page = administrator.get(PAGE).text
    assert "By the rules of this box" in page
    assert "Change the rules" in page
    assert "Install all" not in page
    administrator.post(PAGE, {"digest": DIGEST, "everything": "1"}, page=PAGE)
    administrator.post("/add/drive/STICK", {"everything": "1"}, page="/add")
    assert submitted(office) == []
    district = open_browser()
    district.sign_in("district")
    page = district.get("/add/drive/STICK").text
    assert "An administrator can change that." in page
    assert 'name="everything"' not in page


def test_a_teacher_looks_and_adds_files_and_installs_nothing(
    config: Config, office: Office, open_browser: Callable[[], Browser], stick: Path
) -> None:
    (stick / "book.pdf").write_bytes(b"%PDF-1.4")
    see(config, PACK)
    teacher = open_browser()
    teacher.sign_in("teacher")
    page = teacher.get(PAGE).text
    assert "Algebra" in page
    assert "An administrator or the district staff can install it." in page
    assert "Install" not in page.replace("install it", "")
    assert teacher.post(PAGE, {"everything": "1"}, page="/add").status_code == 403
    teacher.post("/add/drive/STICK", {"everything": "1"}, page="/add")
    assert submitted(office) == [Ingest("STICK")]


def test_a_pack_that_cannot_be_taken_says_why(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config, PackView(PATH, code="damaged"))
    for page in ("/add/drive/STICK", PAGE):
        assert "The file is damaged" in administrator.get(page).text
    administrator.post(PAGE, {"digest": DIGEST, "everything": "1"}, page="/add")
    assert submitted(office) == []


@pytest.mark.parametrize("language", ["en", "tg", "ru"])
def test_hostile_words_are_text(
    config: Config, administrator: Browser, stick: Path, language: str
) -> None:
    lines = tuple(replace(line, title=HOSTILE, titles={}, replaces=HOSTILE) for line in LINES)
    info = PackInfo("x", 7, {"tg": HOSTILE}, publisher=HOSTILE)
    see(
        config,
        replace(PACK, info=info, lines=lines, retires=(HOSTILE,), key_name=HOSTILE, installed=3),
    )
    administrator.post("/language", {"language": language, "next": "/"}, page="/")
    for path in ("/add", "/add/drives", "/add/drive/STICK", PAGE):
        page = administrator.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        # Text that runs the other way ends with its own element.
        assert page.count("<bdi>") == page.count("</bdi>") > 0


def test_hundreds_of_things_stay_a_page(
    config: Config, administrator: Browser, stick: Path
) -> None:
    lines = tuple(
        PackLine(f"urn:{n}", LineState.NEW, f"Book {n}", Kind.PDF, size=10) for n in range(2000)
    )
    see(config, replace(PACK, lines=lines, tally={LineState.NEW: Tally(9000, 90_000)}))
    page = administrator.get(PAGE).text
    assert "new: 9,000" in page
    assert "Only the first 300 are listed" in page
    assert len(page) < 200_000


def mounted(config: Config, *drives: MountedDrive) -> None:
    (config.drives / FILE_NAME).write_bytes(msgspec.json.encode(drives))


def drive(problem: str = "") -> MountedDrive:
    return MountedDrive("STICK", "Ноҳия", "Maker", "vfat", 1, 1, 10, True, problem)


@pytest.mark.parametrize("problem", [*PROBLEMS, "of-a-newer-version"])
def test_a_stick_with_a_problem_is_shown_with_its_sentence(
    config: Config, administrator: Browser, problem: str
) -> None:
    config.drives.mkdir(parents=True)
    mounted(config, drive(problem))
    page = administrator.get("/add").text
    assert "Ноҳия" in page
    assert PROBLEMS.get(problem, PROBLEMS["damaged"])[:30] in page


def test_a_job_says_that_its_stick_does_not_answer(
    config: Config, office: Office, administrator: Browser, stick: Path
) -> None:
    number = office.jobs.submit(Ingest("STICK"), "administrator")
    office.jobs.take("long")
    mounted(config, drive())
    assert "Leave the stick in." in administrator.get(f"/jobs/{number}").text
    mounted(config, drive(NOT_ANSWERING))
    page = administrator.get(f"/jobs/{number}").text
    assert PROBLEMS[NOT_ANSWERING] in page
    assert "Leave the stick in." not in page
    office.jobs.finish(number, State.DONE)
    assert PROBLEMS[NOT_ANSWERING] not in administrator.get(f"/jobs/{number}").text


def test_a_stick_is_taken_out_safely(
    config: Config, box: FakeAgent, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config)
    mounted(config, drive())
    page = administrator.get("/add/drive/STICK").text
    assert "Take out safely" in page
    assert "Ноҳия" in page
    administrator.post("/add/drive/STICK/eject", page="/add")
    assert EjectDrive("STICK") in box.asked
    assert "may be taken out now" in administrator.get("/add").text
    assert office.activity.page()[0][0].action is Action.DRIVE_EJECTED
    box.refuse[EjectDrive] = "busy"
    administrator.post("/add/drive/STICK/eject", page="/add")
    assert "The box is busy" in administrator.get("/add").text


def test_a_stick_at_work_is_not_taken_out(
    config: Config, box: FakeAgent, office: Office, administrator: Browser, stick: Path
) -> None:
    see(config)
    mounted(config, drive())
    office.jobs.submit(Ingest("STICK"), "teacher")
    assert "Take out safely" not in administrator.get("/add/drive/STICK").text
    administrator.post("/add/drive/STICK/eject", page="/add")
    assert box.asked == []
    assert "The stick is still needed" in administrator.get("/add/drive/STICK").text


def test_a_pack_that_went_away(config: Config, administrator: Browser, stick: Path) -> None:
    see(config, PACK)
    assert administrator.get(PAGE).status_code == 200
    stick.rmdir()
    answer = administrator.post(
        PAGE, {"digest": DIGEST, "everything": "1"}, page="/add", follow_redirects=True
    )
    assert "not on the stick any more" in answer.text


def test_history_remembers_what_a_stick_was_called(
    config: Config, box: FakeAgent, office: Office, administrator: Browser, stick: Path
) -> None:
    (stick / "book.pdf").write_bytes(b"%PDF-1.4")
    see(config)
    mounted(config, drive())
    administrator.post("/add/drive/STICK", {"everything": "1"}, page="/add")
    assert submitted(office) == [Ingest("STICK", label="Ноҳия")]
    (stick / "book.pdf").unlink()
    stick.rmdir()
    mounted(config)
    assert "Ноҳия" in administrator.get("/jobs").text
    assert "Adding “Ноҳия”" in administrator.get("/jobs/1").text
