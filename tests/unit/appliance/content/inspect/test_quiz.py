# SPDX-License-Identifier: GPL-3.0-or-later
"""Quizzes on their way to the shelf."""

import io
import zipfile
from pathlib import Path

import msgspec
import openpyxl
import pytest

from appliance.content.discover import discover
from appliance.content.item import Kind
from appliance.content.quiz.quiz import FILE_NAME, Quiz
from appliance.content.result import Notice
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture

DATA = Path(__file__).parent.parent / "quiz/data"


def quiz_of(bench: Bench) -> Quiz:
    return msgspec.json.decode((bench.folder / FILE_NAME).read_bytes(), type=Quiz)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in (("Савол", "A", "B", "Ҷавоби дуруст", "Расм"), *rows):
        book.worksheets[0].append(row)
    book.save(written)
    return written.getvalue()


def test_a_spreadsheet_becomes_a_quiz_with_the_pictures_beside_it(bench: Bench) -> None:
    rows = (("Гурба куҷост?", "Гурба.PNG", "саг.png", "A"), ("Ин чист?", "a", "b", 2, "саг.png"))
    name = bench.put(workbook(*rows), "санҷиш.xlsx")
    pictures = ("гурба.png", "саг.png", "дигар.png")
    for other in pictures:
        bench.put(picture(colour="#aa2020"), other)
    found = bench.inspect(Kind.QUIZ, name, *pictures)

    cat, what = quiz_of(bench).questions
    assert [option.picture for option in cat.options] == ["files/гурба.png", "files/саг.png"]
    assert what.picture == "files/саг.png"
    assert (found.metadata.title, found.details.pages, found.cover) == ("санҷиш", 2, "cover.webp")
    assert found.notices == (Notice("pictures-unused", {"count": 1}),)
    assert [passage.text for passage in bench.passages()] == ["Гурба куҷост?", "Ин чист?"]


def test_a_picture_is_heard_where_there_is_its_sound(bench: Bench) -> None:
    row = ("Кадомаш гурба?", "гурба.png", "саг.png", "A", "гурба.png")
    name = bench.put(workbook(row), "сурат.xlsx")
    for other in ("гурба.png", "саг.png"):
        bench.put(picture(), other)
    for other in ("гурба.mp3", "дигар.mp3"):
        bench.put(b"sound", other)
    bench.inspect(Kind.QUIZ, name, "гурба.png", "саг.png", "гурба.mp3", "дигар.mp3")
    (question,) = quiz_of(bench).questions
    assert question.sound == "files/гурба.mp3"
    assert {(one.picture, one.sound) for one in question.options} == {
        ("files/гурба.png", "files/гурба.mp3"),
        ("files/саг.png", ""),
    }


def test_search_does_not_tell_what_belongs_into_a_gap(bench: Bench) -> None:
    text = "Об дар [100] дараҷа меҷӯшад."
    bench.inspect(Kind.QUIZ, bench.put(workbook((text,)), "тест.xlsx"))
    assert bench.passages()[0].text == "Об дар … дараҷа меҷӯшад."


def test_pictures_inside_moodle_are_written_beside_the_quiz(bench: Bench) -> None:
    found = bench.inspect(Kind.QUIZ, bench.put(DATA / "moodle.xml"))
    path = quiz_of(bench).questions[0].picture
    assert path.startswith("pictures/")
    assert (bench.folder / path).read_bytes().startswith(b"\x89PNG")
    assert found.metadata.title == "Биология"
    assert len(found.notices) == 3


def test_a_picture_that_is_none_is_left_out(bench: Bench) -> None:
    bench.put(b"<svg onload=alert(1)>", "x.png")
    name = bench.put(b'[html]<img src="x.png">Sun? {T}', "a.gift")
    bench.inspect(Kind.QUIZ, name, "x.png")
    assert quiz_of(bench).questions[0].picture == ""


def test_gift_of_an_old_windows_is_read(bench: Bench) -> None:
    name = bench.put("Столица? {=Душанбе ~Худжанд}".encode("cp1251"), "тест.gift.txt")
    assert bench.inspect(Kind.QUIZ, name).metadata.title == "тест"
    assert quiz_of(bench).questions[0].text == "Столица?"


def test_all_questions_of_a_qti_archive_are_one_quiz(bench: Bench) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        archive.write(DATA / "qti.xml", "one/quiz.xml")
        archive.write(DATA / "qti.xml", "two/quiz.xml")
    name = bench.put(packed.getvalue(), "course.zip")
    found = bench.inspect(Kind.HTML, name)
    assert (found.kind, found.details.pages) == (Kind.QUIZ, 12)
    assert len({question.id for question in quiz_of(bench).questions}) == 12
    # A name by which nginx knows that it holds answers.
    assert [path.name for path in (bench.folder / "files").iterdir()] == ["course.qti.zip"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<html/>", "page.xml", "unsupported-kind"),
        (b"words", "notes.gift", "question-kind"),
        (b"", "a.gift", "empty"),
        (b"no workbook", "a.xlsx", "not-what-name-says"),
        (workbook(), "a.xlsx", "quiz-empty"),
        (b"<quiz>", "a.xml", "damaged"),
    ],
    # Not made of the content: a workbook says when it was written.
    ids=["no-quiz", "no-kind", "nothing", "no-workbook", "no-questions", "cut-off"],
)
def test_what_is_no_quiz_is_refused(bench: Bench, content: bytes, name: str, code: str) -> None:
    assert bench.refusal(Kind.QUIZ, bench.put(content, name)).code == code


@pytest.mark.parametrize(
    ("name", "brings_pictures"),
    [
        ("quiz.xlsx", True),
        ("03 Санҷиш.xlsx", True),
        ("санчиши боби 2.xlsx", True),
        ("биология.quiz.xlsx", True),
        ("тест_1.xlsx", True),
        ("a.gift", True),
        ("a.gift.txt", True),
        ("prices.xlsx", False),
        ("attestation.xlsx", False),
        ("moodle.xml", False),
    ],
)
def test_a_quiz_brings_the_pictures_of_its_folder(
    tmp_path: Path, name: str, brings_pictures: bool
) -> None:
    for file in (name, "10.png", "2.png"):
        (tmp_path / file).write_bytes(b"x")
    found = {candidate.kind: candidate for candidate in discover([tmp_path])}
    names = [path.name for path in found[Kind.QUIZ].files]
    assert names == ([name, "2.png", "10.png"] if brings_pictures else [name])
    assert (Kind.ALBUM in found) is not brings_pictures


def test_the_sheet_of_the_catalogue_is_no_quiz(tmp_path: Path) -> None:
    (tmp_path / "catalog.xlsx").write_bytes(b"x")
    assert list(discover([tmp_path])) == []
