# SPDX-License-Identifier: GPL-3.0-or-later
"""A course, its lessons and a pupil's own page, without script."""

import msgspec
import pytest
from flask.testing import FlaskClient

from appliance.content.course.course import CourseLesson, Order, Unit
from appliance.content.item import Details, Item, Kind
from appliance.learning.progress import Progress, write_progress
from appliance.learning.state import LearningState
from tests.functional.portal.lessons import Pupil, course_of, put_book, put_course, put_quiz
from tests.functional.portal.shelf import Shelf
from tests.unit.appliance.learning.records.school import quiz_of
from webapp.portal.learning import Learning


@pytest.fixture
def book(shelf: Shelf) -> Item:
    return put_book(shelf)


@pytest.fixture
def film(shelf: Shelf) -> Item:
    return shelf.put("Филм", Kind.VIDEO, files={"files/a.mp4": b"x"}, details=Details(seconds=100))


@pytest.fixture
def quiz(shelf: Shelf) -> Item:
    return put_quiz(shelf, quiz_of(1, shuffle_options=False))


def progress_of(learning: Learning, person_id: str, item: Item) -> Progress:
    return learning.record.progress(person_id, [item.id])[item.id]


def test_a_pupil_goes_through_a_course(
    pupil: Pupil, shelf: Shelf, learning: Learning, book: Item, film: Item, quiz: Item
) -> None:
    course = put_course(shelf, course_of(book, film, quiz))
    who = pupil.join()
    pupil.open(f"/item/{course.id}/read")
    assert pupil.address == f"/course/{course.id}"
    assert "0 of 3 done" in pupil.words()
    assert "Begin: Китоби об" in pupil.words()
    pupil.open(pupil.links()["Begin: Китоби об"])
    assert pupil.address == f"/course/{course.id}/l1"
    for page in "234":
        pupil.open(f"{pupil.address.partition('?')[0]}?at={page}")
    assert progress_of(learning, who.id, book).is_completed
    pupil.open(pupil.links()["Next lesson"])
    assert pupil.address == f"/course/{course.id}/l2"
    pupil.send(f"/course/{course.id}/l2/done")
    assert progress_of(learning, who.id, film).is_completed
    assert pupil.address == f"/quiz/{quiz.id}?in={course.id}.l3"
    pupil.send(f"/quiz/{quiz.id}/start?in={course.id}.l3")
    pupil.send(f"/quiz/{quiz.id}/1?in={course.id}.l3", a="a")
    pupil.open(pupil.links()["To the result"])
    pupil.open(pupil.links()["Next lesson"])
    assert pupil.address == f"/course/{course.id}"
    assert "You have finished this course." in pupil.words()
    [now] = learning.courses.of_person(who.id)
    assert now.passed


def test_what_is_asked_of_who_takes_a_course_stands_on_its_page(
    pupil: Pupil, shelf: Shelf, book: Item
) -> None:
    course = put_course(shelf, course_of(book, hours=3.5, pass_mark=0.7))
    assert "Hours: 3.5. 70 % of the points are enough." in _read(pupil, f"/course/{course.id}")
    without = put_course(shelf, course_of(book), "Дигар")
    assert "Hours" not in _read(pupil, f"/course/{without.id}")


def _read(pupil: Pupil, address: str) -> str:
    pupil.open(address)
    return pupil.words()


def test_locked_lessons_say_why(pupil: Pupil, shelf: Shelf, book: Item, film: Item) -> None:
    course = put_course(shelf, course_of(book, film, order=Order.UNLOCK))
    pupil.open(f"/course/{course.id}")
    assert "as a guest" in pupil.words()
    assert f"/course/{course.id}/l2" in pupil.page
    pupil.join()
    pupil.open(f"/course/{course.id}")
    assert "Opens when “Китоби об” is done." in pupil.words()
    assert f"/course/{course.id}/l2" not in pupil.page
    pupil.open(f"/course/{course.id}/l2")
    assert pupil.status == 403
    assert "Opens when “Китоби об” is done." in pupil.words()
    assert pupil.client.post(f"/course/{course.id}/l2/done").status_code == 403
    pupil.open(f"/course/{course.id}/l1")
    pupil.send(f"/course/{course.id}/l1/done")
    assert pupil.address == f"/course/{course.id}/l2"
    assert pupil.status == 200


