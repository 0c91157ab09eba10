# SPDX-License-Identifier: GPL-3.0-or-later
"""Snippets, spellings and the text of a page."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kiwix.open_archive import visible_text
from kiwix.snippet import snippet
from kiwix.spelling import forms, tajik_spellings

CAT = re.compile("cat", re.IGNORECASE)


def test_the_stretch_with_most_different_words_is_shown():
    text = "one " * 20 + "alone " * 20 + "one two three " + "four " * 50
    pieces = snippet(text, re.compile("one|two|three"), 100)
    assert [piece for piece, match in pieces if match][-3:] == ["one", "two", "three"]
    assert pieces[0][0].startswith("…")
    assert pieces[-1][0].endswith("…")


def test_without_a_match_the_beginning_is_shown():
    assert snippet("a dog\n\n sat", CAT) == (("a dog sat", False),)
    assert snippet("", CAT) == ()


def test_a_short_text_is_shown_whole():
    assert snippet("The cat sat", CAT) == (("The ", False), ("cat", True), (" sat", False))


@given(st.text(alphabet="cat \n…<&é\u0306", max_size=300), st.integers(1, 80))
def test_what_is_marked_matches_and_no_more_is_shown_than_wanted(text, length):
    pieces = snippet(text, CAT, length)
    whole = "".join(piece for piece, _ in pieces)
    assert all(CAT.fullmatch(piece) for piece, match in pieces if match)
    assert len(whole) <= length + len("……")


def test_tajik_spellings_come_with_like_letters_changed_alike_first():
    spellings = list(tajik_spellings("хукук"))
    assert spellings[0] == "хукук"
    assert spellings.index("ҳуқуқ") < 4
    assert len(spellings) == len(set(spellings)) == 8
    assert next(tajik_spellings("кгхч" * 10)) == "кгхч" * 10
    assert list(tajik_spellings("sun")) == ["sun"]


def test_only_cyrillic_words_have_forms():
    assert "мактабҳои" in forms("мактаб")
    assert list(forms("school")) == []


def test_a_link_does_not_tear_the_word_that_it_is_in():
    html = "дар <a href='x'>пирях</a>ҳои (<b>барф</b>), <b><i>ях</i></b>.<br>Об<P>"
    assert visible_text(html).split() == ["дар", "пиряхҳои", "(барф),", "ях.", "Об"]
    assert visible_text("<li><a>Об</a><a>Барф</a>").split() == ["Об", "Барф"]
    assert visible_text("<article>a</article><base>b").split() == ["a", "b"]


def test_what_a_reader_does_not_see_is_no_text():
    html = "<head><title>no</title></head>A<SCRIPT>no</script >b&lt;<!-- no --><p class='no'>c"
    assert visible_text(html).split() == ["A", "b<", "c"]
    assert visible_text("<h1>Title</h1>A<footer>no</footer>b").split() == ["A", "b"]
    assert visible_text("A<script>never closed" + "<script>" * 10).split() == ["A"]
