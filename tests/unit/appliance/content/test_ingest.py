# SPDX-License-Identifier: GPL-3.0-or-later
"""From folder to shelf."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.filters import Filters
from appliance.content.ingest import ingest
from appliance.content.item import Kind, Metadata
from appliance.content.progress import Progress, Report
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from kiwix.library import listed_paths
from tests.unit.appliance.content.making import make_picture, make_sound


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Config(state=tmp_path / "state"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    make_sound(folder / "суруд.wav")
    make_picture(folder / "расмҳо" / "1.png")
    make_picture(folder / "расмҳо" / "2.png", (200, 100, 40))
    return folder


def bring(shelf: Shelf, *paths: Path, progress: Progress | None = None) -> dict[str, IngestResult]:
    results = ingest(list(discover(paths)), shelf, progress or Progress())
    return {result.file: result for result in results}


def assert_whole(shelf: Shelf) -> None:
    assert list(check(shelf)) == []
    assert list((shelf.store.root / "staging").iterdir()) == []


def test_a_folder_comes_onto_the_shelf_and_the_second_time_is_there_already(
    shelf: Shelf, stick: Path
) -> None:
    first = bring(shelf, stick)
    assert {file: (r.status, r.kind) for file, r in first.items()} == {
        "суруд.wav": (Status.INSTALLED, Kind.AUDIO),
        "расмҳо": (Status.INSTALLED, Kind.ALBUM),
    }
    second = bring(shelf, stick)
    assert {r.status for r in second.values()} == {Status.ALREADY}
    assert {r.id for r in second.values()} == {r.id for r in first.values()}
    assert shelf.catalog.count() == 2
    assert_whole(shelf)


def test_the_sheet_names_and_its_wrong_rows_stop_nothing(shelf: Shelf, stick: Path) -> None:
    sheet = stick / "catalog.csv"
    sheet.write_text(
        "file,title,language,grade,collection\n"
        "суруд.wav,Суруди чашма,tg,2,Мусиқӣ\n"
        "нест.pdf,X,tg,1,\n"
        "расмҳо,Шаклҳо,tg,77,\n",
        encoding="utf-8",
    )
    results = list(ingest(list(discover([stick])), shelf, Progress()))
    wrong = [(r.file, r.code, r.details["row"]) for r in results if r.code]
    assert sorted(wrong) == [
        ("catalog.csv", "sheet-row-file-missing", 3),
        ("catalog.csv", "sheet-row-value", 4),
    ]
    assert {card.title for card in shelf.catalog.cards()} == {"Суруди чашма", "Шаклҳо"}
    (song,) = shelf.catalog.cards(Filters(grade=2, collection="Мусиқӣ"))
    assert song.languages == ("tg",)


def test_a_new_sheet_renames_what_is_there_already(shelf: Shelf, stick: Path) -> None:
    bring(shelf, stick)
    (stick / "catalog.csv").write_text("file,title\nсуруд.wav,Номи нав\n", encoding="utf-8")
    assert bring(shelf, stick)["суруд.wav"].title == "Номи нав"
    assert_whole(shelf)


def test_what_staff_said_stays_when_the_stick_comes_again(shelf: Shelf, stick: Path) -> None:
    song = bring(shelf, stick)["суруд.wav"].id
    shelf.change(song, edited=Metadata(title="Сухани омӯзгор"), hidden=True)
    assert bring(shelf, stick)["суруд.wav"].title == "Сухани омӯзгор"
    assert shelf.store.read(song).hidden


def test_one_bad_file_stops_no_other(shelf: Shelf, stick: Path) -> None:
    (stick / "lie.pdf").write_bytes(b"this is no PDF at all")
    (stick / "empty.zim").write_bytes(b"")
    (stick / "letter.docx").write_bytes(b"x")
    results = bring(shelf, stick)
    assert {file: r.code for file, r in results.items() if r.code} == {
        "lie.pdf": "not-what-name-says",
        "empty.zim": "empty",
        "letter.docx": "unsupported-kind",
    }
    assert shelf.catalog.count() == 2
    for language in ("tg", "ru", "en"):
        reasons = {r.reason(language) for r in results.values() if r.code}
        assert len(reasons) == 3
    assert_whole(shelf)


def test_removed_comes_back_by_restoring_or_by_the_stick(shelf: Shelf, stick: Path) -> None:
    song = bring(shelf, stick)["суруд.wav"].id
    shelf.remove(song)
    assert shelf.catalog.count() == 1
    assert_whole(shelf)
    assert bring(shelf, stick)["суруд.wav"].status is Status.INSTALLED
    shelf.remove(song)
    assert shelf.restore(song).id == song
    assert_whole(shelf)


@pytest.mark.parametrize("damaged", ["item.json", "files/суруд.wav"])
@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"{"), Path.unlink])
def test_what_a_bad_card_damaged_is_mended_by_bringing_it_again(
    shelf: Shelf, stick: Path, damaged: str, damage: Callable[[Path], object]
) -> None:
    song = bring(shelf, stick)["суруд.wav"].id
    damage(shelf.store.path(song, damaged))
    assert list(check(shelf)) != []
    results = bring(shelf, stick)
    assert (results["суруд.wav"].status, results["суруд.wav"].id) == (Status.INSTALLED, song)
    assert results["расмҳо"].status is Status.ALREADY
    assert_whole(shelf)


def test_a_full_disk_is_told_before_the_copy_begins(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "free_bytes", lambda: 1)
    results = bring(shelf, stick)
    assert {r.code for r in results.values()} == {"no-space"}
    assert_whole(shelf)


def test_room_is_made_by_purging_what_was_removed(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = bring(shelf, stick)["суруд.wav"].id
    shelf.remove(song)
    monkeypatch.setattr(shelf, "free_bytes", lambda: 1 if shelf.store.removed_ids() else 10_000_000)
    make_sound(stick / "new.wav", tone=9)
    assert bring(shelf, stick / "new.wav")["new.wav"].status is Status.INSTALLED
    assert shelf.store.removed_ids() == []


def test_a_disk_that_fills_up_during_the_copy(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as context:
        context.setattr(os, "write", fail)
        results = bring(shelf, stick / "суруд.wav")
    assert results["суруд.wav"].code == "no-space"
    assert_whole(shelf)


def test_a_run_can_be_stopped_and_leaves_nothing_half_done(shelf: Shelf, stick: Path) -> None:
    (stick / "big.mp3").write_bytes(os.urandom(40_000_000))
    stopped = iter([False, False])
    progress = Progress(is_stopped=lambda: next(stopped, True))
    bring(shelf, stick, progress=progress)
    assert_whole(shelf)


def test_progress_ends_where_it_said_it_would(shelf: Shelf, stick: Path) -> None:
    reports: list[Report] = []
    bring(shelf, stick, progress=Progress(reports.append))
    last = reports[-1]
    assert (last.done_bytes, last.done_files) == (last.total_bytes, last.total_files)
    assert last.total_files == 2


def test_it_tells_how_many_it_has_looked_at(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.content.progress._REPORT_EVERY_S", 0.0)
    reports: list[Report] = []
    bring(shelf, stick, progress=Progress(reports.append))
    before = [(one.looked, one.to_look) for one in reports if not one.total_files]
    assert before == [(0, 2), (1, 2)]


def test_the_pictures_of_an_album_stay_in_the_order_of_their_numbers(
    shelf: Shelf, tmp_path: Path
) -> None:
    for number in (10, 2, 1):
        make_picture(tmp_path / "album" / f"{number}.png", (number, 0, 0))
    (result,) = bring(shelf, tmp_path / "album").values()
    pictures = [file.path for file in shelf.store.read(result.id).files if "files/" in file.path]
    assert pictures == ["files/1.png", "files/2.png", "files/10.png"]
    assert_whole(shelf)


@pytest.mark.data
def test_an_archive_is_listed_for_kiwix_and_goes_from_the_list(shelf: Shelf, data: Path) -> None:
    result = bring(shelf, data / "zim" / "udhr_tg_all_2026-11.zim")["udhr_tg_all_2026-11.zim"]
    assert listed_paths(shelf.config.library_xml) == [
        shelf.config.state / "store" / "items" / result.id / "files" / f"{result.id}.zim"
    ]
    shelf.remove(result.id)
    assert listed_paths(shelf.config.library_xml) == []


@pytest.mark.data
def test_a_split_archive_is_the_same_as_the_whole(shelf: Shelf, data: Path) -> None:
    whole = bring(shelf, data / "zim" / "wikibooks_be_all_nopic_2017-02.nons.zim")
    parts = bring(
        shelf,
        *(
            data / "zim" / f"wikibooks_be_all_nopic_2017-02_splitted.zim{x}"
            for x in ("aa", "ab", "ac")
        ),
    )
    (first,), (second,) = whole.values(), parts.values()
    assert (second.status, second.id) == (Status.ALREADY, first.id)
