# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page."""

from flask.testing import FlaskClient

from appliance.content.item import Audience, Details, Kind
from tests.functional.portal.shelf import Shelf


def test_an_empty_shelf_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<html lang="tg"' in page
    assert "https://admin.localhost:8443/" in page


def test_new_items_appear_at_once(client: FlaskClient, shelf: Shelf) -> None:
    client.get("/")
    shelf.put("Алифбо", audiences=(Audience.PRE_PRIMARY,), collection="Хонданро меомӯзем")
    page = client.get("/").text
    assert "Алифбо" in page
    assert "/browse?audience=pre-primary" in page
    assert "Хонданро меомӯзем" in page


def test_what_is_new_is_not_the_dozens_of_lessons_of_a_course(
    client: FlaskClient, shelf: Shelf
) -> None:
    shelf.put("Дарси аввал", Kind.PAGE)
    assert "Дарси аввал" in client.get("/").text
    shelf.put("Роҳи об", Kind.COURSE)
    for number in range(9):
        shelf.put(f"Санҷиши {number}", Kind.QUIZ)
    page = client.get("/").text
    assert "Роҳи об" in page
    assert "Дарси аввал" not in page
    assert "Санҷиши" not in page
    assert "Санҷиши 3" in client.get("/browse").text


def test_a_book_does_not_drown_among_the_parts_of_a_later_course(
    client: FlaskClient, shelf: Shelf
) -> None:
    shelf.put("Китоби кӯҳна")
    for number in range(30):
        shelf.put(f"Саҳифаи {number}", Kind.PAGE)
    page = client.get("/browse").text
    assert page.index("Китоби кӯҳна") < page.index("Саҳифаи 29")
    assert "Китоби кӯҳна" not in client.get("/browse?kind=page").text
    home = client.get("/").text
    assert home.index("/browse?kind=pdf") < home.index("/browse?kind=page")


def test_one_thing_is_called_by_the_name_of_one(client: FlaskClient, shelf: Shelf) -> None:
    item = shelf.put("Донишнома", Kind.ZIM, details=Details(entry="index"))
    client.set_cookie("language", "en")
    assert "</svg> Encyclopedia" in client.get("/browse").text.replace("Encyclopedias", "")
    assert ">Encyclopedia<" in client.get(f"/item/{item.id}").text
    assert ">Encyclopedias<" in client.get("/").text


def test_the_first_page_of_an_archive_has_no_technical_name(
    client: FlaskClient, shelf: Shelf
) -> None:
    item = shelf.put("Донишнома", Kind.ZIM, details=Details(entry="index"))
    assert '<small id="where"></small>' in client.get(f"/item/{item.id}/read").text
    there = client.get(f"/item/{item.id}/read?at=A/Об_ва_ях.html").text
    assert '<small id="where">Об ва ях</small>' in there


def test_hidden_items_are_nowhere(client: FlaskClient, shelf: Shelf) -> None:
    item = shelf.put("Пинҳон", hidden=True)
    assert "Пинҳон" not in client.get("/").text
    assert "Пинҳон" not in client.get("/browse").text
    assert client.get(f"/item/{item.id}").status_code == 404
    assert client.get(f"/item/{item.id}/download").status_code == 404


def test_markup_in_metadata_is_text(client: FlaskClient, shelf: Shelf) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    item = shelf.put(
        evil,
        authors=(evil,),
        description=evil,
        subject=evil,
        collection=evil,
        date=evil,
        languages=('"><b>',),
    )
    for address in ("/", "/browse", f"/item/{item.id}", f"/browse?collection={evil}"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert '"><b>' not in page


def test_reading_goes_on_from_the_cookie(client: FlaskClient, shelf: Shelf) -> None:
    book = shelf.put("Китоби калон", Kind.PDF)
    gone = "a" * 16
    client.set_cookie("places", f"{gone}:3|{book.id}:12|evil:1|{book.id}:99")
    page = client.get("/").text
    assert page.index("Китоби калон") < page.index("/browse?kind=pdf")
    assert f'href="/item/{book.id}/read"' in page
    assert gone not in page


def test_only_content_in_chosen_languages(client: FlaskClient, shelf: Shelf) -> None:
    shelf.put("Русская книга", languages=("ru",))
    shelf.put("Китоби тоҷикӣ", languages=("tg",))
    answer = client.post(
        "/settings", data={"content_form": "1", "content": ["tg", "<b>"], "next": "/"}
    )
    assert answer.status_code == 303
    page = client.get("/").text
    assert "Китоби тоҷикӣ" in page
    assert "Русская книга" not in page
    assert "Русская книга" in client.get("/browse?language=ru").text
    assert "Русская книга" not in client.get("/browse").text