def test_a_guest_goes_through_and_nothing_is_kept(
    pupil: Pupil, shelf: Shelf, book: Item, film: Item
) -> None:
    course = put_course(shelf, course_of(book, film))
    pupil.open(f"/course/{course.id}/l1?at=3")
    assert "I have done this" not in pupil.words()
    pupil.open(pupil.links()["Next lesson"])
    assert pupil.address == f"/course/{course.id}/l2"
    school = pupil.library().school
    for table in ("progress", "course_progress", "course", "outbox"):
        assert school.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_what_is_missing_says_so(pupil: Pupil, shelf: Shelf, book: Item) -> None:
    made = course_of(book)
    gone = CourseLesson("x", "Гумшуда", name="x.h5p", missing="h5p-libraries")
    never = CourseLesson("y", "Дигар", item="a" * 16)
    units = (*made.units[:1], Unit((gone, never)))
    course = put_course(shelf, msgspec.structs.replace(made, units=units))
    pupil.join()
    pupil.open(f"/course/{course.id}")
    assert pupil.words().count("This lesson is missing on this box.") == 2
    assert "What it needs: “x.h5p”." in pupil.words()
    for lesson in ("x", "y", "z"):
        pupil.open(f"/course/{course.id}/{lesson}")
        assert pupil.status == 404


@pytest.mark.parametrize("order", Order)
def test_what_is_missing_is_not_offered_and_bars_no_way(
    pupil: Pupil, shelf: Shelf, book: Item, order: Order
) -> None:
    made = course_of(book, order=order)
    never = CourseLesson("y", "Дигар", item="a" * 16)
    course = put_course(shelf, msgspec.structs.replace(made, units=(Unit((never,)), *made.units)))
    for join in (lambda: None, pupil.join):
        join()
        pupil.open(f"/course/{course.id}")
        assert "Begin: Китоби об" in pupil.words()
        assert "Begin: Дигар" not in pupil.words()
        pupil.open(f"/course/{course.id}/l1")
        assert pupil.status == 200
        pupil.open(f"/course/{course.id}")
    assert "0 of 2 done" in pupil.words()


def test_a_lesson_that_waited_for_what_it_leads_to_is_found_when_that_comes(
    pupil: Pupil, shelf: Shelf, book: Item, learning: Learning
) -> None:
    made = course_of(book)
    link = CourseLesson(
        "y", "Дарё", link="daryo.pdf", name="02 Дарё.link", missing="link-target-missing"
    )
    course = put_course(shelf, msgspec.structs.replace(made, units=(Unit((*made.lessons, link)),)))
    who = pupil.join()
    pupil.open(f"/course/{course.id}")
    assert "0 of 1 done" in pupil.words()
    assert "This lesson is missing on this box. What it needs: “daryo.pdf”." in pupil.words()
    river = shelf.put("Дарё", Kind.PDF, source="стик/daryo.pdf", details=Details(pages=1))
    pupil.open(f"/course/{course.id}")
    assert "missing" not in pupil.words()
    assert "0 of 2 done" in pupil.words()
    assert learning.courses.of_people([who.id], course.id)[who.id].required == 2
    pupil.open(f"/course/{course.id}/y")
    pupil.send(f"/course/{course.id}/y/done")
    assert progress_of(learning, who.id, river).is_completed
    assert learning.courses.of_people([who.id], course.id)[who.id].done == 1


