# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding, describing, hiding, removing: asked in the panel, done by the worker."""

import io
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.item import Audience, Item
from appliance.jobs.job import Edit, Ingest, State
from appliance.jobs.worker import Worker
from appliance.school.activity import Action
from tests.functional.admin.conftest import Browser
from webapp.admin.office import Office

HOSTILE = "<script>alert(1)</script> “Кимиё”"


def lesson(title: str = "Кимиё") -> bytes:
    """Zipped web pages, the smallest thing that can stand on the shelf."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        page = (
            f"<html lang=tg><head><title>{title}</title></head><body><p>{title}</p></body></html>"
        )
        archive.writestr("index.html", page)
    return packed.getvalue()


@pytest.fixture
def worker(app: object, config: Config) -> Iterator[None]:
    worker = Worker(config)
    thread = threading.Thread(target=worker.run)
    thread.start()
    yield
    worker.stop()
    thread.join()


@pytest.fixture
def stick(config: Config) -> Path:
    folder = config.drives / "Стик"
    (folder / "7 & 8").mkdir(parents=True)
    (folder / "kimiyo.zip").write_bytes(lesson())
    (folder / "7 & 8" / "<b>fizika.zip").write_bytes(lesson("Физика"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "game.exe").write_bytes(b"MZ")
    return folder


def finish(office: Office, location: str) -> int:
    number = int(location.rsplit("/", 1)[-1])
    assert office.jobs.wait(number, 60).over
    return number


def add_all(browser: Browser, office: Office) -> int:
    page = browser.get("/add/drive/Стик").text
    chosen = re.findall(r'name="chosen" value="([0-9a-f]+)"', page)
    answer = browser.post("/add/drive/Стик", {"chosen": chosen, "some": "1"}, page="/add")
    return finish(office, answer.location)


def the_item(office: Office) -> Item:
    [found] = [office.catalog.get(one) for one in office.catalog.ids()]
    return found


@pytest.fixture
def item(worker: None, config: Config, administrator: Browser, office: Office) -> Item:
    folder = config.drives / "Стик"
    folder.mkdir(parents=True)
    (folder / "kimiyo.zip").write_bytes(lesson())
    add_all(administrator, office)
    return the_item(office)


@pytest.mark.usefixtures("worker", "stick")
def test_from_the_stick_to_the_shelf(administrator: Browser, office: Office) -> None:
    assert "Стик" in administrator.get("/add").text
    page = administrator.get("/add/drive/Стик").text
    assert page.count('name="chosen"') == 3
    assert page.count(" checked>") == 3
    assert "7 &amp; 8/&lt;b&gt;fizika.zip" in page
    assert "game.exe" in page
    number = add_all(administrator, office)
    result = administrator.get(f"/jobs/{number}").text
    assert "on the shelf: 2" in result
    assert "not taken: 1" in result
    assert "cut short" in result or "damaged" in result
    again = administrator.get("/add/drive/Стик").text
    assert again.count('name="chosen"') == 1
    assert "2 things are on the shelf already" in again
    assert "Физика" in administrator.get("/shelf?q=физ").text
    assert "Кимиё" not in administrator.get("/shelf?q=физ").text
    assert "Стик" in administrator.get("/jobs").text
    assert office.activity.page(actions=(Action.DRIVE_ADDED,))[1] == 1


@pytest.mark.usefixtures("stick")
def test_nothing_chosen_and_pulled_out(
    administrator: Browser, office: Office, config: Config
) -> None:
    answer = administrator.post("/add/drive/Стик", {"chosen": "0123"}, page="/add")
    assert answer.location.endswith("/add/drive/%D0%A1%D1%82%D0%B8%D0%BA")
    assert office.jobs.recent(5) == []
    for hostile in ("../store", "..", "missing"):
        answer = administrator.get(f"/add/drive/{hostile}", follow_redirects=True)
        assert "stick" not in answer.request.path
    (config.drives / "Стик").rename(config.drives / "other")
    answer = administrator.post("/add/drive/Стик", {"everything": "1"}, page="/add")
    assert answer.location == "/add"
    assert "not plugged in any more" in administrator.get("/add").text


def test_describing_an_item(administrator: Browser, office: Office, item: Item) -> None:
    address = f"/shelf/{item.id}"
    page = administrator.get(address).text
    assert 'value="tg" checked' in page
    form = {
        "title": f" {HOSTILE} ",
        "description": "Сатр\r\nсатр",
        "authors": "А. Б.\r\n\r\nВ. Г.",
        "languages": ["tg", "ru"],
        "other_language": "узбекский",
        "subject": "chemistry",
        "grades": ["8", "7", "10"],
        "audiences": ["pupil", "teacher"],
        "collection": "Илм",
        "date": "2024-05",
    }
    assert administrator.post(address, form, page=address).location == address
    shown = the_item(office).shown
    assert (shown.title, shown.description) == (HOSTILE, "Сатр\nсатр")
    assert shown.authors == ("А. Б.", "В. Г.")
    assert shown.languages == ("tg", "ru", "uz")
    assert (shown.subject, shown.grades) == ("chemistry", (7, 8, 10))
    assert shown.audiences == (Audience.PUPIL, Audience.TEACHER)
    assert (shown.collection, shown.date) == ("Илм", "2024-05")
    for path in (address, "/shelf", "/", "/box", "/activity"):
        assert "<script>alert" not in administrator.get(path).text, path
    assert "is kept" not in administrator.get("/shelf").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "fill this in"),
        ({"date": "last year"}, "Write the year"),
        ({"date": "2024-13"}, "Write the year"),
        ({"other_language": "qqqq"}, "not known"),
        ({"grades": ["12"]}, ""),
        ({"subject": "magic"}, ""),
        ({"languages": ["xx"]}, ""),
    ],
)
def test_a_wrong_description_changes_nothing(
    administrator: Browser, office: Office, item: Item, change: dict[str, object], said: str
) -> None:
    form = {"title": "New", "languages": ["tg"], "subject": "", **change}
    answer = administrator.post(f"/shelf/{item.id}", form)
    assert answer.status_code == 200
    assert said in answer.text
    assert the_item(office).shown.title == "Кимиё"


def test_hiding_and_putting_in_front(administrator: Browser, office: Office, item: Item) -> None:
    for deed, hidden, featured in (
        ("hide", True, False),
        ("feature", True, True),
        ("show", False, True),
        ("unfeature", False, False),
    ):
        administrator.post(f"/shelf/{item.id}/{deed}")
        now = the_item(office)
        assert (now.hidden, now.featured) == (hidden, featured), deed


def test_finding_an_item(administrator: Browser, item: Item) -> None:
    administrator.post(f"/shelf/{item.id}/hide")
    for query in ("q=кими", "q=KIMIYO", "q=кимиё", "state=hidden", "language=tg", "kind=html"):
        assert item.id in administrator.get(f"/shelf?{query}").text, query
    for query in ("q=физика", "q=%22", "q=!!", "state=front", "language=ru", "kind=pdf"):
        assert "Nothing fits" in administrator.get(f"/shelf?{query}").text, query


def test_removing_and_undoing(administrator: Browser, office: Office, item: Item) -> None:
    assert administrator.post(f"/shelf/{item.id}/remove").location == "/shelf"
    page = administrator.get("/shelf").text
    assert "Undo" in page
    assert f'action="/shelf/{item.id}/restore"' in page
    assert office.catalog.ids() == set()
    assert "Undo" not in administrator.get("/shelf").text
    assert "Кимиё" in administrator.get("/shelf/removed").text
    administrator.post(f"/shelf/{item.id}/restore")
    assert the_item(office) == item


def test_deleting_for_good_asks_first(administrator: Browser, office: Office, item: Item) -> None:
    assert administrator.get(f"/shelf/{item.id}/purge").status_code == 404
    administrator.post(f"/shelf/{item.id}/remove")
    assert "cannot be undone" in administrator.get(f"/shelf/{item.id}/purge").text
    assert office.store.removed_ids() == [item.id]
    administrator.post(f"/shelf/{item.id}/purge")
    assert office.store.removed_ids() == []
    assert administrator.post(f"/shelf/{item.id}/restore").status_code == 404


def test_a_worker_that_does_not_answer_is_told(
    administrator: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.admin.shelf._PATIENCE", 0)
    item_id = "b" * 16
    monkeypatch.setattr(office.catalog, "get", lambda _: Item(item_id, *[None] * 5))  # type: ignore[arg-type]
    monkeypatch.setattr("webapp.admin.shelf._title", lambda _: "X")
    administrator.post(f"/shelf/{item_id}/hide")
    assert "does not answer" in administrator.get("/shelf").text


@pytest.mark.usefixtures("worker")
def test_a_file_from_the_browser(administrator: Browser, office: Office, config: Config) -> None:
    form = {
        "file": (io.BytesIO(lesson("Дарс")), "../../<b>дарс.zip"),
        "captions": (io.BytesIO(), ""),
    }
    answer = administrator.post("/add/upload", form, page="/add")
    finish(office, answer.location)
    assert the_item(office).shown.title == "Дарс"
    assert list(config.uploads.iterdir()) == []
    assert not list(config.state.parent.glob("*дарс*"))


def test_an_upload_is_written_where_the_worker_finds_it(
    administrator: Browser, office: Office, config: Config
) -> None:
    form = {
        "file": (io.BytesIO(b"a film"), "film.mp4"),
        "captions": [
            (io.BytesIO(b"WEBVTT"), "film.tg.vtt"),
            (io.BytesIO(b"WEBVTT"), "film.ru.vtt"),
            (io.BytesIO(b"WEBVTT"), "Субтитры.en.srt"),
        ],
    }
    administrator.post("/add/upload", form, page="/add")
    [folder] = config.uploads.iterdir()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        "film.mp4": b"a film",
        "film.tg.vtt": b"WEBVTT",
        "film.ru.vtt": b"WEBVTT",
        "film.en.srt": b"WEBVTT",
    }


@pytest.mark.parametrize("size", [0, 1, 70_000, 400_000])
def test_an_upload_through_gunicorn_arrives_whole(
    administrator: Browser, config: Config, size: int
) -> None:
    """Its stream of the request ends by itself, which Werkzeug treats in another way."""
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    form = {"file": (io.BytesIO(content), "a.pdf"), "captions": (io.BytesIO(), "")}
    answer = administrator.post(
        "/add/upload", form, page="/add", environ_overrides={"wsgi.input_terminated": True}
    )
    assert answer.status_code == 302
    [folder] = config.uploads.iterdir()
    assert [file.read_bytes() for file in folder.iterdir()] == [content]


def test_an_upload_without_a_file(administrator: Browser, office: Office, config: Config) -> None:
    answer = administrator.post("/add/upload", {"file": (io.BytesIO(), "")}, page="/add")
    assert answer.location == "/add"
    assert "No file came" in administrator.get("/add").text
    assert list(config.uploads.iterdir()) == []
    assert office.jobs.recent(5) == []


def test_an_upload_that_does_not_fit_is_refused_at_once(
    administrator: Browser, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.admin.incoming.room", lambda: 10)
    form = {"file": (io.BytesIO(bytes(100_000)), "a.pdf")}
    answer = administrator.post("/add/upload", form, page="/add")
    assert answer.status_code == 507
    assert "no room" in answer.text
    assert list(config.uploads.iterdir()) == []


def test_files_are_taken_nowhere_else(administrator: Browser, config: Config) -> None:
    form = {"file": (io.BytesIO(b"x"), "a.pdf"), "school_name": "X"}
    assert administrator.post("/school", form).status_code == 400
    assert list(config.uploads.iterdir()) == []


def test_a_job_waits_is_stopped_and_remembered(
    administrator: Browser, open_browser: Callable[[], Browser], office: Office
) -> None:
    first = office.jobs.submit(Ingest("a"), "administrator")
    number = office.jobs.submit(Ingest("<i>b"), "administrator")
    page = administrator.get(f"/jobs/{number}").text
    assert "1 is before it" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "&lt;i&gt;b" in page
    assert "Being added" in administrator.get("/").text
    teacher = open_browser()
    teacher.sign_in("teacher")
    assert teacher.get(f"/jobs/{number}").status_code == 200
    assert teacher.post(f"/jobs/{number}/cancel", page="/").status_code == 403
    assert "Yes, stop" in administrator.get(f"/jobs/{number}/cancel").text
    administrator.post(f"/jobs/{number}/cancel")
    assert office.jobs.get(number).state is State.CANCELLED
    assert office.jobs.get(first).state is State.QUEUED
    assert "Stopped" in administrator.get(f"/jobs/{number}").text
    assert administrator.get("/jobs/99").status_code == 404


def test_only_the_adding_of_content_is_shown_as_a_job(
    administrator: Browser, office: Office, item: Item
) -> None:
    number = office.jobs.submit(Edit(item.id, item.metadata), "x")
    assert administrator.get(f"/jobs/{number}").status_code == 404
