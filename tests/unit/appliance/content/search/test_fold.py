# SPDX-License-Identifier: GPL-3.0-or-later
"""Folding, stems, Latin spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.content.search.fold import fold, words
from appliance.content.search.latin import cyrillic
from appliance.content.search.stem import stems
from appliance.content.search.terms import plain, terms


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ҳуқуқ", "хукук"),
        ("ТОҶИКӢ", "точики"),
        ("ғӯр", "гур"),
        ("Ёлка", "елка"),
        ("мой", "мои"),
        ("и\u0306 и\u0304", "и и"),
        ("объект", "обект"),
        ("маъно", "мано"),
        ("ma’no", "mano"),
        ("Straße", "strasse"),
        ("école", "ecole"),
        ("шко\u00adла", "школа"),
        ("ﬁle", "file"),
    ],
)
def test_spellings_that_people_take_for_the_same_fold_to_the_same(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_plain_word_holds_nothing_but_letters_and_digits(text):
    assert all(letter.isalnum() for letter in plain(text))


def test_words_are_found_where_they_stand():
    text = "«Ҳуқуқи инсон» — don't, шко\u00adла!"
    found = [(match[0], match.start()) for match in words(text)]
    assert found == [("Ҳуқуқи", 1), ("инсон", 8), ("don't", 17), ("шко\u00adла", 24)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("школьник", "школьников"), ("студентами", "студенты"), ("тоҷикӣ", "тоҷикон")],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert (stems(one) | {fold(one)}) & (stems(other) | {fold(other)})


def test_tajik_endings_go_where_the_word_may_be_tajik():
    assert "мактаб" in stems("мактабро", tajik=True)
    assert "мактаб" not in stems("мактабро")


def test_english_is_stemmed():
    assert stems("studies") == stems("study")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huquq", "хукук"),
        ("tojiki", "точики"),
        ("maktab", "мактаб"),
        ("kitob", "китоб"),
        ("zabon", "забон"),
        ("khujand", "хучанд"),
        ("yakshanbe", "якшанбе"),
        ("mashq", "машк"),
    ],
)
def test_latin_typing_is_understood(typed, meant):
    assert meant in cyrillic(typed)


def test_only_latin_words_are_transliterated():
    assert cyrillic("китоб") == ()
    assert cyrillic("x1") == ()
    assert len(cyrillic("c" * 40)) <= 8


def test_terms_hold_words_and_marked_stems():
    assert terms("Школьников, мир!", tajik=False) == "школников \ue000школник мир"
