# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs made of the shelf."""

import errno
import shutil
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.install import Wanted, install
from appliance.content.item import Edition
from appliance.content.pack.bag_writer import BagWriter
from appliance.content.pack.export import export_items
from appliance.content.pack.feed_metadata import FeedEdition, FeedMetadata, edition_of
from appliance.content.pack.pack import read_pack
from appliance.content.pack.verify import verify_pack
from appliance.content.policy import StickPolicy
from appliance.content.progress import Progress, Stopped
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError, UnknownItemError
from tests.unit.appliance.content.making import make_picture, make_sound
from tests.unit.appliance.content.pack.bags import check_bag, feed_of


@pytest.fixture
def shelf(tmp_path: Path, data: Path) -> Shelf:
    source = tmp_path / "source"
    make_sound(source / "Суруд.wav")
    make_picture(source / "Суруд.png")
    (source / "Суруд.tg.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nоб\n", "utf-8")
    make_picture(source / "албом" / "1.png")
    make_picture(source / "албом" / "2.png", (200, 10, 10))
    shutil.copy(data / "zim" / "small.nons.zim", source)
    shelf = Shelf(Config(state=tmp_path / "state"))
    for result in ingest(list(discover([source])), shelf, Progress()):
        assert result.id, result
    return shelf


def by_source(shelf: Shelf) -> dict[str, str]:
    return {item.source: item.id for item in shelf.store.items()}


