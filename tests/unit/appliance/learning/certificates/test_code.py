# SPDX-License-Identifier: GPL-3.0-or-later
"""The short code of a certificate."""

import itertools

import pytest

from appliance.learning.certificate_code import draw_code, is_code, read_code, spaced_code

_ALPHABET = "ACEHKMPTXY23456789"


def test_codes_are_typed_on_any_keyboard() -> None:
    code = draw_code()
    assert is_code(code)
    assert len(spaced_code(code)) == 14
    cyrillic = code.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))
    for typed in (code.lower(), spaced_code(code), f" {cyrillic.lower()} ", " ".join(code)):
        assert read_code(typed) == code


def test_each_slip_shows() -> None:
    code = draw_code()
    for place, letter in itertools.product(range(len(code)), _ALPHABET):
        if code[place] != letter:
            assert not is_code(code[:place] + letter + code[place + 1 :])
    for one, other in itertools.combinations(range(len(code)), 2):
        if code[one] != code[other]:
            letters = list(code)
            letters[one], letters[other] = letters[other], letters[one]
            assert not is_code("".join(letters))


@pytest.mark.parametrize("typed", ["", "A2", "A" * 12, "A2A2A2A2A2A2A2", "٣" * 12, "\0" * 90])
def test_what_is_none(typed: str) -> None:
    assert not is_code(read_code(typed))


def test_codes_differ() -> None:
    assert len({draw_code() for _ in range(500)}) == 500
