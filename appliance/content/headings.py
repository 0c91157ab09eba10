# SPDX-License-Identifier: GPL-3.0-or-later
"""What the columns of a catalogue sheet are called, by people who write one or another language."""

import re
from collections.abc import Mapping

TITLES = {
    "tg": ("title_tg", "ном (тоҷикӣ)", "ном бо тоҷикӣ", "название (таджикский)"),
    "ru": ("title_ru", "ном (русӣ)", "ном бо русӣ", "название (русский)"),
    "en": ("title_en", "ном (англисӣ)", "ном бо англисӣ", "название (английский)"),
}
"""Of the columns for a title in one language, by its code."""

# Folded; several languages, because the district writes Russian.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "file": (
        "file",
        "filename",
        "файл",
        "файли",
        "номи файл",
        "имя файла",
        "файл ё ҷузвдон",
        "файл или папка",
    ),
    "id": ("id", "идентификатор"),
    **{f"title_{code}": names for code, names in TITLES.items()},
    "title": ("title", "ном", "унвон", "сарлавҳа", "название", "заголовок"),
    "description": ("description", "тавсиф", "шарҳ", "описание"),
    "author": ("author", "authors", "муаллиф", "муаллифон", "автор", "авторы"),
    "language": ("language", "languages", "забон", "забонҳо", "язык", "языки"),
    "date": ("date", "year", "сана", "сол", "дата", "год"),
    "subject": ("subject", "фан", "предмет"),
    "grade": ("grade", "grades", "class", "синф", "синфҳо", "класс", "классы"),
    "audience": ("audience", "барои кӣ", "хонанда", "аудитория", "для кого"),
    "hours": ("hours", "соат", "соатҳо", "часы", "часов"),
    "pass_mark": ("pass mark", "pass_mark", "баҳои гузариш", "балли гузариш", "проходной балл"),
    "order": ("order", "тартиб", "порядок"),
    "certificate": ("certificate", "сертификат", "шаҳодатнома"),
    "required": ("required", "ҳатмӣ", "обязательно", "обязательный"),
    "test": ("test", "санҷиш", "тест"),
    "link": ("link", "пайванд", "ссылка"),
    "entry": ("entry", "мақола", "статья"),
    "collection": ("collection", "shelf", "маҷмӯа", "рафча", "коллекция", "полка"),
}
_COLUMNS = {heading: column for column, names in _HEADINGS.items() for heading in names}
_SEVERAL = re.compile(r"[/\n]")


def column_of(heading: str) -> str:
    """The column that a heading means, empty if none; ``Ном / Название / Title`` is one as well."""
    words = (heading, *_SEVERAL.split(heading))
    return next((_COLUMNS[folded(word)] for word in words if folded(word) in _COLUMNS), "")


def folded(cell: str) -> str:
    """Letters' case and spaces mean nothing."""
    return " ".join(cell.casefold().split())
