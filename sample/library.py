# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample library as a whole: which files it has and who makes them."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sample.album import ANIMALS, SHAPES, write_album
from sample.course import write_courses
from sample.cover import draw_cover
from sample.dictionary import write_dictionary
from sample.drawing.gallery import encoded
from sample.encyclopedia import write_encyclopedia
from sample.epub import write_epub
from sample.exercises import write_exercises
from sample.film.scene import frame
from sample.leaflet import write_leaflet
from sample.lessons import write_trainer
from sample.text import read_book

HERE = Path(__file__).parent
SHEET = "catalog.csv"
COURSES = "Курсҳо"
LICENCE_FILE = "LICENSE"


def _epub(name: str, file: Path) -> None:
    write_epub(read_book(name), file)


def _zim(name: str, file: Path) -> None:
    write_encyclopedia(read_book(name), file)


def _leaflet(name: str, file: Path) -> None:
    write_leaflet(read_book(name), file)


def _film(name: str, file: Path) -> None:
    """Films and music are made once, by ``python -m sample.film``, and kept in the tree."""
    shutil.copy(HERE / "film" / name, file)


def _film_cover(file: Path) -> None:
    file.write_bytes(encoded(frame(13.0), "JPEG", quality=85))


def _cover(title: str, scene_name: str, file: Path) -> None:
    """A picture of the same name beside a file is its cover."""
    cover = draw_cover(title, "Чашма", scene_name)
    file.write_bytes(encoded(cover, "JPEG", quality=85))


MAKERS: dict[str, Callable[[Path], object]] = {
    "Аз чашма то баҳр.epub": partial(_epub, "az-chashma-to-bahr"),
    "Наука рядом.epub": partial(_epub, "nauka-ryadom"),
    "Свет.epub": partial(_epub, "svet"),
    "First English Words.epub": partial(_epub, "kalimahoi-anglisi"),
    "Роҳнамои омӯзгор.epub": partial(_epub, "rohnamoi-omuzgor"),
    "Руководство учителя.epub": partial(_epub, "rukovodstvo-uchitelya"),
    "Бузургони мо.epub": partial(_epub, "buzurgon"),
    "Саломат бошем.epub": partial(_epub, "salomat-boshem"),
    "chashma_ru_entsiklopediya.zim": partial(_zim, "entsiklopediya"),
    "chashma_tg_donishnoma.zim": partial(_zim, "donishnoma"),
    "chashma_ru_entsiklopediya.jpg": partial(_cover, "Маленькая энциклопедия", "river"),
    "chashma_tg_donishnoma.jpg": partial(_cover, "Донишномаи хурд", "snow"),
    "Луғати тасвирӣ.pdf": write_dictionary,
    "Мешуморем.pdf": write_exercises,
    "Хондан дар хона.pdf": partial(_leaflet, "khondan-dar-khona"),
    "Ҳайвонот": partial(write_album, ANIMALS),
    "Шаклҳо": partial(write_album, SHAPES),
    "Ҷадвали зарб.zip": write_trainer,
    "Ҷадвали зарб.jpg": partial(_cover, "Ҷадвали зарб", "counting"),
    "Роҳи об.mp4": partial(_film, "film.mp4"),
    "Роҳи об.tg.vtt": partial(_film, "film.tg.vtt"),
    "Роҳи об.ru.vtt": partial(_film, "film.ru.vtt"),
    "Роҳи об.en.srt": partial(_film, "film.en.srt"),
    "Роҳи об.jpg": _film_cover,
    "Оҳанги чашма.mp3": partial(_film, "melody.mp3"),
    "Оҳанги чашма.jpg": partial(_cover, "Оҳанги чашма", "night"),
    COURSES: write_courses,
    SHEET: partial(shutil.copy, HERE / SHEET),
    LICENCE_FILE: partial(shutil.copy, HERE / LICENCE_FILE),
}
"""Name of a file (or of an album's folder) and what writes it."""


def make_library(folder: Path) -> list[Path]:
    """Fill a folder with every file of the sample library, in place of an older sample library.

    The folder appears under its name only when it is whole.

    Raises:
        FileExistsError: there is something else of this name.
        FontMissingError: ``fonts-dejavu-core`` is not installed.
    """
    if folder.exists() and not _is_sample(folder):
        raise FileExistsError(folder)
    staged = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for name, make in MAKERS.items():
        make(staged / name)
    shutil.rmtree(folder, ignore_errors=True)
    staged.rename(folder)
    return sorted(folder.iterdir())


def _is_sample(folder: Path) -> bool:
    """Whether this program made it: nobody else's files are ever replaced."""
    try:
        licence = (folder / LICENCE_FILE).read_bytes()
    except OSError:
        return False
    return licence == (HERE / LICENCE_FILE).read_bytes()
