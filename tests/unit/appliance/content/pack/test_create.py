# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs made of folders."""

import hashlib
import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from appliance.content.pack.create import (
    Made,
    NoRoomError,
    PackError,
    PackOrder,
    RefusedError,
    create_pack,
)
from appliance.content.pack.info import PackInfo
from appliance.content.pack.target import PackExistsError
from appliance.content.progress import Progress, Report, Stopped
from tests.unit.appliance.content.making import make_picture, make_sound
from tests.unit.appliance.content.pack.bags import check_bag, feed_of

INFO = PackInfo("books", 7, {"tg": "Китобҳо"}, "Ноҳия", "2026-03-01T08:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    make_sound(source / "суруд" / "Суруди 1.wav")
    (source / "суруд" / "Суруди 1.tg.vtt").write_text(
        "WEBVTT\n\n00:00.000 --> 00:01.000\nоб\n", encoding="utf-8"
    )
    make_picture(source / "албом" / "1.png")
    make_picture(source / "албом" / "2.png", (200, 10, 10))
    make_sound(source / "100% a.wav", tone=5)
    return source


def made(folder: Path, target: Path, **values: object) -> Made:
    order = PackOrder(folder, target, **{"info": INFO, **values})  # type: ignore[arg-type] # a test's shorthand
    return create_pack(order, Progress(), Progress())


def test_a_pack_holds_each_thing_of_the_folder_once(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.chashma"
    assert made(folder, target).written == 3
    files = check_bag(target)
    feed = feed_of(files)
    assert {unquote(name) for name in feed} == {"100% a.wav", "суруд/Суруди 1.wav", "албом"}
    album = feed[quote("албом")]
    assert [link["href"].rsplit("/", 1)[1] for link in album["links"]] == ["1.png", "2.png"]
    assert feed["100%25%20a.wav"]["links"][0]["href"].endswith("/100_%20a.wav")
    assert not list(tmp_path.glob(".*"))


def test_a_zip_holds_the_same_as_a_folder(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "a.chashma")
    made(folder, tmp_path / "b.chashma.zip")
    assert check_bag(tmp_path / "a.chashma") == check_bag(tmp_path / "b.chashma.zip")


def test_what_is_too_large_is_cut(folder: Path, tmp_path: Path) -> None:
    long = (folder / "100% a.wav").read_bytes()
    made(folder, tmp_path / "a.chashma", most_bytes=1000)
    files = check_bag(tmp_path / "a.chashma")
    link = feed_of(files)["100%25%20a.wav"]["links"][0]
    assert link["properties"]["sha256"] == hashlib.sha256(long).hexdigest()
    parts = [files[f"data/{href}".replace("%20", " ")] for href in link["properties"]["parts"]]
    assert b"".join(parts) == long
    assert [len(part) for part in parts] == [1000, len(long) - 1000]


def test_a_zip_that_is_too_large_comes_in_volumes(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "b.chashma.zip", most_bytes=1000)
    assert not (tmp_path / "b.chashma.zip").exists()
    volumes = sorted(tmp_path.glob("b.chashma.zip.*"))
    assert [path.suffix for path in volumes[:2]] == [".001", ".002"]
    assert {path.stat().st_size for path in volumes[:-1]} == {1000}
    whole = tmp_path / "whole.zip"
    whole.write_bytes(b"".join(path.read_bytes() for path in volumes))
    assert len(feed_of(check_bag(whole))) == 3


def test_everything_that_a_box_would_refuse_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "a.pdf").write_bytes(b"no book")
    (folder / "b.xyz").write_bytes(b"?")
    (folder / "lonely.vtt").write_bytes(b"WEBVTT\n")
    (folder / "catalog.csv").write_text("file;grade\n100% a.wav;99\nnone.pdf;1\n", encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        made(folder, tmp_path / "a.chashma")
    codes = {(result.file, result.code) for result in caught.value.results}
    assert codes == {
        ("a.pdf", "not-what-name-says"),
        ("b.xyz", "unsupported-kind"),
        ("lonely.vtt", "captions-alone"),
        ("catalog.csv", "sheet-row-value"),
        ("catalog.csv", "sheet-row-file-missing"),
    }
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_the_sheet_gives_titles_in_three_languages_and_a_lasting_name(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "catalog.csv").write_text(
        "файл;Номи (тоҷикӣ);title_tg;Title_RU;title_en;id;забон\n"
        "100% a.wav;;Об;Вода;Water;water;ru\n",
        encoding="utf-8",
    )
    made(folder, tmp_path / "a.chashma")
    about = feed_of(check_bag(tmp_path / "a.chashma"))["water"]["metadata"]
    assert about["title"] == {"tg": "Об", "ru": "Вода", "en": "Water"}
    assert about["language"] == ["ru"]


def test_two_things_of_one_name_are_a_mistake(folder: Path, tmp_path: Path) -> None:
    (folder / "catalog.csv").write_text("file;id\n100% a.wav;x\nалбом;x\n", encoding="utf-8")
    with pytest.raises(PackError, match="books:x"):
        made(folder, tmp_path / "a.chashma")


def test_a_picture_that_cannot_be_read_stays_out_of_its_album(folder: Path, tmp_path: Path) -> None:
    (folder / "албом" / "3.png").write_bytes(b"no picture")
    made(folder, tmp_path / "a.chashma")
    names = {Path(name).name for name in check_bag(tmp_path / "a.chashma")}
    assert "2.png" in names
    assert "3.png" not in names


def test_parts_of_an_archive_become_one(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "zims"
    source.mkdir()
    for part in sorted((data / "zim").glob("*.zima?")):
        shutil.copy(part, source)
    made(source, tmp_path / "a.chashma")
    whole = b"".join(part.read_bytes() for part in sorted(source.iterdir()))
    files = check_bag(tmp_path / "a.chashma")
    assert [content for name, content in files.items() if name.endswith(".zim")] == [whole]


def test_what_stands_there_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.chashma").mkdir()
    (tmp_path / "b.chashma.zip.001").write_bytes(b"older")
    for name in ("a.chashma", "b.chashma.zip"):
        with pytest.raises(PackExistsError):
            made(folder, tmp_path / name)
    assert (tmp_path / "b.chashma.zip.001").read_bytes() == b"older"


@pytest.mark.parametrize("name", ["a.chashma", "b.chashma.zip"])
def test_a_run_that_is_stopped_leaves_nothing(folder: Path, tmp_path: Path, name: str) -> None:
    reports: list[Report] = []

    def is_stopped() -> bool:
        return len(reports) > 1

    writing = Progress(reports.append, is_stopped)
    order = PackOrder(folder, tmp_path / name, INFO, most_bytes=500)
    reports.append(Report())
    with pytest.raises(Stopped):
        create_pack(order, Progress(), writing)
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


@pytest.mark.parametrize("name", ["a.chashma", "b.chashma.zip"])
def test_what_a_killed_run_left_behind_goes(folder: Path, tmp_path: Path, name: str) -> None:
    if name.endswith(".zip"):
        (tmp_path / f".{name}.unfinished.017").write_bytes(b"half")
    else:
        (tmp_path / f".{name}.unfinished").mkdir()
        (tmp_path / f".{name}.unfinished" / "half").write_bytes(b"half")
    made(folder, tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {"source", name}


def test_too_small_a_disk_is_told_before_anything_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2000))
    with pytest.raises(NoRoomError) as caught:
        made(folder, tmp_path / "a.chashma")
    assert caught.value.free == 2000
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_a_file_that_changes_meanwhile_ends_the_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown = folder / "100% a.wav"

    class Growing(Progress):
        def advance(self, count: int) -> None:
            with grown.open("ab") as file:
                file.write(b"x")

    order = PackOrder(folder, tmp_path / "a.chashma", INFO)
    with pytest.raises(Exception, match="changed-while-read"):
        create_pack(order, Progress(), Growing())
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_packs_in_the_folder_are_no_content(folder: Path, tmp_path: Path) -> None:
    made(folder, folder / "older.chashma")
    made(folder, folder / "older.chashma.zip")
    assert made(folder, tmp_path / "a.chashma").written == 3


def test_an_empty_folder_makes_no_pack(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackError):
        made(tmp_path / "empty", tmp_path / "a.chashma")
    made(tmp_path / "empty", tmp_path / "b.chashma", retire=("old book.pdf",))
    files = check_bag(tmp_path / "b.chashma")
    assert b'"urn:chashma:pack:books:old%20book.pdf"' in files["chashma-pack.json"]
