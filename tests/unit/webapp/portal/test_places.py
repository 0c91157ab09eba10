# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cookie of places says, and what it may not."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.portal.places import (
    COOKIE_BYTES,
    PLACES_KEPT,
    Place,
    clean_place,
    read_places,
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


def test_an_item_keeps_only_its_latest_place() -> None:
    item = "a" * 16
    places = read_places(write_places((Place(item, "3"), Place("b" * 16, "x")), Place(item, "9")))
    assert places == (Place(item, "9"), Place("b" * 16, "x"))
