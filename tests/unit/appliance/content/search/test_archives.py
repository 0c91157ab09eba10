# SPDX-License-Identifier: GPL-3.0-or-later
"""The search over the catalogue and inside archives together."""

import pytest

from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind, Metadata, Passage
from appliance.content.search.search import Search
from tests.zim_maker import make_zim, start_search


def item(item_id, title, kind=Kind.ZIM, languages=("tg",), *, hidden=False):
    return Item(
        id=item_id,
        kind=kind,
        metadata=Metadata(title=title, languages=languages),
        files=(),
        added="2026-01-01T00:00:00Z",
        source="a",
        hidden=hidden,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = tmp_path_factory.mktemp("library")
    tajik = {f"a/{n}": (f"Боби {n}", f"<p>Китоби {n} дар бораи об</p>") for n in range(5)}
    make_zim(store, "tgzim", {**tajik, "a/u": ("Китоб", "<p>Варақ</p>")})
    make_zim(store, "ruzim", {"r 1?": ("Китоб значит книга", "<p>китоб</p>")}, "rus")
    process = start_search(store / "s.sock", store)
    yield store
    process.kill()
    process.wait()


@pytest.fixture
def catalog(tmp_path):
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.add(item("tgzim", "Донишнома"))
    catalog.add(item("ruzim", "Энциклопедия", languages=("ru",)))
    for number in range(5):
        catalog.add(item(f"b{number}", f"Китоби {number}", Kind.PDF))
    catalog.add(item("text", "Дигар", Kind.PDF), [Passage("4", "китоб")])
    yield catalog
    catalog.database.close()


@pytest.fixture
def search(catalog, store):
    return Search(catalog.database, store / "s.sock")


def test_books_and_articles_of_several_languages_side_by_side(search):
    results = search.search("kitob", limit=9)
    kinds = [hit.kind for hit in results.hits]
    assert kinds == [Kind.PDF, Kind.PDF, Kind.ZIM] * 3
    inside = [hit for hit in results.hits if hit.kind is Kind.ZIM]
    assert {hit.id for hit in inside} == {"tgzim", "ruzim"}
    assert not results.partial
    assert results.total_estimate == 6 + 6 + 1


def test_a_hit_inside_an_archive_opens_the_article(search):
    (hit,) = search.search("книга", kinds=(Kind.ZIM,)).hits
    assert (hit.id, hit.place, hit.place_title) == ("ruzim", "r 1?", "Китоб значит книга")
    assert hit.url == "/item/ruzim/read?at=r%201%3F"
    assert (hit.title, hit.languages) == ("Энциклопедия", ("ru",))
    assert hit.snippet == "китоб"


def test_pages_follow_each_other_without_gaps(search):
    whole = [(hit.id, hit.place) for hit in search.search("китоб", limit=50).hits]
    pages = [search.search("китоб", offset=offset, limit=4).hits for offset in range(0, 16, 4)]
    assert [(hit.id, hit.place) for page in pages for hit in page] == whole
    assert len(set(whole)) == len(whole) == 13


def test_filters_and_hiding_count_for_archives_too(search, catalog):
    assert {hit.id for hit in search.search("китоб", languages=("ru",)).hits} == {"ruzim"}
    assert Kind.ZIM not in {hit.kind for hit in search.search("китоб", kinds=(Kind.PDF,)).hits}
    catalog.update(item("ruzim", "Энциклопедия", languages=("ru",), hidden=True))
    assert "ruzim" not in {hit.id for hit in search.search("китоб", limit=50).hits}


def test_titles_inside_archives_are_suggested_beside_those_of_items(search):
    suggestions = search.suggest("кит", limit=6)
    assert len(suggestions) == 6
    assert ("Китоб", "tgzim", "a/u") in {(s.title, s.id, s.place) for s in suggestions}
    assert "b0" in {s.id for s in suggestions} | {f"b{n}" for n in range(5)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("варок", "варақ"),
        ("кнега значит", "книга значит"),
        ("kitab", "китоб"),
        ("варақ qqqqqqq", ""),
    ],
)
def test_words_of_archives_are_known_and_offered(search, typed, meant):
    results = search.search(typed)
    assert results.hits == ()
    assert results.did_you_mean == meant


def test_without_the_search_process_the_catalogue_still_answers(catalog, tmp_path):
    results = Search(catalog.database, tmp_path / "nothing.sock").search("китоб")
    assert len(results.hits) == 6
    assert results.partial
