# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample library as people get it."""

import csv
import filecmp
import zipfile
from pathlib import Path

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from pypdf import PdfReader

import sample.library
from appliance.content.subject import SUBJECTS
from sample.exercises import answers
from sample.library import COURSES, make_library
from sample.text import read_book

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "library"
    make_library(folder)
    return folder


@pytest.fixture(scope="module")
def rows(library: Path) -> list[dict[str, str]]:
    with (library / "catalog.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_has_its_file_and_every_file_its_row(
    library: Path, rows: list[dict[str, str]]
) -> None:
    beside = {".vtt", ".srt", ".jpg"}  # captions and covers
    files = {
        path.name
        for path in library.iterdir()
        if path.suffix not in beside and path.name not in ("LICENSE", "catalog.csv", COURSES)
    }
    assert {row["file"] for row in rows} == files
    assert len(rows) == len(files)


def test_rows_say_what_the_shelves_need(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["subject"] in SUBJECTS
        assert all(row.values()), row["file"]
        assert set(row["audience"].split(", ")) <= {"pre-primary", "pupil", "teacher", "parent"}


def test_it_stays_small_enough_to_carry(library: Path) -> None:
    size = sum(path.stat().st_size for path in library.rglob("*") if path.is_file())
    assert size < 12 * MEGABYTE


def test_the_same_sources_give_the_same_bytes(library: Path, tmp_path: Path) -> None:
    make_library(tmp_path / "again")
    names = [str(p.relative_to(library)) for p in library.rglob("*") if p.is_file()]
    same, different, missing = filecmp.cmpfiles(library, tmp_path / "again", names, shallow=False)
    assert (different, missing) == ([], [])
    assert len(same) == len(names)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    with pytest.raises(FileExistsError):
        make_library(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["LICENSE"]


def test_an_older_sample_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = {name: sample.library.MAKERS[name] for name in ("LICENSE", "catalog.csv")}
    monkeypatch.setattr(sample.library, "MAKERS", two)
    folder = tmp_path / "library"
    make_library(folder)
    (folder / "gone.epub").write_text("of an older version")
    assert [path.name for path in make_library(folder)] == ["LICENSE", "catalog.csv"]


def test_epubs_begin_with_their_type(library: Path) -> None:
    books = sorted(library.glob("*.epub"))
    assert len(books) >= 6
    for book in books:
        with zipfile.ZipFile(book) as bag:
            first = bag.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert bag.testzip() is None


def test_the_dictionary_has_tajik_text_an_outline_and_a_language(library: Path) -> None:
    reader = PdfReader(library / "Луғати тасвирӣ.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert {"гӯсфанд", "ҷузвдон", "тоҷикӣ", "кӯҳ", "чароғ", "қалам"} <= set(
        text.replace(":", " ").replace(",", " ").split()
    )
    assert len(reader.pages) == 10
    assert len(reader.outline) == 10
    assert reader.root_object["/Lang"] == "tg"
    assert reader.metadata is not None
    assert reader.metadata.title == "Луғати тасвирӣ: тоҷикӣ, русӣ, англисӣ"


def test_the_album_is_named_in_tajik(library: Path) -> None:
    pictures = sorted(path.name for path in (library / "Ҳайвонот").iterdir())
    assert len(pictures) >= 6
    assert "4 Гӯсфанд.webp" in pictures


def test_the_trainer_opens_without_its_script(library: Path) -> None:
    with zipfile.ZipFile(library / "Ҷадвали зарб.zip") as bag:
        page = bag.read("index.html").decode()
        assert {"style.css", "words.js", "trainer.js", "drop.png"} < set(bag.namelist())
    assert "<td>81</td>" in page
    assert "http" not in page


@pytest.mark.parametrize(
    ("name", "language", "word", "path"),
    [
        ("chashma_ru_entsiklopediya.zim", "rus", "рек", "Река"),
        ("chashma_tg_donishnoma.zim", "tgk", "зардолу", "Зардолу"),
    ],
)
def test_the_encyclopedias_are_whole_and_searchable(
    library: Path, name: str, language: str, word: str, path: str
) -> None:
    archive = Archive(library / name)
    assert archive.check()
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.get_metadata("Language").decode() == language
    assert archive.get_illustration_item(48).size > 0
    search = Searcher(archive).search(Query().set_query(word))
    assert path in list(search.getResults(0, 10))


def test_the_exercises_carry_their_answers(library: Path) -> None:
    reader = PdfReader(library / "Мешуморем.pdf")
    assert len(reader.pages) == 8
    last = reader.pages[-1].extract_text()
    assert "4; 7; 3; 9; 6; 8" in " ".join(last.split())
    for title in answers():
        assert title in last


def test_the_leaflet_has_a_page_a_chapter(library: Path) -> None:
    reader = PdfReader(library / "Хондан дар хона.pdf")
    assert len(reader.pages) == 1 + len(read_book("khondan-dar-khona").chapters)
    assert "Такрор ба кӯдак боварӣ медиҳад" in " ".join(reader.pages[2].extract_text().split())
