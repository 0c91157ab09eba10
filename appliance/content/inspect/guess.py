# SPDX-License-Identifier: GPL-3.0-or-later
"""The language of a text that does not say it: only the three that the box speaks, only if sure."""

import re

_SAMPLE = 50_000
_LEAST_LETTERS = 200
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_TAJIK = re.compile(r"[ӣҷӯӢҶӮ]")
_NOT_RUSSIAN = re.compile(r"[^а-яёА-ЯЁ]")
_ONLY_RUSSIAN = re.compile(r"[ыщ]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|that|with|for)\b", re.IGNORECASE)
_WORD = re.compile(r"\b[A-Za-z]+\b")
# Shares of all letters or words; in running text the signs are several times as frequent.
_TAJIK_SHARE = 0.008
_FOREIGN_SHARE = 0.002
_RUSSIAN_SHARE = 0.008
_ENGLISH_SHARE = 0.08


def guess_language(text: str) -> str:
    """``tg``, ``ru`` or ``en``, or empty if it may be any other."""
    sample = text[:_SAMPLE]
    cyrillic = "".join(_CYRILLIC.findall(sample))
    words = _WORD.findall(sample)
    if len(cyrillic) > sum(map(len, words)):
        return _guess_cyrillic(cyrillic)
    if len(words) * 4 > _LEAST_LETTERS:
        share = len(_ENGLISH.findall(sample)) / len(words)
        return "en" if share > _ENGLISH_SHARE else ""
    return ""


def _guess_cyrillic(letters: str) -> str:
    if len(letters) < _LEAST_LETTERS:
        return ""
    if len(_TAJIK.findall(letters)) > len(letters) * _TAJIK_SHARE:
        return "tg"
    foreign = len(_NOT_RUSSIAN.findall(letters)) > len(letters) * _FOREIGN_SHARE
    russian = len(_ONLY_RUSSIAN.findall(letters)) > len(letters) * _RUSSIAN_SHARE
    return "ru" if russian and not foreign else ""
