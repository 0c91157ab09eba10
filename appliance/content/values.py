# SPDX-License-Identifier: GPL-3.0-or-later
"""What people write in the columns of a sheet, or in the first lines of a page, understood."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

import msgspec

from appliance.content.headings import TITLES, folded
from appliance.content.item import Audience, Metadata
from appliance.content.subject import SUBJECTS
from appliance.language import UI_LANGUAGES, normal_language, translations

_AUDIENCES = {
    Audience.PRE_PRIMARY: ("pre-primary", "preprimary", "томактабӣ", "дошкольники"),
    Audience.PUPIL: ("pupil", "pupils", "student", "хонанда", "хонандагон", "ученик", "ученики"),
    Audience.TEACHER: ("teacher", "teachers", "омӯзгор", "омӯзгорон", "учитель", "учителя"),
    Audience.PARENT: ("parent", "parents", "волидайн", "падару модар", "родитель", "родители"),
}
_AUDIENCE_BY_NAME = {name: key for key, names in _AUDIENCES.items() for name in names}
_SEVERAL = re.compile(r"[;,\n]+")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LAST_GRADE = 11


class Complain(Protocol):
    """Told what cannot be understood: a code of ``appliance.reasons``, and its details."""

    def __call__(self, code: str, **details: str | int) -> None: ...  # noqa: D102 - told above


def understood(values: Mapping[str, str], complain: Complain) -> tuple[Metadata, dict[str, str]]:
    """The metadata that values mean, and the titles by language where there are several.

    Args:
        values: by the names of ``headings.column_of``.
        complain: told each value that means nothing; the others count.
    """

    def several(column: str, understand: Callable[[str], list[str]]) -> tuple[str, ...]:
        found = []
        for word in _SEVERAL.split(values.get(column, "")):
            if word.strip():
                meant = understand(word.strip())
                if not meant:
                    complain("sheet-row-value", value=word.strip(), column=column)
                found.extend(meant)
        return tuple(dict.fromkeys(found))

    metadata = Metadata(
        title=values.get("title", ""),
        description=values.get("description", ""),
        authors=several("author", lambda word: [word]),
        languages=several("language", _language),
        date=next(iter(several("date", _date)), ""),
        subject=_subject(values.get("subject", "")),
        grades=tuple(sorted(int(grade) for grade in several("grade", _grades))),
        audiences=tuple(Audience(name) for name in several("audience", _audience)),
        collection=values.get("collection", ""),
    )
    titles = titles_of(values)
    if titles:
        metadata = msgspec.structs.replace(metadata, title=_main(titles, metadata))
    return metadata, titles


def titles_of(values: Mapping[str, str]) -> dict[str, str]:
    """The titles by language, of values by the names of ``headings.column_of``."""
    found = {code: values.get(f"title_{code}", "") for code in TITLES}
    return {code: title for code, title in found.items() if title}


def _main(titles: Mapping[str, str], metadata: Metadata) -> str:
    """The title in the language of the thing itself, else in the first that there is."""
    return next(titles[code] for code in (*metadata.languages, *TITLES) if code in titles)


def _language(word: str) -> list[str]:
    return list(filter(None, [normal_language(word)]))


def _date(word: str) -> list[str]:
    return [word] if _DATE.fullmatch(word) else []


def _grades(word: str) -> list[str]:
    """``5`` or ``1-4``, as the grades' numbers."""
    ends = re.fullmatch(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?", word)
    if not ends:
        return []
    first, last = int(ends[1]), int(ends[2] or ends[1])
    return [str(grade) for grade in range(first, last + 1)] if last <= _LAST_GRADE else []


def _audience(word: str) -> list[str]:
    found = _AUDIENCE_BY_NAME.get(folded(word))
    return [found] if found else []


def _subject(word: str) -> str:
    """The key of a subject that the sheet names by its key or in a language of ours; else as is."""
    return _subject_keys().get(folded(word), word)


@cache
def _subject_keys() -> dict[str, str]:
    return {
        folded(name): key
        for key, english in SUBJECTS.items()
        for name in (key, *(translations(language).gettext(english) for language in UI_LANGUAGES))
    }