def test_a_lesson_begins_where_the_course_says(pupil: Pupil, shelf: Shelf, book: Item) -> None:
    made = course_of(book)
    lesson = msgspec.structs.replace(next(made.lessons), at="3")
    course = put_course(shelf, msgspec.structs.replace(made, units=(Unit((lesson,)),)))
    pupil.open(f"/course/{course.id}/l1")
    assert 'name="at" inputmode="numeric" pattern="[0-9]*" value="3"' in pupil.page


def test_the_place_is_found_again_on_another_device(
    pupil: Pupil, shelf: Shelf, book: Item, client: FlaskClient
) -> None:
    who = pupil.join()
    pupil.open(f"/item/{book.id}/read?at=3")
    tablet = Pupil(client.application.test_client())
    tablet.sign_in(who)
    tablet.open(f"/item/{book.id}/read")
    assert 'pattern="[0-9]*" value="3"' in tablet.page


def test_the_script_tells_how_far_a_film_was_seen(
    pupil: Pupil, learning: Learning, film: Item
) -> None:
    address = f"/item/{film.id}/seen"
    assert pupil.client.post(address, data={"at": "50"}).status_code == 204
    who = pupil.join()
    assert pupil.client.post(address, data={"at": "50"}).status_code == 403
    pupil.open(f"/item/{film.id}/read")
    token = pupil.page.partition('name="csrf" content="')[2][:64]
    for at, seconds in (("50", "20"), ("10", "9999"), ("\n<x>", "-5"), ("1e999", "nan")):
        sent = {"csrf": token, "at": at, "seconds": seconds}
        assert pupil.client.post(address, data=sent).status_code == 204
    now = progress_of(learning, who.id, film)
    assert (now.share, now.seconds) == (0.5, 140)
    pupil.client.post(address, data={"csrf": token, "at": "96"})
    assert progress_of(learning, who.id, film).is_completed


def test_what_the_cookie_knows_is_taken_over_if_the_pupil_opened_it(
    pupil: Pupil, learning: Learning, film: Item, book: Item
) -> None:
    who = pupil.join()
    name = pupil.open(f"/item/{book.id}/read").partition('name="places" content="')[2][:19]
    pupil.client.set_cookie(name, f"{film.id}:80")
    pupil.open(f"/item/{film.id}/read?at=0")
    assert progress_of(learning, who.id, film).share == 0
    pupil.client.set_cookie(name, f"{film.id}:80")
    pupil.open(f"/item/{film.id}/read?at=0")
    assert progress_of(learning, who.id, film).share == pytest.approx(0.8)


def test_my_page(pupil: Pupil, shelf: Shelf, book: Item, film: Item, quiz: Item) -> None:
    assert pupil.client.get("/my").headers["Location"] == "/join"
    course = put_course(shelf, course_of(book, film))
    who = pupil.join()
    pupil.open("/my")
    assert "Hello, Нигора!" in pupil.words()
    assert "Nothing was given to your class yet." in pupil.words()
    pupil.library().classes.give(who.class_id, [course.id, quiz.id, "a" * 16])
    pupil.open("/my")
    assert pupil.words().index("Given to your class") < pupil.words().index("Санҷиши об")
    assert pupil.words().count("New") == 2
    pupil.open(f"/course/{course.id}/l1")
    pupil.send(f"/course/{course.id}/l1/done")
    pupil.open("/my")
    assert "1 of 2 done" in pupil.words()
    assert "Go on here" in pupil.words()
    assert f"/course/{course.id}" in pupil.page


def test_pages_are_light(pupil: Pupil, shelf: Shelf, book: Item) -> None:
    lessons = tuple(CourseLesson(f"l{number}", "Дарси дароз " * 4, book.id) for number in range(60))
    made = msgspec.structs.replace(course_of(book), units=(Unit(lessons),))
    course = put_course(shelf, made)
    pupil.join()
    assert len(pupil.open(f"/course/{course.id}").encode()) < 60_000


