# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever an address asks for, a page that exists is shown."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.admin.paging import Paging


@given(st.text() | st.integers().map(str), st.integers(0, 10_000), st.integers(1, 100))
def test_the_page_always_exists(asked: str, count: int, size: int) -> None:
    paging = Paging.of(asked, count, size, [])
    assert 1 <= paging.page <= paging.last
    assert paging.offset < max(count, 1)
    assert paging.last * size >= count


def test_the_address_keeps_the_filters() -> None:
    paging = Paging.of("2", 100, 10, [("q", "кимиё & Co"), ("kind", "pdf")])
    assert paging.page == 2
    assert paging.address(3) == "?q=%D0%BA%D0%B8%D0%BC%D0%B8%D1%91+%26+Co&kind=pdf&page=3"
