# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain text out of hostile words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.markup import Page, decode_page
from appliance.content.inspect.plain import authors, date, languages, plain

RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах, и мы это помним. "
TAJIK = (
    "Тамоми одамон озод ба дунё меоянд ва аз лиҳози манзилату ҳуқуқ бо ҳам баробаранд, ҷони ман. "
)
ENGLISH = (
    "All human beings are born free and equal in dignity and rights and that is for all of us. "
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>Алифбо</b>", "Алифбо"),
        ("<script>alert(1)</script>Китоб", "Китоб"),
        ("<img src=x onerror=alert(1)>", ""),
        ("Q&amp;A &lt;3", "Q&A <3"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("  many\n\n spaces\t", "many spaces"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeffКитоб", "Китоб"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("и\u0306", "й"),
    ],
)
def test_only_words_remain(written: str, read: str) -> None:
    assert plain(written, 100) == read


@given(st.text(), st.integers(1, 50))
def test_plain_text_is_plain(text: str, limit: int) -> None:
    found = plain(text, limit)
    assert len(found) <= limit
    hidden = {unicodedata.category(char) for char in found} & {"Cc", "Cs", "Co", "Cn"}
    assert not hidden
    assert "  " not in found
    assert found == found.strip()


@given(st.text(alphabet="<>/!-&;#abscript =\"'x", max_size=80))
@example('<a/;="')
def test_no_tag_survives_as_a_tag(text: str) -> None:
    assert "<script" not in plain(f"{text}<script>x</script>{text}", 500).lower() or "&" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06T10:00:00Z", "2024-05-06"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("20240506", "2024-05-06"),
        ("2024-13-45", "2024"),
        ("May 2024", ""),
    ],
)
def test_dates_are_as_exact_as_they_are_said(text: str, expected: str) -> None:
    assert date(text) == expected


def test_languages_and_authors_are_each_there_once() -> None:
    assert languages(["tgk,rus", "tg", "=en", "nonsense"]) == ("tg", "ru", "en")
    assert authors(["А. Лоҳутӣ", " А.  Лоҳутӣ ", ""]) == ("А. Лоҳутӣ",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TAJIK * 5, "tg"),
        (RUSSIAN * 5, "ru"),
        (ENGLISH * 5, "en"),
        ("Tous les êtres humains naissent libres et égaux en dignité et en droits. " * 9, ""),
        ("Усе людзі нараджаюцца свабоднымі і роўнымі ў сваёй годнасці і правах. " * 9, ""),
        ("Привет", ""),
        ("", ""),
    ],
)
def test_a_language_is_guessed_only_if_sure(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_a_page_tells_its_words_title_and_language() -> None:
    page = Page(
        "<!DOCTYPE html><html lang='tg'><head><title>Дарси &amp; аввал</title>"
        "<meta name=description content='Тавсиф'><style>p{}</style></head><body>"
        "<h1>Сарлавҳа</h1><p>як<b>ум</b></p><p>дуюм</p><script>var x = '<p>not me';</script>"
        "<svg><title>icon</title></svg></body>"
    )
    assert (page.title, page.language, page.description) == ("Дарси & аввал", "tg", "Тавсиф")
    assert page.heading == "Сарлавҳа"
    assert page.text.split() == ["Сарлавҳа", "якум", "дуюм"]


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset='windows-1251'>дарс".encode("cp1251"),
        "<?xml version='1.0' encoding='UTF-8'?><p>дарс</p>".encode(),
        "\ufeff<p>дарс</p>".encode("utf-16-le"),
        "<p>дарс</p>".encode("cp1251"),
        "<meta charset='no-such-thing'>дарс".encode(),
        "<meta charset='rot13'>дарс".encode(),
    ],
)
def test_a_page_is_decoded_by_what_it_says_or_is(page: bytes) -> None:
    assert "дарс" in decode_page(page)


@given(st.text())
def test_no_page_is_too_odd(text: str) -> None:
    assert isinstance(Page(text).title, str)
