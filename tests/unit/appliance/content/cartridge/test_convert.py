# SPDX-License-Identifier: GPL-3.0-or-later
"""A Common Cartridge becomes a course, and what does not come over is named."""

import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.config import Config
from appliance.content.cartridge.convert import convert
from appliance.content.cartridge.report import REASONS, Left
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.item import Kind
from appliance.content.quiz.grade import grade, right_answer
from appliance.content.quiz.quiz import FILE_NAME, Quiz
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from tests.unit.appliance.content.cartridge.cartridges import (
    FILES,
    PICTURE,
    manifest,
    write_cartridge,
)
from tests.unit.appliance.content.course.making import Making

LEFT = (
    Left("Сайт", "link", "https://example.org/water"),
    Left("Обсуждение", "discussion"),
    Left("Документ", "format", "paper.docx"),
    Left("Потеряно", "missing", "gone.html"),
    Left("Нигде", "missing"),
    Left("Zoom", "tool"),
    Left("other/second.html", "unused"),
    Left("quiz/bank.xml", "bank"),
)


@pytest.fixture
def making(tmp_path: Path) -> Making:
    (tmp_path / "stick").mkdir()
    return Making(tmp_path / "stick", Shelf(Config(state=tmp_path / "state")))


def test_what_comes_over_and_what_does_not_is_named(tmp_path: Path) -> None:
    report = convert(write_cartridge(tmp_path / "вода.imscc"), tmp_path / "Вода")
    assert report.title == "Курс о воде"
    assert report.came == (
        ("01 Вода_ введение _ начало/01 Что такое вода_.zip", "Что такое вода?"),
        ("01 Вода_ введение _ начало/02 Тест.zip", "Тест"),
        ("02 Файлы/01 Капля.md", "Капля"),
    )
    assert report.left == LEFT
    assert {left.reason for left in LEFT} <= REASONS.keys()
    assert sorted(path.name for path in (tmp_path / "Вода").iterdir()) == [
        "01 Вода_ введение _ начало",
        "02 Файлы",
        "course.xlsx",
    ]


def test_it_comes_to_the_shelf_as_a_course(making: Making, tmp_path: Path) -> None:
    convert(write_cartridge(tmp_path / "c.imscc"), making.stick / "Вода")
    results = making.all_results()
    assert [(one.status, one.kind, one.notices) for one in results] == [
        (Status.INSTALLED, kind, ()) for kind in (Kind.HTML, Kind.QUIZ, Kind.PAGE, Kind.COURSE)
    ]
    assert list(check(making.shelf)) == []
    (item,) = making.items()
    assert (item.metadata.title, item.metadata.languages) == ("Курс о воде", ("ru",))
    course = making.course()
    assert [unit.title for unit in course.units] == ["Вода: введение / начало", "Файлы"]
    titles = [(one.id, one.title, one.missing) for one in course.lessons]
    assert titles == [("i1", "Что такое вода?", ""), ("i2", "Тест", ""), ("i5", "Капля", "")]

    page, quiz, _ = (one.item for one in course.lessons)
    pages = making.shelf.store.path(page, "pages")
    shown = (pages / "index.html").read_text(encoding="utf-8")
    assert 'src="content/media/drop.png"' in shown
    assert 'href="content/css/look.css"' in shown
    assert 'href="https://example.org/"' in shown
    assert (pages / "content/media/drop.png").read_bytes() == PICTURE
    assert (pages / "content/media/back.png").read_bytes() == PICTURE
    assert not (pages / "content/other").exists()

    content = making.shelf.store.path(quiz, FILE_NAME).read_bytes()
    (question,) = msgspec.json.decode(content, type=Quiz).questions
    assert grade(question, right_answer(question)).is_right
    assert making.shelf.store.path(quiz, question.picture).read_bytes() == PICTURE


def test_the_same_cartridge_again_is_the_same_course(making: Making, tmp_path: Path) -> None:
    file = write_cartridge(tmp_path / "c.imscc")
    convert(file, making.stick / "Вода")
    making.bring()
    before = making.course()
    convert(file, tmp_path / "again")
    (making.stick / "Вода").rename(tmp_path / "old")
    (tmp_path / "again").rename(making.stick / "Вода")
    making.bring()
    assert [one.id for one in making.course().lessons] == [one.id for one in before.lessons]


def test_the_command_lists_it_by_name(tmp_path: Path) -> None:
    file = write_cartridge(tmp_path / "Вода.imscc")
    result = CliRunner().invoke(main, ["course", "convert", str(file)])
    assert result.exit_code == 0, result.output
    assert "Курс о воде, 3 lessons" in result.output
    assert f"- Сайт (https://example.org/water): {REASONS['link']}" in result.output
    again = CliRunner().invoke(main, ["course", "convert", str(file)])
    assert again.exit_code == 1
    assert "nothing was changed" in again.output
    target = tmp_path / "other"
    told = CliRunner().invoke(main, ["course", "convert", "--json", str(file), "-o", str(target)])
    answer = json.loads(told.output)
    assert (answer["folder"], len(answer["came"]), len(answer["left"])) == (str(target), 3, 8)


def test_an_outline_without_units_is_a_course_too(making: Making, tmp_path: Path) -> None:
    outline = (
        '<item identifier="r"><item identifier="a" identifierref="page"><title>=1+1</title></item>'
        '<item identifier="b" identifierref="page"><title>Снова</title></item></item>'
    )
    report = convert(
        write_cartridge(tmp_path / "c.imscc", manifest(outline)), making.stick / "Вода"
    )
    assert report.came == (("01 =1+1.zip", "=1+1"),)
    assert Left("Снова", "again") in report.left
    making.bring()
    assert [lesson.title for lesson in making.course().lessons] == ["=1+1"]


@pytest.mark.parametrize("suffix", [".imscc", ".MBZ"])
def test_a_stick_with_such_a_course_says_what_to_do(tmp_path: Path, suffix: str) -> None:
    write_cartridge(tmp_path / f"Вода{suffix}")
    (candidate,) = discover([tmp_path])
    assert (candidate.kind, candidate.problem) == (None, "cartridge-convert")


def test_a_page_of_another_name_below_the_token_is_found(tmp_path: Path) -> None:
    """Canvas keeps its files in a folder that references leave out."""
    files = {**FILES, "web_resources/media/drop.png": PICTURE}
    files.pop("media/drop.png")
    report = convert(write_cartridge(tmp_path / "c.imscc", files=files), tmp_path / "Вода")
    with zipfile.ZipFile(tmp_path / "Вода" / report.came[0][0]) as bag:
        assert "content/web_resources/media/drop.png" in bag.namelist()
        assert b'src="content/web_resources/media/drop.png"' in bag.read("index.html")


@pytest.mark.parametrize(
    ("page", "titled"),
    [
        ("<title>a</title>x", "<title>Т &lt;</title>x"),
        (
            "<html><head lang='a'><meta></head>",
            "<html><head lang='a'><title>Т &lt;</title><meta></head>",
        ),
        ("<header>x</header>", "<title>Т &lt;</title><header>x</header>"),
        ("<TITLE>a", "<title>Т &lt;</title>a"),
    ],
)
def test_a_page_is_called_as_in_the_outline(tmp_path: Path, page: str, titled: str) -> None:
    outline = (
        '<item identifier="r"><item identifier="a" identifierref="page"><title>Т &lt;</title>'
        "</item></item>"
    )
    files = {**FILES, "pages/one.html": page}
    file = write_cartridge(tmp_path / "c.imscc", manifest(outline), files)
    report = convert(file, tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / report.came[0][0]) as bag:
        assert bag.read("index.html").decode() == titled