def test_that_a_lesson_is_done_counts_though_its_course_was_replaced_meanwhile(
    pupil: Pupil, shelf: Shelf, learning: Learning, book: Item, film: Item
) -> None:
    old = put_course(shelf, course_of(book, film), "Об")
    who = pupil.join()
    pupil.open(f"/course/{old.id}/l1")
    new = put_course(shelf, course_of(book, film), "Оби нав", former=(old.id,))
    shelf.real.remove(old.id)
    sent = {"csrf": pupil.token()}
    led = pupil.client.post(f"/course/{old.id}/l1/done", data=sent)
    # A browser sends the form again, to there.
    assert (led.status_code, led.location) == (307, f"/course/{new.id}/l1/done")
    done = pupil.client.post(led.location, data=sent)
    assert done.location == f"/course/{new.id}/l2"
    assert progress_of(learning, who.id, book).is_completed


def test_how_far_a_film_was_seen_counts_for_its_new_edition(
    pupil: Pupil, shelf: Shelf, learning: Learning, film: Item
) -> None:
    who = pupil.join()
    pupil.open(f"/item/{film.id}/read")
    token = pupil.page.partition('name="csrf" content="')[2][:64]
    files = {"files/a.mp4": b"y"}
    new = shelf.put(
        "Филми нав", Kind.VIDEO, files=files, details=Details(seconds=100), former=(film.id,)
    )
    shelf.real.remove(film.id)
    sent = {"csrf": token, "at": "50"}
    led = pupil.client.post(f"/item/{film.id}/seen", data=sent)
    assert (led.status_code, led.location) == (307, f"/item/{new.id}/seen")
    pupil.client.post(led.location, data=sent)
    assert progress_of(learning, who.id, new).share == 0.5


def test_courses_that_lead_to_each_other_can_both_be_finished(
    pupil: Pupil, shelf: Shelf, learning: Learning, book: Item
) -> None:
    first_id, second_id = (shelf.id_of(title, Kind.COURSE) for title in ("Якум", "Дуюм"))
    for title, other in (("Якум", second_id), ("Дуюм", first_id)):
        lessons = (CourseLesson("l1", "Китоб", book.id), CourseLesson("l2", "Дигар", other))
        course = course_of(book, order=Order.UNLOCK)
        put_course(
            shelf, msgspec.structs.replace(course, id=other[:8], units=(Unit(lessons),)), title
        )
    who = pupil.join()
    pupil.open(f"/course/{first_id}/l1")
    pupil.send(f"/course/{first_id}/l1/done")
    assert (pupil.status, pupil.address) == (200, f"/course/{second_id}")
    pupil.open(f"/course/{second_id}/l2")
    assert (pupil.status, pupil.address) == (200, f"/course/{first_id}")
    assert {each.item_id: each.passed for each in learning.courses.of_person(who.id)} == {
        first_id: True,
        second_id: True,
    }


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("tg", "Дар хона иҷро шуд. Барои сертификат онро дар мактаб ҳам иҷро кунед."),
        ("ru", "Сделано дома. Для сертификата сделайте это и в школе."),
        ("en", "Done at home. For the certificate, do it at school too."),
    ],
)
def test_a_course_with_a_certificate_says_why_a_quiz_passed_at_home_is_open(
    pupil: Pupil, shelf: Shelf, book: Item, quiz: Item, language: str, why: str
) -> None:
    course = put_course(shelf, course_of(book, quiz, certificate=True))
    who = pupil.join()
    at_home = Progress(LearningState.COMPLETED, 1.0, best=1.0, passed=True, tries=1)
    with pupil.library().school.transaction() as connection:
        write_progress(connection, who.id, quiz.id, at_home)
    pupil.client.set_cookie("language", language)
    pupil.open(f"/course/{course.id}")
    assert pupil.words().count(why) == 1
    with pupil.library().school.transaction() as connection:
        school = msgspec.structs.replace(at_home, school_best=1.0, school_completed=True)
        write_progress(connection, who.id, quiz.id, school)
    pupil.open(f"/course/{course.id}")
    assert why not in pupil.words()
