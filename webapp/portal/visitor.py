# SPDX-License-Identifier: GPL-3.0-or-later
"""Who looks at the page: nobody that we know, only what a few cookies say, and those may lie."""

import re
from collections.abc import Mapping

import msgspec

from appliance.language import DEFAULT, UI_LANGUAGES

TEXT_SIZES = ("normal", "large", "largest")
THEMES = ("light", "dark", "contrast")
SPACINGS = ("normal", "wide")

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CONTENT_LANGUAGES_KEPT = 12


class Visitor(msgspec.Struct, frozen=True):
    """How this browser wants its pages.

    Attributes:
        language: of the interface; one of ``UI_LANGUAGES``.
        text: one of ``TEXT_SIZES``.
        theme: one of ``THEMES``.
        spacing: of letters, words and lines; one of ``SPACINGS``.
        content: languages of the content that shall be listed; empty means all.
    """

    language: str = DEFAULT
    text: str = TEXT_SIZES[0]
    theme: str = THEMES[0]
    spacing: str = SPACINGS[0]
    content: tuple[str, ...] = ()

    @property
    def is_easy(self) -> bool:
        """Whether everything is as it is easier to read."""
        return self.text != TEXT_SIZES[0] and self.spacing != SPACINGS[0]


def visitor(cookies: Mapping[str, str], default_language: str) -> Visitor:
    """The visitor that cookies describe; whatever they say amiss is left out."""
    return Visitor(
        language=_one_of(cookies.get("language", ""), UI_LANGUAGES, default_language),
        text=_one_of(cookies.get("text", ""), TEXT_SIZES, TEXT_SIZES[0]),
        theme=_one_of(cookies.get("theme", ""), THEMES, THEMES[0]),
        spacing=_one_of(cookies.get("spacing", ""), SPACINGS, SPACINGS[0]),
        content=content_languages(cookies.get("content", "").split(".")),
    )


def content_languages(codes: list[str]) -> tuple[str, ...]:
    """The language codes among some strings, each once."""
    known = dict.fromkeys(code for code in codes if _LANGUAGE.fullmatch(code))
    return tuple(known)[:_CONTENT_LANGUAGES_KEPT]


def _one_of(value: str, choices: tuple[str, ...], default: str) -> str:
    return value if value in choices else default
