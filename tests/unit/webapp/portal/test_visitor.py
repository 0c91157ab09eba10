# SPDX-License-Identifier: GPL-3.0-or-later
"""What cookies say, and what they may not."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.portal.visitor import (
    COOKIE_BYTES,
    PLACES_KEPT,
    Place,
    Visitor,
    clean_place,
    read_places,
    visitor,
    write_places,
)

IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)
PLACES = st.builds(Place, IDS, st.text(max_size=400).map(clean_place))


@given(st.lists(PLACES, max_size=40), PLACES)
def test_places_come_back_the_latest_first(others: list[Place], latest: Place) -> None:
    cookie = write_places(tuple(others), latest)
    assert len(cookie) <= COOKIE_BYTES
    assert cookie.isascii()
    assert not set(cookie) & set(' ",;\\')
    places = read_places(cookie)
    assert places[0] == latest
    assert len(places) <= PLACES_KEPT
    assert set(places) <= {latest, *others}


@given(st.text())
def test_any_cookie_can_be_read(cookie: str) -> None:
    for place in read_places(cookie):
        assert len(place.item) == 16
        assert place.at.isprintable()


@given(st.dictionaries(st.sampled_from(["language", "text", "theme", "content"]), st.text()))
def test_nonsense_leaves_the_defaults(cookies: dict[str, str]) -> None:
    met = visitor(cookies, "ru")
    assert met.language in ("tg", "ru", "en")
    assert met.text in ("normal", "large", "largest")
    assert met.theme in ("light", "dark", "contrast")
    assert all(code.isalpha() and code.isascii() for code in met.content)


def test_an_item_keeps_only_its_latest_place() -> None:
    item = "a" * 16
    places = read_places(write_places((Place(item, "3"), Place("b" * 16, "x")), Place(item, "9")))
    assert places == (Place(item, "9"), Place("b" * 16, "x"))
    assert Visitor(places=places).place(item) == "9"
    assert Visitor(places=places).place("c" * 16) == ""


def test_the_school_chooses_the_first_language() -> None:
    assert visitor({}, "ru").language == "ru"
    assert visitor({"language": "en"}, "ru").language == "en"
