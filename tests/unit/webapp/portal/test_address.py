# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters and pages in addresses."""

import pytest
from werkzeug.datastructures import MultiDict

from appliance.content.catalog import Facets
from appliance.content.filters import Filters
from appliance.content.item import Audience, Kind
from webapp.portal import choice
from webapp.portal.answer import attachment
from webapp.portal.paging import Paging
from webapp.portal.read_media import Line, parse


def test_filters_are_read_and_written_back() -> None:
    asked = MultiDict(
        [
            ("kind", "pdf"),
            ("kind", "epub"),
            ("kind", "pdf"),
            ("kind", "exe"),
            ("language", "tg"),
            ("language", "<b>"),
            ("grade", "0"),
            ("audience", "parent"),
            ("collection", " Китобҳо & дигар "),
            ("subject", "a\nb"),
        ]
    )
    filters = choice.filters_of(asked)
    assert filters == Filters(
        kinds=(Kind.PDF, Kind.EPUB),
        languages=("tg",),
        grade=0,
        audience=Audience.PARENT,
        collection="Китобҳо & дигар",
    )
    assert choice.filters_of(MultiDict(choice.pairs(filters))) == filters


@pytest.mark.parametrize("grade", ["12", "-1", "1e1", "٣", "x", "", "9" * 5000])
def test_grades_that_are_none(grade: str) -> None:
    assert choice.filters_of(MultiDict({"grade": grade})).grade is None


def test_links_add_and_take_away() -> None:
    filters = Filters(kinds=(Kind.PDF,), subject="physics")
    facets = Facets(
        kinds={"pdf": 3, "epub": 2},
        languages={},
        subjects={"physics": 3, "art": 1},
        grades={7: 1},
        audiences={},
        collections={},
    )
    links = choice.links(filters, facets, [("q", "об")])
    pdf, epub = links["kind"]
    assert (pdf.chosen, pdf.address) == (True, "?q=%D0%BE%D0%B1&subject=physics")
    assert epub.address == "?q=%D0%BE%D0%B1&kind=pdf&subject=physics&kind=epub"
    assert links["subject"][1].address == "?q=%D0%BE%D0%B1&kind=pdf&subject=art"
    assert [link.value for link in choice.chosen(filters)] == ["pdf", "physics"]


@pytest.mark.parametrize(
    ("asked", "page", "missed"),
    [("", 1, False), ("2", 2, False), ("9", 3, True), ("0", 1, False), ("²", 1, False)],
)
def test_pages_of_a_list(asked: str, page: int, missed: bool) -> None:
    paging = Paging.of(asked, 50, 24, [("kind", "pdf")])
    assert (paging.page, paging.last, paging.missed) == (page, 3, missed)
    assert paging.before == ("" if page == 1 else "?kind=pdf" + (f"&page={page - 1}" * (page > 2)))


@pytest.mark.parametrize(
    "name", ["Ҳикоя.pdf", 'a"b\\c/d\r\nSet-Cookie: x', "...", "", "x" * 500, "💧%41;.pdf"]
)
def test_names_of_downloads_stay_in_their_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_captions_of_many_makers() -> None:
    file = (
        "\ufeffWEBVTT - x\r\n\r\nNOTE 00:00\r\n\r\n00:01.500 --> 00:02.000\r\n<i>Як</i>\r\nду\r\n"
        "\r\n2\r\n10:00:00.000 --> 10:00:01.000 line:0\r\n&lt;b&gt;\r\n\r\n00:99 --> x\r\nno\r\n"
    )
    assert parse(file) == [Line(1.5, "Як ду"), Line(36000.0, "<b>")]
