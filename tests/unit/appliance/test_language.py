# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes and names of languages."""

from datetime import datetime

import pytest

from appliance import language
from appliance.language import (
    language_name,
    language_of_filename,
    moment_in_words,
    normal_language,
    size_in_words,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tgk", "tg"),
        ("rus", "ru"),
        ("=en", "en"),
        ("en-US", "en"),
        ("ru_RU.UTF-8", "ru"),
        ("be-x-old", "be"),
        ("ger", "de"),
        ("deu", "de"),
        ("grc", "grc"),
        ("Тоҷикӣ", "tg"),
        ("точики", "tg"),
        ("забони тоҷикӣ", "tg"),
        ("русский язык", "ru"),
        ("English (US)", "en"),
        ("فارسی", "fa"),
        ("mul", ""),
        ("xx", ""),
        ("", ""),
        ("42", ""),
    ],
)
def test_a_language_has_one_code_however_it_is_written(written: str, code: str) -> None:
    assert normal_language(written) == code


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("tg", "tg", "Тоҷикӣ"),
        ("tgk", "ru", "Таджикский"),
        ("be", "en", "Belarusian"),
        ("grc", "tg", "Древнегреческий"),
        ("hbo", "tg", "hbo"),
    ],
)
def test_names_are_those_of_the_reader(code: str, reader: str, name: str) -> None:
    assert language_name(code, reader) == name


@pytest.mark.parametrize(
    ("filename", "code"),
    [
        ("film.tg.vtt", "tg"),
        ("a/film.tgk.srt", "tg"),
        ("film.en-US.vtt", "en"),
        ("film.русский.srt", "ru"),
        ("film.tg.forced.srt", "tg"),
        ("film_ru.srt", "ru"),
        ("film.vtt", ""),
        ("come-in.srt", ""),
        ("film.s01.srt", ""),
        ("tg.vtt", ""),
    ],
)
def test_a_file_name_tells_its_language(filename: str, code: str) -> None:
    assert language_of_filename(filename) == code


def test_sizes_are_in_the_units_that_drives_are_sold_in() -> None:
    assert size_in_words(1_250_000_000, "en") == "1.2 GB"
    assert size_in_words(56_789, "en") == "57 KB"
    assert size_in_words(7, "en") == "7 B"


def test_nothing_said_is_no_language_and_loads_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> dict[str, str]:
        raise AssertionError

    monkeypatch.setattr(language, "_codes_by_name", never)
    assert normal_language(" = ") == ""


@pytest.mark.parametrize(
    ("in_language", "words"),
    [
        ("tg", "3 ноябри 2026, 09:05"),
        ("ru", "3 нояб. 2026, 09:05"),
        ("en", "3 Nov 2026, 09:05"),
    ],
)
def test_a_moment_is_written_as_people_write_it(in_language: str, words: str) -> None:
    assert moment_in_words(datetime(2026, 11, 3, 9, 5), in_language) == words  # noqa: DTZ001 - of any zone
