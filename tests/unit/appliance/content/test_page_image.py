# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of pages: one at a time, few waiting, each drawn once."""

import threading
from pathlib import Path

import pytest

from appliance.content import made_files, page_image
from appliance.content.item import Details, Item, Kind, Metadata, StoredFile
from appliance.content.made_files import MadeBusyError
from appliance.content.page_image import PageImageError, PageImages
from appliance.content.store import ContentStore
from appliance.process import Output, ToolTimeoutError

ITEM = Item(
    id="a" * 16,
    kind=Kind.PDF,
    metadata=Metadata(title="x"),
    files=(StoredFile("files/x.PDF", 1, "0" * 64),),
    added="2026-01-01T00:00:00Z",
    source="x",
    details=Details(pages=9),
)


class Poppler:
    """Stands in for the tool: waits for a sign, then gives a picture."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.picture = b"\xff\xd8 drawn"

    def __call__(self, argv: list[object], **limits: object) -> Output:
        assert limits["memory_bytes"]
        self.calls.append([str(word) for word in argv])
        self.begun.set()
        assert self.may_end.wait(30)
        return Output(self.picture, "")


@pytest.fixture
def poppler(monkeypatch: pytest.MonkeyPatch) -> Poppler:
    stand_in = Poppler()
    monkeypatch.setattr(page_image, "run_limited", stand_in)
    return stand_in


def images(folder: Path, **limits: object) -> PageImages:
    return PageImages(ContentStore(folder / "store"), folder / "cache", **limits)


def test_who_comes_when_too_many_wait_is_sent_away(tmp_path: Path, poppler: Poppler) -> None:
    drawing = images(tmp_path, waiting=1)
    first = threading.Thread(target=drawing.picture, args=(ITEM, 1, 900))
    first.start()
    assert poppler.begun.wait(30)
    with pytest.raises(MadeBusyError):
        drawing.picture(ITEM, 2, 900)
    poppler.may_end.set()
    first.join(30)
    assert drawing.picture(ITEM, 2, 900) == f"pages/{ITEM.id}/2-900.jpg"


def test_a_class_that_wants_one_page_draws_it_once(tmp_path: Path, poppler: Poppler) -> None:
    drawing = images(tmp_path, waiting=4)
    pupils = [threading.Thread(target=drawing.picture, args=(ITEM, 3, 900)) for _ in range(4)]
    for pupil in pupils:
        pupil.start()
    assert poppler.begun.wait(30)
    poppler.may_end.set()
    for pupil in pupils:
        pupil.join(30)
    assert len(poppler.calls) == 1
    made = tmp_path / "cache" / "pages" / ITEM.id
    assert [path.name for path in made.iterdir()] == ["3-900.jpg"]


@pytest.mark.parametrize(("page", "width"), [(0, 900), (10, 900), (1, 901), (-1, 1400)])
def test_what_is_not_there_is_not_drawn(
    tmp_path: Path, poppler: Poppler, page: int, width: int
) -> None:
    with pytest.raises(PageImageError):
        images(tmp_path).picture(ITEM, page, width)
    assert poppler.calls == []


def test_a_page_that_cannot_be_drawn_leaves_nothing(
    tmp_path: Path, poppler: Poppler, monkeypatch: pytest.MonkeyPatch
) -> None:
    poppler.may_end.set()
    poppler.picture = b"Syntax Error"
    with pytest.raises(PageImageError):
        images(tmp_path).picture(ITEM, 1, 900)

    def too_slow(*_: object, **__: object) -> Output:
        raise ToolTimeoutError("pdftoppm took too long")

    monkeypatch.setattr(page_image, "run_limited", too_slow)
    with pytest.raises(PageImageError):
        images(tmp_path).picture(ITEM, 1, 900)
    assert not list((tmp_path / "cache").rglob("*.jpg"))


def test_old_pictures_make_room(
    tmp_path: Path, poppler: Poppler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_image, "_KEPT_BYTES", len(poppler.picture) * 2)
    monkeypatch.setattr(made_files, "_TRIM_EVERY", 1)
    poppler.may_end.set()
    drawing = images(tmp_path)
    for page in range(1, 6):
        drawing.picture(ITEM, page, 900)
    assert len(list((tmp_path / "cache").rglob("*.jpg"))) == 2
