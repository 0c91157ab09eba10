# SPDX-License-Identifier: GPL-3.0-or-later
"""Lessons on a small shelf, and pupils who open them."""

import re
from html import unescape

import msgspec
from flask.testing import FlaskClient

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Details, Item, Kind
from appliance.content.quiz.quiz import Quiz
from appliance.learning.classes import NewClass
from appliance.learning.person import Person
from tests.functional.portal.shelf import Shelf
from webapp.portal.library import Library
from webapp.portal.person import COOKIE


def put_quiz(shelf: Shelf, quiz: Quiz, title: str = "Санҷиши об") -> Item:
    """A quiz on the shelf."""
    return shelf.put(title, Kind.QUIZ, files={"quiz.json": msgspec.json.encode(quiz)})


def put_course(shelf: Shelf, course: Course, title: str = "Об", **changes: object) -> Item:
    """A course on the shelf."""
    files = {"files/course.json": msgspec.json.encode(course)}
    return shelf.put(title, Kind.COURSE, files=files, **changes)


def put_book(shelf: Shelf, title: str = "Китоби об", pages: int = 4) -> Item:
    """A PDF on the shelf."""
    return shelf.put(title, Kind.PDF, details=Details(pages=pages))


def course_of(*items: Item, **changes: object) -> Course:
    """A course of these items; the lessons are l1, l2 and so on."""
    lessons = tuple(
        CourseLesson(f"l{number}", item.shown.title, item.id)
        for number, item in enumerate(items, 1)
    )
    return Course("water", (Unit(lessons[:1], "Якум"), Unit(lessons[1:], "Дуюм")), **changes)  # type: ignore[arg-type] # fields of Course


class Pupil:
    """Somebody with a browser without script: follows links, fills in forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page, self.address, self.status = "", "", 0
        client.set_cookie("language", "en")

    def library(self) -> Library:
        """The library of the application."""
        found = self.client.application.extensions["chashma"]
        assert isinstance(found, Library)
        return found

    def join(self, name: str = "Нигора") -> Person:
        """Sign in, in a class that is made if there is none."""
        shelf = self.library()
        classes = shelf.classes.all()
        fifth = classes[0] if classes else shelf.classes.add(NewClass("5А"), clock_sure=True)
        self.open(f"/join/{fifth.code}")
        self.client.post(f"/join/{fifth.code}", data={"name": name})
        found = shelf.people.named(fifth.id, name)
        assert found is not None
        return found

    def sign_in(self, person: Person) -> None:
        """Be somebody who joined on another device."""
        self.client.set_cookie(COOKIE, self.library().sessions.start(person.id, own=True))

    def open(self, address: str) -> str:
        """Go to an address, and on to where it leads."""
        return self._take(self.client.get(address, follow_redirects=True))

    def send(self, address: str, *, reload: bool = False, **values: object) -> str:
        """Send the form of the page whose address this is, with the hidden fields that it has."""
        fields: dict[str, object] = {}
        if not reload:
            form = re.search(
                rf'<form[^>]*action="{re.escape(address).replace("&", "&amp;")}".*?</form>',
                self.page,
                re.DOTALL,
            )
            assert form, (address, re.findall(r'<form[^>]*action="([^"]*)"', self.page))
            fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
        return self._take(
            self.client.post(address, data={**fields, **values}, follow_redirects=True)
        )

    def token(self) -> str:
        """What forms of the page send back."""
        return self.page.partition('name="csrf" value="')[2][:64]

    def links(self) -> dict[str, str]:
        """Addresses of the links of the page, by what they say."""
        found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.page, re.DOTALL)
        return {self._words(text): unescape(address) for address, text in found}

    def begin(self, quiz: str) -> None:
        """Begin a quiz, or go on with it, as somebody who comes to its first page."""
        self.open(f"/quiz/{quiz}")
        self.send(f"/quiz/{quiz}/start")

    def words(self) -> str:
        """What the page says."""
        main = re.search(r"<main.*</main>", self.page, re.DOTALL)
        return self._words(main[0] if main else self.page)

    def _take(self, response: object) -> str:
        self.page = response.text  # type: ignore[attr-defined] # werkzeug's test response
        self.status = response.status_code  # type: ignore[attr-defined] # likewise
        self.address = response.request.full_path.rstrip("?")  # type: ignore[attr-defined] # likewise
        return self.page

    @staticmethod
    def _words(markup: str) -> str:
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())
