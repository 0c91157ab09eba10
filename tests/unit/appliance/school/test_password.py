# SPDX-License-Identifier: GPL-3.0-or-later
"""Guessable passwords are refused with a reason; the others work in every composition."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.school.password import (
    WeakPasswordError,
    check_strength,
    hash_password,
    make_password,
    verify_password,
)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kz7 q!w", "short"),
        ("       7       ", "short"),
        ("x9" * 101, "long"),
        ("05121987", "number"),
        ("927771122", "number"),
        ("Мактаби №5", "name"),
        ("мактаби№5!", "name"),
        ("Зебо1990", "name"),
        ("Парвизхон1", "name"),
        ("password1", "obvious"),
        ("Администратор!", "obvious"),
        ("qwertyui", "obvious"),
        ("йцукенгш1", "obvious"),
        ("lkjhgfdsa", "obvious"),
        ("abababab", "obvious"),
        ("abcdefgh", "obvious"),
        ("123456789012", "obvious"),
    ],
)
def test_what_a_pupil_would_try_is_refused(password: str, reason: str) -> None:
    with pytest.raises(WeakPasswordError) as caught:
        check_strength(password, names=["Мактаби №5", "Зебо", "Парвизхон"])
    assert caught.value.weakness == reason


@pytest.mark.parametrize(
    "password",
    ["чойи сабз бо нон", "kfm4-rtx7-hpa2", "Гурба дар бом", "4815162342108", "Зе бо ҳо 77"],
)
def test_a_good_one_is_taken(password: str) -> None:
    check_strength(password, names=["Мактаби №5", "Парвиз", "Ли"])


def test_what_the_box_makes_up_is_always_good() -> None:
    made = {make_password() for _ in range(300)}
    assert len(made) == 300
    for password in made:
        check_strength(password)


def test_only_the_password_itself_fits_its_hash() -> None:
    kept = hash_password("Кӯҳи баланд")
    assert verify_password(kept, unicodedata.normalize("NFD", "Кӯҳи баланд"))
    assert not verify_password(kept, "Кухи баланд")
    assert not verify_password(kept, "")
    assert not verify_password("not a hash", "Кӯҳи баланд")
    assert kept != hash_password("Кӯҳи баланд")


@given(st.text())
def test_any_text_is_judged_without_an_accident(password: str) -> None:
    with suppress(WeakPasswordError):
        check_strength(password, names=[password[:5], "Мактаб"])
        assert 8 <= len(password) <= 800
