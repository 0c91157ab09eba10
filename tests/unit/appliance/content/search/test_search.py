# SPDX-License-Identifier: GPL-3.0-or-later
"""The search over the catalogue."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.content.catalog import Catalog
from appliance.content.item import Item, Kind, Metadata, Passage
from appliance.content.search.search import Search


@pytest.fixture
def catalog(tmp_path):
    catalog = Catalog(tmp_path / "catalog.db")
    yield catalog
    catalog.database.close()


@pytest.fixture
def search(catalog, tmp_path):
    return Search(catalog.database, tmp_path / "search.sock")


def item(item_id, title, kind=Kind.PDF, *, languages=("tg",), hidden=False, **metadata):
    return Item(
        id=item_id,
        kind=kind,
        metadata=Metadata(title=title, languages=languages, **metadata),
        files=(),
        added="2026-01-01T00:00:00Z",
        source="a",
        hidden=hidden,
    )


@pytest.fixture
def shelf(catalog):
    catalog.add(
        item("law", "Ҳуқуқи инсон", subject="history", authors=("Айнӣ",)),
        [
            Passage("1", "Муқаддима"),
            Passage("2", "Забони тоҷикӣ дар мактаб", "Боби якум"),
            Passage("3", "Ҳар кас ба таҳсил ҳуқуқ дорад. Таҳсил ройгон аст, ҳуқуқ баробар."),
        ],
    )
    catalog.add(
        item("pupil", "Книга", Kind.EPUB, languages=("ru",), description="Чтение для школьников"),
        [Passage("text/ch1.xhtml", "Права ребёнка и вода в реке"), Passage("b", "водород и газ")],
    )
    catalog.add(item("physics", "Физика 7", languages=("ru",)), [Passage("12", "Линза и свет")])
    catalog.add(
        item("cat", "The cat studies", Kind.VIDEO, languages=("en",)),
        [Passage("75", "A cat reads about rights <b>bold</b>")],
    )
    return catalog


def ids(results):
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("хукук", "law"),
        ("ҳуқуқ", "law"),
        ("huquq", "law"),
        ("точики", "law"),
        ("tojiki", "law"),
        ("забон", "law"),
        ("zabon", "law"),
        ("мактабхо", "law"),
        ("айни", "law"),
        ("школьник", "pupil"),
        ("ребенка", "pupil"),
        ("право реке", "pupil"),
        ("study", "cat"),
        ("cats", "cat"),
        ("физика 7 линзы", "physics"),
        ("the cat and the river", None),
    ],
)
def test_is_found(shelf, search, typed, found):
    assert ids(search.search(typed)) == ([found] if found else [])


def test_the_item_comes_once_and_its_title_before_its_text(shelf, search):
    shelf.add(item("page", "Дигар"), [Passage("5", "ҳуқуқ " * 9)])
    results = search.search("ҳуқуқ")
    assert [(hit.id, hit.place) for hit in results.hits] == [("law", ""), ("page", "5")]
    assert results.total_estimate == 2


def test_a_hit_opens_the_place_that_has_it(shelf, search):
    (hit,) = search.search("таҳсил").hits
    assert (hit.place, hit.url) == ("3", "/item/law/read?at=3")
    (hit,) = search.search("якум").hits
    assert (hit.place, hit.place_title) == ("2", "Боби якум")
    (hit,) = search.search("река").hits
    assert hit.url == "/item/pupil/read?at=text/ch1.xhtml"


def test_the_snippet_is_the_text_as_written_in_pieces(shelf, search):
    (hit,) = search.search("bold rights").hits
    assert hit.segments == (
        ("A cat reads about ", False),
        ("rights", True),
        (" <b>", False),
        ("bold", True),
        ("</b>", False),
    )


def test_a_stem_is_not_the_beginning_of_other_words(shelf, search):
    (hit,) = search.search("воды").hits
    assert ("вода", True) in hit.segments


def test_short_english_words_are_not_the_beginning_of_cyrillic_ones(shelf, search):
    shelf.add(item("ru", "Категория", languages=("ru",)))
    shelf.add(item("tg", "Дарсҳо ва китобҳо"))
    assert ids(search.search("cat")) == ["cat"]
    assert ids(search.search("dars")) == ["tg"]
    assert ids(search.search("kitobho")) == ids(search.search("kitob")) == ["tg"]


def test_filters(shelf, search):
    assert ids(search.search("cat", languages=("en",))) == ["cat"]
    assert ids(search.search("cat", languages=("tg", "ru"))) == []
    assert ids(search.search("cat", kinds=(Kind.VIDEO,))) == ["cat"]
    assert ids(search.search("cat", kinds=(Kind.PDF,))) == []


def test_inside_one_item_every_passage_is_a_hit(shelf, search):
    shelf.add(item("other", "Ҳуқуқ"), [Passage("9", "ҳуқуқ")])
    shelf.add(item("book", "Ҳуқуқ"), [Passage(str(n), f"ҳуқуқ {'ва ' * n}") for n in (3, 1, 2)])
    hits = search.search("ҳуқуқ", within="book").hits
    assert [(hit.id, hit.place) for hit in hits] == [("book", "1"), ("book", "2"), ("book", "3")]


def test_hidden_items_never_appear(shelf, search):
    shelf.update(item("law", "Ҳуқуқи инсон", hidden=True))
    assert ids(search.search("ҳуқуқ")) == []
    assert search.suggest("ҳуқ") == ()


def test_an_edited_title_is_found_and_the_old_one_is_not(shelf, search):
    shelf.update(item("physics", "Оптика", languages=("ru",)))
    assert ids(search.search("физика")) == []
    assert ids(search.search("оптика линза")) == ["physics"]


def test_a_removed_item_leaves_nothing_behind(shelf, search):
    for item_id in ("law", "pupil", "physics", "cat"):
        shelf.remove(item_id)
    connection = shelf.database.connection
    for table in ("item_vocabulary", "passage_vocabulary", "passage", "indexed_item"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    for table in ("item_words", "passage_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def test_adding_again_replaces(shelf, search):
    shelf.add(item("physics", "Физика 7"), [Passage("1", "Электрон")])
    assert ids(search.search("линза")) == []
    assert [(hit.id, hit.place) for hit in search.search("электрон").hits] == [("physics", "1")]


def test_an_index_made_by_other_rules_is_made_again(shelf, search):
    connection = shelf.database.connection
    shelf.refresh_index()
    assert ids(search.search("ҳуқуқ")) == ["law"]
    connection.execute("UPDATE index_version SET version = '0'")
    connection.execute("INSERT INTO item_words (item_words) VALUES ('delete-all')")
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('delete-all')")
    assert ids(search.search("ҳуқуқ")) == []
    shelf.refresh_index()
    assert ids(search.search("ҳуқуқ")) == ["law"]
    assert [hit.place for hit in search.search("таҳсил").hits] == ["3"]
    shelf.remove("law")
    assert ids(search.search("ҳуқуқ")) == []


def test_grades_are_found_as_people_ask_for_them(catalog, search):
    catalog.add(item("g", "Биология", grades=(7, 8), subject="biology"))
    for typed in ("биология 7 синф", "биология 8 класс", "biology grade 7", "7-синф биология"):
        assert ids(search.search(typed)) == ["g"]
    assert ids(search.search("биология 9 синф")) == []


def test_the_web_process_never_loads_libzim():
    code = (
        "import sys, appliance.content.search.search; "
        "sys.exit(any(name.startswith('libzim') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pages(catalog, search):
    for number in range(7):
        catalog.add(item(f"n{number}", f"Китоб {number}"))
    pages = [search.search("китоб", offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert len({hit.id for page in pages for hit in page.hits}) == 7
    assert {page.total_estimate for page in pages} == {7}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("хукик", "ҳуқуқ"),
        ("школьнеков", "школьников"),
        ("вадарод", "водород"),
        ("физыка", "физика"),
        ("huqiq", "ҳуқуқ"),
        ("ъъъъ", ""),
        ("zzzzzz", ""),
    ],
)
def test_did_you_mean(shelf, search, typed, meant):
    results = search.search(typed)
    assert results.hits == ()
    assert results.did_you_mean.startswith(meant)
    assert bool(results.did_you_mean) == bool(meant)


def test_suggestions_are_titles(shelf, search):
    assert [s.title for s in search.suggest("хук")] == ["Ҳуқуқи инсон"]
    assert [s.title for s in search.suggest("ф")] == ["Физика 7"]
    assert [s.url for s in search.suggest("инсон хукук")] == ["/item/law"]
    assert search.suggest("") == ()


_HARD = st.text(alphabet="\"*()^:{}+-ANDORNOTearҳуқ '’\x00\n\ue000%_<&|~`", max_size=30)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.one_of(_HARD, st.text(max_size=60)))
def test_nothing_that_is_typed_breaks_the_search(shelf, search, typed):
    search.search(typed)
    search.suggest(typed)
