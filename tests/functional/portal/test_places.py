# SPDX-License-Identifier: GPL-3.0-or-later
"""Who sees what was read in a browser that goes from hand to hand."""

import pytest
from flask.testing import FlaskClient

from appliance.content.item import Item
from appliance.learning.classes import NewClass
from appliance.learning.person import SchoolClass
from appliance.learning.person_session import IDLE_SECONDS, PersonSessions
from appliance.school.moment import Moment
from tests.functional.portal.lessons import put_book
from tests.functional.portal.shelf import Shelf
from webapp.portal.library import Library

_ROW = 'id="begun"'


class Tablet:
    """A browser, and the box's time since its boot, which tests let pass."""

    def __init__(self, client: FlaskClient, library: Library, fifth: SchoolClass) -> None:
        self.client, self._fifth = client, fifth
        self.second = 1000.0
        library.sessions = PersonSessions(library.school, lambda: Moment("boot", self.second))

    def join(self, name: str, *, own: bool = False) -> None:
        """Sign in, as somebody who is new or comes back; without signing out first."""
        data = {"name": name, "who": "me", "own": "1" if own else "", "csrf": self._token()}
        assert self.client.post(f"/join/{self._fifth.code}", data=data).status_code == 303

    def leave(self) -> None:
        """Press "Sign out"."""
        assert self.client.post("/leave", data={"csrf": self._token()}).status_code == 303

    def read(self, book: Item, at: int = 2) -> None:
        """Open a book."""
        assert self.client.get(f"/item/{book.id}/read?at={at}").status_code == 200

    def row(self) -> str:
        """What the first page offers to go on with."""
        return self.client.get("/").text.partition(_ROW)[2].partition("</section>")[0]

    def cookies(self) -> list[str]:
        """The cookies of places that this browser has."""
        kept = [
            one.partition("=")[0]
            for one in self.client.get("/").request.headers.get("Cookie", "").split("; ")
        ]
        return [name for name in kept if name.startswith("places")]

    def _token(self) -> str:
        return self.client.get("/").text.partition('name="csrf" value="')[2][:64]


@pytest.fixture
def tablet(client: FlaskClient, library: Library) -> Tablet:
    fifth = library.classes.add(NewClass("5А"), clock_sure=True)
    return Tablet(client, library, fifth)


@pytest.fixture
def book(shelf: Shelf) -> Item:
    return put_book(shelf)


def test_who_signs_out_leaves_nothing_to_go_on_with(tablet: Tablet, book: Item) -> None:
    tablet.join("Зарина")
    tablet.read(book)
    assert book.id in tablet.row()
    tablet.leave()
    assert tablet.row() == ""
    assert tablet.cookies() == []
    # A page that was left open may write its cookie once more; it is nobody's.
    tablet.join("Далер")
    assert tablet.row() == ""


def test_a_tablet_that_signs_out_by_itself_shows_the_next_child_nothing(
    tablet: Tablet, book: Item
) -> None:
    tablet.join("Зарина")
    tablet.read(book)
    tablet.second += IDLE_SECONDS + 61
    assert tablet.row() == ""
    assert f"/item/{book.id}/read?at=2" not in tablet.client.get(f"/item/{book.id}").text
    assert tablet.cookies() == []
    tablet.read(book, 3)  # as a guest
    assert book.id in tablet.row()
    tablet.join("Далер")
    assert tablet.row() == ""


def test_one_child_signs_in_where_another_still_is(tablet: Tablet, book: Item) -> None:
    tablet.join("Зарина")
    tablet.read(book)
    tablet.join("Далер")
    assert tablet.row() == ""


def test_the_cookie_of_a_shared_tablet_goes_with_its_window(tablet: Tablet, book: Item) -> None:
    tablet.join("Зарина")
    answer = tablet.client.get(f"/item/{book.id}/read")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name = cookie.partition("=")[0]
    assert name.startswith("places-")
    assert "Max-Age" not in cookie
    assert f'<meta name="places" content="{name}">' in answer.text
    # What was left open in the time of somebody before writes what nobody reads, and it is removed.
    tablet.client.set_cookie("places-0123456789ab", f"{book.id}:4")
    assert tablet.client.get("/").headers["Set-Cookie"].startswith("places-0123456789ab=;")
    assert tablet.cookies() == [name]


def test_an_own_phone_keeps_what_its_guest_had_read_until_signing_out(
    tablet: Tablet, book: Item, shelf: Shelf
) -> None:
    tablet.read(book)
    tablet.join("Зарина", own=True)
    assert book.id in tablet.row()
    film = put_book(shelf, "Дигар")
    answer = tablet.client.get(f"/item/{film.id}/read")
    assert '<meta name="places" content="places">' in answer.text
    assert "Max-Age" in answer.headers["Set-Cookie"]
    assert book.id in tablet.row()
    assert film.id in tablet.row()
    tablet.leave()
    assert tablet.row() == ""
