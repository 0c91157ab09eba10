# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a lesson can be taken home as one file: a page, a quiz, or a page with its quiz."""

from collections.abc import Callable, Iterator

import msgspec

from appliance.content.course.stored import stored_course
from appliance.content.item import Item, Kind
from appliance.content.page import FILE_NAME, Page, read_page
from appliance.content.quiz.home_key import media
from appliance.content.quiz.quiz import Quiz
from appliance.errors import RefusalError, UnknownItemError
from webapp.portal.course_desk import CourseDesk, course_desk
from webapp.portal.interface import me
from webapp.portal.library import Library, library
from webapp.portal.quiz_desk import stored_quiz
from webapp.portal.within import Within

LARGEST = 8_000_000
"""Bytes of a file: what goes from phone to phone in a minute, and what an old one still opens."""

_IN_LETTERS = 4 / 3
_BARE = 60_000  # our own script and words

Sizes = dict[str, int]


class HomeLesson(msgspec.Struct, frozen=True):
    """A lesson on its way into a file.

    Attributes:
        page: nothing where only the quiz is taken; ``quiz`` nothing where only the page is.
        is_test: there is a quiz, but it stays at school.
        sizes: bytes of each picture and sound in the item of the page, by path; ``quiz_sizes``
            likewise.
    """

    page: Item | None
    nodes: Page
    sizes: Sizes
    quiz_item: Item | None
    quiz: Quiz | None
    quiz_sizes: Sizes
    is_test: bool

    @property
    def title(self) -> str:
        """In the reader's language."""
        item = self.page or self.quiz_item
        return item.title_in(me.language) if item else ""

    @property
    def is_empty(self) -> bool:
        """There is nothing to take home."""
        return self.page is None and self.quiz is None

    @property
    def size(self) -> int:
        """Bytes of the file, about."""
        shown = sum(self.sizes.values()) + sum(self.quiz_sizes.values())
        texts = len(msgspec.json.encode(self.nodes)) + 4 * len(msgspec.json.encode(self.quiz))
        return int(shown * _IN_LETTERS) + texts + _BARE

    @property
    def is_too_large(self) -> bool:
        """It would not pass from phone to phone."""
        return self.size > LARGEST


def home_lesson(item_id: str, within: Within) -> HomeLesson:
    """The lesson of an item; in a course a page takes the quiz along that follows it.

    Raises:
        UnknownItemError: there is no such page or quiz.
    """
    shelf = library()
    item = shelf.item(item_id)
    if item.kind not in (Kind.PAGE, Kind.QUIZ):
        raise UnknownItemError(item_id)
    page = item if item.kind is Kind.PAGE else _neighbour(item, within, -1, Kind.PAGE)
    quiz_item = item if item.kind is Kind.QUIZ else _neighbour(item, within, 1, Kind.QUIZ)
    quiz = stored_quiz(shelf.store, quiz_item.id) if quiz_item else None
    is_test = quiz is not None and quiz_item is not None and stays_at_school(shelf, quiz_item, quiz)
    if is_test:
        page = page if item.kind is Kind.PAGE else None
        quiz = None
    nodes = _nodes(shelf, page) if page else ()
    return HomeLesson(
        page=page,
        nodes=nodes,
        sizes=_sizes(shelf, page, (f"files/{name}" for name in shown(nodes))),
        quiz_item=quiz_item,
        quiz=quiz,
        quiz_sizes=_sizes(shelf, quiz_item, media(quiz) if quiz else ()),
        is_test=is_test,
    )


def shown(nodes: Page) -> Iterator[str]:
    """Names of the pictures and sounds of a page."""
    for node in nodes:
        if not isinstance(node, str):
            if node.file:
                yield node.file
            yield from shown(node.inside)


def stays_at_school(shelf: Library, item: Item, quiz: Quiz) -> bool:
    """Whether a quiz is answered at school alone: the right answers would be in its file."""
    if quiz.attempts or quiz.seconds:
        return True
    return item.id in shelf.remembered("stay", lambda: _tests_of_courses(shelf))


def _tests_of_courses(shelf: Library) -> frozenset[str]:
    """Items that are a test before or after a course, or that a certificate rests on."""
    heirs, found = shelf.catalog.formers(), set[str]()
    for item in shelf.catalog.of_kind(Kind.COURSE):
        try:
            course = stored_course(shelf.store, shelf.catalog, item.id)
        except (OSError, RefusalError):
            continue  # `chashma check` names what a bad card has damaged
        tests = (course.pre_test, course.post_test)
        found.update(
            heirs.get(lesson.item, lesson.item)
            for lesson in course.lessons
            if course.certificate or lesson.id in tests
        )
    return frozenset(found)


def _neighbour(item: Item, within: Within, step: int, kind: Kind) -> Item | None:
    """The page before a quiz or the quiz after a page, in the unit in which it was opened."""
    if not within.course:
        return None
    try:
        desk = course_desk(within.course)
    except UnknownItemError:
        return None
    return _beside(desk, within.lesson, step, lambda found: found.kind is kind, item)


def _beside(
    desk: CourseDesk, lesson_id: str, step: int, is_wanted: Callable[[Item], bool], item: Item
) -> Item | None:
    for unit in desk.course.units:
        ids = [lesson.id for lesson in unit.lessons]
        if lesson_id in ids and desk.items[lesson_id] == item:
            place = ids.index(lesson_id) + step
            found = desk.items[ids[place]] if 0 <= place < len(ids) else None
            return found if found is not None and is_wanted(found) else None
    return None


def _nodes(shelf: Library, page: Item) -> Page:
    try:
        return read_page(shelf.store.path(page.id, FILE_NAME).read_bytes())
    except (OSError, RefusalError) as exc:
        raise UnknownItemError(page.id) from exc


def _sizes(shelf: Library, item: Item | None, paths: Iterator[str] | tuple[()]) -> Sizes:
    """What is there of these files; one that is missing is left out."""
    found: Sizes = {}
    for path in paths if item else ():
        file = shelf.store.path(item.id, path) if item and path else None
        if file is not None and file.is_file():
            found[path] = file.stat().st_size
    return found
