# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages: those that the box speaks, and the names and codes of those that content is in."""

import gettext
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal, get_decimal_symbol

UI_LANGUAGES = ("tg", "ru", "en")
DEFAULT = "tg"
OWN_NAMES = {"tg": "Тоҷикӣ", "ru": "Русский", "en": "English"}

_TRANSLATIONS = Path(__file__).parent / "translations"
_NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx", "root"})
# Where CLDR has no name in the first language, a reader of it is likeliest to know the next one.
_NAME_FALLBACKS = {"tg": ("tg", "ru", "en"), "ru": ("ru", "en"), "en": ("en",)}
_FOLDED_LETTERS = str.maketrans("ӣӯқғҳҷё", "иукгхче")
_WORDS_AROUND_NAMES = re.compile(
    r"\b(?:language|язык|яз|забони|забон)\b|\(.*?\)|[.,]", re.IGNORECASE
)
_CODE = re.compile(r"[A-Za-z]{2,3}")


def N_(message: str) -> str:
    """Mark a message for extraction where it is not translated yet."""
    return message


_SIZES = (
    (1_000_000_000, N_("%(number)s GB")),
    (1_000_000, N_("%(number)s MB")),
    (1_000, N_("%(number)s KB")),
)
_WHOLE_FROM = 10


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The messages of the domain ``appliance``; English, which needs none, gives them unchanged."""
    return gettext.translation("appliance", _TRANSLATIONS, languages=[language], fallback=True)


def normal_language(code: str) -> str:
    """The ISO 639-1 code of a language where there is one, else ISO 639-3; empty if it is none.

    Takes what files and people write: ``tgk``, ``=en``, ``en-US``, ``be-x-old``, ``ger`` and
    names in Tajik, Russian, English or the language itself (``точики``, ``Русский язык``).
    """
    text = code.strip().lstrip("=").strip()
    if not text:
        return ""  # without loading the names of all languages, which take time and memory
    first = re.split(r"[-_@.]", text, maxsplit=1)[0]
    if _CODE.fullmatch(first):
        return _normal_code(first.lower())
    return _codes_by_name().get(_folded_name(text), "")


def language_name(code: str, in_language: str) -> str:
    """The name of a language for people, with a capital letter; the code itself if nobody knows."""
    wanted = normal_language(code)
    for language in _NAME_FALLBACKS.get(in_language, ("en",)):
        name = _locale(language).languages.get(wanted)
        if name:
            return str(name[:1].upper() + name[1:])
    return code


def language_of_filename(name: str) -> str:
    """The language that a file name tells, as in ``film.tg.vtt``, or empty.

    After a dot any known code or name counts; after ``_`` or ``-`` only the codes of the box's own
    languages do, because short words end file names too.
    """
    stem = name.rsplit("/", 1)[-1].rpartition(".")[0]
    for part in reversed(stem.split(".")[1:][-2:]):
        found = normal_language(part)
        if found in _locale("en").languages:
            return found
    last = re.split(r"[_\-. ]", stem)[1:][-1:]
    found = normal_language(last[0]) if last else ""
    return found if found in UI_LANGUAGES else ""


def size_in_words(size: int, language: str) -> str:
    """A number of bytes as people say it: ``1,2 ГБ``; decimal units, as drives are sold."""
    text = translations(language).gettext
    for unit, message in _SIZES:
        if size >= unit:
            number = size / unit
            digits = "#,##0.#" if number < _WHOLE_FROM else "#,##0"
            return text(message) % {"number": format_decimal(number, digits, _locale(language))}
    return text(N_("%(number)s B")) % {"number": size}


def decimal_mark(language: str) -> str:
    """What stands before the tenths: a point in English, else a comma."""
    return str(get_decimal_symbol(_locale(language)))


def points_in_words(points: float, language: str) -> str:
    """Points, or hours, of which some are not whole: ``7``, ``6,5``, in English ``6.5``."""
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", decimal_mark(language))


def day_in_words(day: date, language: str) -> str:
    """A day as people write it, the month as a word: ``22 ноябри 2026``, ``22 Nov 2026``."""
    if language == "tg":
        # CLDR has the months with a capital letter and not bound to what follows.
        return f"{day.day} {get_month_names('wide', locale='tg')[day.month].lower()}и {day.year}"
    return str(format_date(day, "d MMM y", locale=_locale(language)))


def moment_in_words(moment: datetime, language: str) -> str:
    """A day and the time of it: ``22 ноябри 2026, 19:06``, by whatever zone the moment has."""
    return f"{day_in_words(moment, language)}, {moment:%H:%M}"


def _normal_code(code: str) -> str:
    # CLDR's aliases hold ISO 639-2 and 639-3 codes of every language that has an ISO 639-1 code.
    aliased = str(get_global("language_aliases").get(code, code)).split("_")[0]
    if aliased in _NO_LANGUAGE:
        return ""
    if len(aliased) < len("tgk") and aliased not in _locale("en").languages:
        return ""
    return aliased


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@cache
def _codes_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in reversed(UI_LANGUAGES):
        for code, name in _locale(language).languages.items():
            if _CODE.fullmatch(code):
                names[_folded_name(name)] = _normal_code(code)
    for code in ("tg", "ru", "en", "fa", "uz", "ky", "kk", "ar", "de", "fr", "zh", "tr"):
        names.setdefault(_folded_name(_locale(code).get_language_name(code) or code), code)
    return names


def _folded_name(name: str) -> str:
    words = _WORDS_AROUND_NAMES.sub(" ", name).casefold().translate(_FOLDED_LETTERS)
    return " ".join(words.split())
