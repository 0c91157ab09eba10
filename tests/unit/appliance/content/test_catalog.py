# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: lists, filters, counts."""

from pathlib import Path

import msgspec
import pytest

from appliance.content.catalog import Catalog, Order
from appliance.content.filters import Filters
from appliance.content.item import Audience, Item, Kind, Metadata
from appliance.errors import UnknownItemError
from tests.unit.appliance.content.making import make_item

BOOK = make_item(
    "a" * 16,
    metadata=Metadata(
        title="Ҳуқуқ", languages=("tg", "ru"), grades=(5, 6), subject="history", collection="Рафча"
    ),
)
FILM = make_item(
    "b" * 16,
    kind=Kind.VIDEO,
    metadata=Metadata(title="Об", languages=("ru",), audiences=(Audience.PUPIL,)),
    featured=True,
)
SECRET = make_item("c" * 16, metadata=Metadata(title="Secret"), hidden=True)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    catalog = Catalog(tmp_path / "catalog.db")
    for item in (BOOK, FILM, SECRET):
        catalog.add(item)
    return catalog


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {BOOK.id, FILM.id}),
        (Filters(hidden=True), {BOOK.id, FILM.id, SECRET.id}),
        (Filters(kinds=(Kind.VIDEO,)), {FILM.id}),
        (Filters(kinds=(Kind.VIDEO, Kind.PDF)), {BOOK.id, FILM.id}),
        (Filters(languages=("tg",)), {BOOK.id}),
        (Filters(languages=("tg", "ru")), {BOOK.id, FILM.id}),
        (Filters(grade=6), {BOOK.id}),
        (Filters(grade=0), set()),
        (Filters(audience=Audience.PUPIL), {FILM.id}),
        (Filters(subject="history", collection="Рафча"), {BOOK.id}),
        (Filters(featured=True), {FILM.id}),
        (Filters(words="ҲУҚ"), {BOOK.id}),
        (Filters(words="' OR 1=1 --"), set()),
    ],
)
def test_filters(catalog: Catalog, filters: Filters, expected: set[str]) -> None:
    assert {card.id for card in catalog.cards(filters)} == expected
    assert catalog.count(filters) == len(expected)


def test_pages_follow_each_other(catalog: Catalog) -> None:
    first, second = (
        catalog.cards(order=Order.TITLE, limit=1, offset=offset)[0] for offset in (0, 1)
    )
    assert [first.title, second.title] == ["Об", "Ҳуқуқ"]


def test_facets_count_what_students_see(catalog: Catalog) -> None:
    facets = catalog.facets()
    assert facets.languages == {"ru": 2, "tg": 1}
    assert facets.grades == {5: 1, 6: 1}
    assert facets.kinds == {"pdf": 1, "video": 1}
    assert facets.collections == {"Рафча": 1}


def test_an_item_comes_back_whole(catalog: Catalog) -> None:
    assert catalog.get(BOOK.id) == BOOK


def test_added_again_replaces(catalog: Catalog) -> None:
    renamed = msgspec.structs.replace(BOOK, metadata=Metadata(title="Нав"))
    catalog.add(renamed)
    assert catalog.get(BOOK.id) == renamed
    assert catalog.count() == 2
    assert catalog.count(Filters(languages=("tg",))) == 0


def test_staffs_words_win(catalog: Catalog) -> None:
    edited: Item = msgspec.structs.replace(FILM, edited=Metadata(title="Роҳи об"))
    catalog.update(edited)
    assert [card.title for card in catalog.cards(Filters(kinds=(Kind.VIDEO,)))] == ["Роҳи об"]


def test_removed_is_unknown(catalog: Catalog) -> None:
    catalog.remove(BOOK.id)
    catalog.remove(BOOK.id)
    with pytest.raises(UnknownItemError):
        catalog.get(BOOK.id)
    with pytest.raises(UnknownItemError):
        catalog.update(BOOK)
    assert catalog.facets().grades == {}
