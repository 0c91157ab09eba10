# SPDX-License-Identifier: GPL-3.0-or-later
"""Kolibri exports on a stick: what becomes content, and what is said of the rest."""

from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.course.read import read_course
from appliance.content.discover import Candidate, discover
from appliance.content.ingest import ingest
from appliance.content.item import Kind, Lesson
from appliance.content.pack.create import PackOrder, RefusedError, create_pack
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.progress import Progress
from appliance.content.result import Status
from appliance.content.shelf import Shelf
from tests.unit.appliance.content.kolibri.export_maker import CHANNEL, Export, hex_id
from tests.unit.appliance.content.making import make_picture
from tests.unit.appliance.content.pack.bags import check_bag, feed_of


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    path = tmp_path / "captions.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nоби равон\n", encoding="utf-8")
    return path


@pytest.fixture
def export(data: Path, tmp_path: Path, captions: Path) -> Export:
    """A film with captions and a picture, a book two topics deep, and web pages."""
    export = Export(tmp_path / "stick")
    export.node("Табиат", "topic")
    export.node(
        "Об / вода",
        "video",
        "Табиат",
        description="Дар бораи <b>об</b>",
        author="С. Айнӣ",
        lang_id="tg",
        license_name="CC BY",
        license_owner="Мактаб",
    )
    film = data / "web" / "ricecooker_low_res_sample.mp4"
    export.file("Об / вода", film, "mp4", preset="low_res_video", priority=1)
    beside = {"supplementary": True, "lang_id": "tg"}
    export.file("Об / вода", captions, "vtt", preset="video_subtitle", **beside)
    picture = make_picture(tmp_path / "thumbnail.png")
    export.file("Об / вода", picture, "png", preset="video_thumbnail", thumbnail=True, **beside)
    export.node("Китобҳо", "topic", "Табиат")
    export.node("Дебиан", "document", "Китобҳо", lang_id="ru")
    export.file("Дебиан", data / "pdf" / "debian_install.ru.pdf", "pdf", preset="document")
    export.node("Бозӣ", "html5")
    export.file("Бозӣ", data / "web" / "ricecooker_sample_html.zip", "zip", preset="html5_zip")
    return export


def found(export: Export) -> dict[str, Candidate]:
    return {one.source: one for one in discover([export.folder.parent])}


def test_a_channel_becomes_a_collection_in_its_order(export: Export, tmp_path: Path) -> None:
    shelf = Shelf(Config(state=tmp_path / "state"))
    candidates = list(discover([export.folder.parent]))
    results = list(ingest(candidates, shelf, Progress()))
    assert {result.status for result in results} == {Status.INSTALLED}, results
    items = {item.source: item for item in shelf.store.items()}
    film = items["Канали об/Табиат/Об - вода"]
    about = film.metadata
    assert (about.title, about.authors, about.languages) == ("Об / вода", ("С. Айнӣ",), ("tg",))
    assert about.description == "Дар бораи об\n\nCC BY · Мактаб"
    assert film.details.captions == ("tg",)
    assert film.lesson == Lesson(CHANNEL, "Канали об", ("Табиат",), 1)
    book, game = items["Канали об/Табиат/Китобҳо/Дебиан"], items["Канали об/Бозӣ"]
    assert book.lesson
    assert (book.kind, book.lesson.topics, book.lesson.position) == (
        Kind.PDF,
        ("Табиат", "Китобҳо"),
        2,
    )
    assert (game.kind, game.metadata.title) == (Kind.HTML, "Бозӣ")
    channel = items.pop("Канали об")
    assert {item.metadata.collection for item in items.values()} == {"Канали об"}
    assert (channel.kind, channel.metadata.title) == (Kind.COURSE, "Канали об")
    course = read_course(shelf.store.path(channel.id, "files/course.json").read_bytes())
    assert course.id == CHANNEL
    assert [unit.title for unit in course.units] == ["Табиат", "Табиат · Китобҳо", ""]
    assert [lesson.item for lesson in course.lessons] == [film.id, book.id, game.id]
    assert list(check(shelf)) == []


def test_what_cannot_be_shown_is_named(export: Export) -> None:
    export.node("Масъала", "exercise")
    export.file("Масъала", None, "perseus", preset="exercise")
    export.node("Интерактив", "h5p")
    export.node("Гум", "video")
    lost = export.file("Гум", None, "mp4", preset="high_res_video")
    export.node("Буридашуда", "document")
    cut = export.file("Буридашуда", export.database, "pdf", preset="document")
    cut.write_bytes(cut.read_bytes()[:-1])
    candidates = found(export)
    assert {
        (name.rpartition("/")[2], one.problem, one.missing)
        for name, one in candidates.items()
        if one.problem
    } == {
        ("Масъала", "kolibri-kind", "exercise"),
        ("Интерактив", "kolibri-kind", "h5p"),
        ("Гум", "kolibri-file-missing", lost.name),
        ("Буридашуда", "kolibri-file-missing", cut.name),
    }
    assert len(candidates) == 8


def test_the_better_of_two_qualities_is_taken(export: Export, data: Path) -> None:
    film = data / "web" / "ricecooker_low_res_sample.webm"
    better = export.file("Об / вода", film, "webm", preset="high_res_video", priority=1)
    assert found(export)["Канали об/Табиат/Об - вода"].files == (better,)


def test_links_in_the_storage_are_not_followed(export: Export, tmp_path: Path) -> None:
    book = found(export)["Канали об/Табиат/Китобҳо/Дебиан"].files[0]
    elsewhere = tmp_path / "elsewhere"
    book.parent.parent.rename(elsewhere)
    book.parent.parent.symlink_to(elsewhere)
    assert book.exists()
    assert found(export)["Канали об/Табиат/Китобҳо/Дебиан"].problem == "kolibri-file-missing"


def test_two_nodes_of_one_name_are_two(export: Export, data: Path) -> None:
    export.node("Бозӣ", "html5", id=hex_id("another"))
    names = [one.source for one in discover([export.folder.parent])]
    assert len(names) == len(set(names)) == 5


def test_an_export_can_be_made_a_pack(export: Export, tmp_path: Path) -> None:
    info = PackInfo("water", 1, {"tg": "Об"}, "", "2026-03-01T08:00:00Z")
    order = PackOrder(export.folder.parent, tmp_path / "a.chashma", info)
    create_pack(order, Progress(), Progress())
    feed = feed_of(check_bag(tmp_path / "a.chashma"))
    film = feed[hex_id("Об / вода")]
    assert film["metadata"]["title"] == "Об / вода"
    assert [link["href"].rpartition(".")[2] for link in film["links"]] == ["mp4", "vtt"]
    read = {one.metadata.title: one.lesson for one in read_pack(order.target).publications}
    assert read["Дебиан"] == Lesson(CHANNEL, "Канали об", ("Табиат", "Китобҳо"), 2)
    again = msgspec.structs.replace(info, version=2)
    newer = PackOrder(order.folder, tmp_path / "b.chashma", again, since=(order.target,))
    assert create_pack(newer, Progress(), Progress()).unchanged == 4
    export.node("Масъала", "exercise")
    with pytest.raises(RefusedError):
        create_pack(order, Progress(), Progress())
