# SPDX-License-Identifier: GPL-3.0-or-later
"""A Moodle backup becomes a course; a hostile one is refused."""

import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.cartridge import archive, moodle_backup
from appliance.content.cartridge.convert import convert
from appliance.content.cartridge.course_folder import make_course_folder
from appliance.content.cartridge.report import Left
from appliance.content.item import Kind
from appliance.content.quiz.grade import grade, right_answer
from appliance.content.quiz.quiz import FILE_NAME, QuestionType, Quiz
from appliance.content.result import Notice, Status
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError
from tests.unit.appliance.content.cartridge.backups import (
    activity_row,
    backup_files,
    file_row,
    write_backup,
    write_zipped_backup,
)
from tests.unit.appliance.content.course.making import Making

LEFT = (
    Left("Сайт", "link", "https://example.org/?a=1&b"),
    Left("Форум", "discussion"),
    Left("Словарь", "other"),
    Left("Потеряно", "missing"),
)


@pytest.fixture
def making(tmp_path: Path) -> Making:
    (tmp_path / "stick").mkdir()
    return Making(tmp_path / "stick", Shelf(Config(state=tmp_path / "state")))


@pytest.mark.parametrize("write", [write_backup, write_zipped_backup], ids=["tar", "zip"])
def test_what_comes_over_and_what_does_not_is_named(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    report = convert(write(tmp_path / "c.mbz"), tmp_path / "out")
    assert report.title == "Вода"
    assert [path for path, _ in report.came] == [
        "01 Урок о воде/01 Страница.zip",
        "01 Урок о воде/02 Бумага.pdf",
        "01 Урок о воде/04 Тест.xml",
        "01 Урок о воде/06 one.md",
        "01 Урок о воде/09 Книга.zip",
    ]
    assert report.left == LEFT
    with zipfile.ZipFile(tmp_path / "out" / report.came[0][0]) as bag:
        assert b'src="content/made/page-12/drop.png"' in bag.read("index.html")
    assert not list(tmp_path.rglob("evil*"))


def test_its_questions_are_asked_in_their_order(making: Making, tmp_path: Path) -> None:
    convert(write_backup(tmp_path / "c.mbz"), making.stick / "Вода")
    results = {one.kind: one for one in making.all_results()}
    assert results[Kind.COURSE].status is Status.INSTALLED
    quiz = results[Kind.QUIZ]
    assert quiz.notices == (Notice("question-kind", {"name": "Сочинение", "kind": "essay"}),)
    content = making.shelf.store.path(quiz.id, FILE_NAME).read_bytes()
    questions = msgspec.json.decode(content, type=Quiz).questions
    assert [one.type for one in questions] == [
        QuestionType.CHOICE,
        QuestionType.TRUE_FALSE,
        QuestionType.NUMBER,
        QuestionType.MATCH,
        QuestionType.GAPS,
    ]
    assert all(grade(one, right_answer(one)).is_right for one in questions)
    assert (questions[0].points, bool(questions[0].picture)) == (2.0, True)
    assert grade(questions[1], ("true",)).is_right
    assert grade(questions[2], ("99,5",)).is_right
    assert grade(questions[4], ("Замерзает",)).is_right
    titles = [(one.title, bool(one.item)) for one in making.course().lessons]
    assert ("Страница", True) in titles


def _entry(name: str, **values: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for key, value in values.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (_entry("../evil"), "unsafe-names"),
        (_entry("/etc/evil"), "unsafe-names"),
        (_entry("link", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "unsafe-names"),
        (_entry("link", type=tarfile.LNKTYPE, linkname="files.xml"), "unsafe-names"),
        (_entry("pipe", type=tarfile.FIFOTYPE), "unsafe-names"),
        (_entry("FILES.xml"), "duplicate-names"),
        (_entry("files.xml/x"), "duplicate-names"),
        (_entry("files"), "duplicate-names"),
    ],
    ids=["up", "root", "symlink", "hardlink", "pipe", "case", "below-a-file", "a-folder"],
)
def test_members_that_do_harm_are_refused(
    tmp_path: Path, entry: tarfile.TarInfo, code: str
) -> None:
    file = tmp_path / "in" / "c.mbz"
    file.parent.mkdir()
    write_backup(tmp_path / "sound.mbz")
    with tarfile.open(file, "w:gz") as bag, tarfile.open(tmp_path / "sound.mbz") as sound:
        for info in sound:
            bag.addfile(info, sound.extractfile(info))
        bag.addfile(entry)
    with pytest.raises(RefusalError) as refused:
        convert(file, tmp_path / "in" / "out")
    assert refused.value.code == code
    assert [path.name for path in file.parent.iterdir()] == ["c.mbz"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    files = {**backup_files(), "files/00/zeroes": bytes(60_000_000)}
    with pytest.raises(RefusalError, match="zip-bomb"):
        convert(write_backup(tmp_path / "c.mbz", files), tmp_path / "out")


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 5)
    with pytest.raises(RefusalError, match="too-many-files"):
        archive.unpack(write_backup(tmp_path / "c.mbz"), tmp_path / "out")


def test_one_file_listed_a_thousand_times_fills_no_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moodle_backup, "MOST_BYTES", 100_000)
    rows = (file_row(n, 117, "mod_folder", "content", 0, f"{n}.png") for n in range(1000))
    file = write_backup(tmp_path / "c.mbz", backup_files(listed="".join(rows)))
    (tmp_path / "out").mkdir()
    with pytest.raises(RefusalError, match="zip-bomb"):
        make_course_folder(file, tmp_path / "out")


@pytest.mark.parametrize("kept", [20, 300, 900])
def test_a_backup_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    file = write_backup(tmp_path / "c.mbz")
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(RefusalError) as refused:
        convert(file, tmp_path / "out")
    assert refused.value.code in ("cut-short", "damaged")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"moodle_backup.xml": "<moodle_backup"}, "damaged"),
        ({"moodle_backup.xml": "<moodle_backup/>"}, "cartridge-empty"),
        ({"questions.xml": "<!DOCTYPE q [<!ENTITY a 'b'>]><q>&a;</q>"}, "damaged"),
        ({"files.xml": "no list"}, "damaged"),
    ],
    ids=["cut", "empty", "entities", "no-list"],
)
def test_lists_that_are_wrong_are_refused(
    tmp_path: Path, change: dict[str, str], code: str
) -> None:
    file = write_backup(tmp_path / "c.mbz", {**backup_files(), **change})
    with pytest.raises(RefusalError) as refused:
        convert(file, tmp_path / "out")
    assert refused.value.code == code


def test_activities_of_strange_kinds_are_named(tmp_path: Path) -> None:
    rows = activity_row(12, "page", "Страница") + activity_row(13, "../../x", "Чужое")
    report = convert(write_backup(tmp_path / "c.mbz", backup_files(rows)), tmp_path / "out")
    assert report.left == (Left("Чужое", "missing"),)