def test_the_pack_holds_what_was_once_brought(shelf: Shelf, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "шаҳр.chashma"
    target.parent.mkdir()
    made = export_items(shelf, shelf.store.ids(), target, "Барои мактаби дигар", Progress())
    assert (made.written, made.info.title) == (3, {"tg": "Барои мактаби дигар"})
    files = check_bag(target)
    kept = {Path(name).name: content for name, content in files.items() if "/items/" in name}
    source = tmp_path / "source"
    brought = {path.name: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    assert kept == brought
    ids = by_source(shelf)
    song = feed_of(files)[ids["Суруд.wav"]]
    assert [link["rel"].rsplit("/", 1)[1] for link in song["links"]] == ["open-access", "captions"]
    assert song["images"][0]["href"].endswith(".png")


def test_what_staff_say_goes_along(shelf: Shelf, tmp_path: Path) -> None:
    song = by_source(shelf)["Суруд.wav"]
    item = shelf.store.read(song)
    edition = Edition("music", 3, "urn:chashma:pack:music:song")
    titles = {"tg": "Суруд", "ru": "Песня"}
    shelf.store.update(msgspec.structs.replace(item, edition=edition, titles=titles))
    export_items(shelf, [song], tmp_path / "a.chashma", "A", Progress())
    about = feed_of(check_bag(tmp_path / "a.chashma"))[song]["metadata"]
    assert about["title"] == titles
    edited = msgspec.structs.replace(item.metadata, title="Беҳтарин суруд", grades=(1, 2))
    shelf.change(song, edited=edited)
    export_items(shelf, [song], tmp_path / "b.chashma", "B", Progress())
    about = feed_of(check_bag(tmp_path / "b.chashma"))[song]["metadata"]
    assert about["title"] == "Беҳтарин суруд"
    assert about["https://chashma.tj/terms/grades"] == [1, 2]


def _install(pack: Path, shelf: Shelf) -> list[Status]:
    policy = StickPolicy()
    verified = verify_pack(read_pack(pack), policy, None)
    return [result.status for result in install(verified, Wanted(), shelf, Progress())]


def test_another_school_knows_what_came_with_a_pack_of_the_district(
    shelf: Shelf, tmp_path: Path
) -> None:
    song = by_source(shelf)["Суруд.wav"]
    edition = Edition("music", 3, "urn:chashma:pack:music:song")
    shelf.change(song, edition=edition)
    pack = tmp_path / "a.chashma"
    export_items(shelf, [song], pack, "A", Progress())
    other = Shelf(Config(state=tmp_path / "other"))
    assert _install(pack, other) == [Status.INSTALLED]
    assert other.store.read(song).edition == edition


@pytest.mark.parametrize(
    ("here", "becomes"), [(2, Status.INSTALLED), (4, Status.REJECTED)], ids=["older", "newer"]
)
def test_an_older_edition_of_the_other_school_gives_way_and_a_newer_one_stays(
    shelf: Shelf, tmp_path: Path, here: int, becomes: Status
) -> None:
    song = by_source(shelf)["Суруд.wav"]
    shelf.change(song, edition=Edition("music", 3, "urn:chashma:pack:music:song"))
    pack = tmp_path / "a.chashma"
    export_items(shelf, [song], pack, "A", Progress())
    other = Shelf(Config(state=tmp_path / "other"))
    make_sound(tmp_path / "theirs" / "Суруд.wav", tone=7)
    (brought,) = ingest(list(discover([tmp_path / "theirs"])), other, Progress())
    other.change(brought.id, edition=Edition("music", here, "urn:chashma:pack:music:song"))
    assert _install(pack, other) == [becomes]
    assert other.store.ids() == [song if becomes is Status.INSTALLED else brought.id]


@pytest.mark.parametrize(
    ("pack", "version", "identifier"),
    [
        ("../x", 1, "urn:chashma:pack:../x:a"),
        ("music", 0, "urn:chashma:pack:music:a"),
        ("music", 10**15 + 1, "urn:chashma:pack:music:a"),
        ("music", 1, "urn:chashma:pack:maths:a"),
        ("music", 1, "urn:chashma:pack:music:"),
        ("music", 1, "urn:chashma:pack:music:a b"),
    ],
)
def test_an_edition_that_cannot_be_is_passed_over(pack: str, version: int, identifier: str) -> None:
    said = FeedMetadata("urn:x", edition=FeedEdition(pack, version, identifier))
    assert edition_of(said) is None


def test_a_damaged_item_is_named_and_nothing_is_left(shelf: Shelf, tmp_path: Path) -> None:
    song = shelf.store.read(by_source(shelf)["Суруд.wav"])
    path = shelf.store.path(song.id, song.files[0].path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    (tmp_path / "stick").mkdir()
    target = tmp_path / "stick" / "a.chashma"
    with pytest.raises(RefusalError) as caught:
        export_items(shelf, shelf.store.ids(), target, "A", Progress())
    assert (caught.value.code, caught.value.details["title"]) == ("item-damaged", "Суруд")
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errno.ENOSPC, "drive-full"),
        (errno.EROFS, "drive-unwritable"),
        (errno.EIO, "drive-unwritable"),
    ],
)
def test_a_drive_that_fails_has_a_plain_reason(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, code: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(error, "the drive")

    monkeypatch.setattr(BagWriter, "seal", fail)
    (tmp_path / "stick").mkdir()
    target = tmp_path / "stick" / "a.chashma"
    with pytest.raises(RefusalError) as caught:
        export_items(shelf, shelf.store.ids(), target, "A", Progress())
    assert caught.value.code == code
    assert list((tmp_path / "stick").iterdir()) == []


def test_too_small_a_drive_and_a_taken_name_are_told_at_once(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.chashma"
    target.mkdir()
    with pytest.raises(RefusalError, match="pack-exists"):
        export_items(shelf, shelf.store.ids(), target, "A", Progress())
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2000))
    with pytest.raises(RefusalError, match="drive-full"):
        export_items(shelf, shelf.store.ids(), tmp_path / "b.chashma", "B", Progress())


def test_a_stopped_export_and_an_unknown_item_leave_nothing(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    target = tmp_path / "stick" / "a.chashma"
    stopped = Progress(is_stopped=lambda: True)
    with pytest.raises(Stopped):
        export_items(shelf, shelf.store.ids(), target, "A", stopped)
    with pytest.raises(UnknownItemError):
        export_items(shelf, ["z" * 16], target, "A", Progress())
    assert list((tmp_path / "stick").iterdir()) == []
