# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample courses: folders as a school would write them, with their pictures drawn.

What lies in ``courses/`` is what comes out, but for three things: a file in TOML becomes the
spreadsheet that it stands for, and pictures and sounds are made where a page or quiz names them.
"""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sample.beats import write_beats
from sample.cover import draw_cover
from sample.drawing.gallery import ICONS, SCENES, encoded, icon, scene, several
from sample.workbook import write_workbook

COURSES = Path(__file__).parent / "courses"
SHEET = "course.toml"
HEADINGS = {
    "tg": ("Савол", "Расм", "Навъ", "Ҷавоби дуруст", "Шарҳ", "Ёрӣ"),
    "ru": ("Вопрос", "Картинка", "Вид", "Верный ответ", "Пояснение", "Подсказка"),
    "en": ("Question", "Picture", "Type", "Correct", "Explanation", "Hint"),
}
"""Of a quiz's columns before those of its answers."""

SHEETS = {
    "tg": ("Саволҳо", "Танзимот"),
    "ru": ("Вопросы", "Настройки"),
    "en": ("Questions", "Settings"),
}
FILE = {"tg": "Файл ё ҷузвдон", "ru": "Файл или папка", "en": "File"}
LETTERS = "ABCDEFGH"
COUNTED = re.compile(r"(.+)-(\d{1,2})")
SHOWN = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
PICTURE = re.compile(r"([\w-]+\.png)(?: \||$)")


def write_courses(folder: Path) -> None:
    """Write every course into a new folder."""
    for source in sorted(COURSES.iterdir()):
        write_course(source, folder / source.name)


def write_course(source: Path, folder: Path) -> None:
    """Write a course into a new folder."""
    folder.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir()
        elif path.name == SHEET:
            _write_sheet(path, target.with_suffix(".xlsx"))
        elif path.suffix == ".toml":
            _write_quiz(path, target.with_suffix(".xlsx"))
        else:
            shutil.copyfile(path, target)
            for name in SHOWN.findall(path.read_text(encoding="utf-8")):
                make(target.parent / name)


def make(file: Path) -> None:
    """Draw a picture, or strike a drum, by the name of the file that it shall be in."""
    file.parent.mkdir(exist_ok=True)
    name, counted = file.stem, COUNTED.fullmatch(file.stem)
    if file.suffix == ".wav" and counted:
        write_beats(file, int(counted[2]))
        return
    if name in SCENES:
        picture = scene(name)
    elif counted and name not in ICONS:
        picture = several(counted[1], int(counted[2]))
    else:
        picture = icon(name)
    file.write_bytes(encoded(picture, "PNG"))


def _write_sheet(source: Path, file: Path) -> None:
    """``course.xlsx``: a table for each row, named after its file; its keys are the headings.

    ``course.jpg`` is drawn beside it, of the scene that ``cover`` names.
    """
    rows = tomllib.loads(source.read_text(encoding="utf-8"))
    language, scene_name = rows.pop("language"), rows.pop("cover")
    headings = list(dict.fromkeys(heading for row in rows.values() for heading in row))
    cells = [[path, *(row.get(heading, "") for heading in headings)] for path, row in rows.items()]
    write_workbook(file, {"course": [[FILE[language], *headings], *cells]})
    cover = draw_cover(file.parent.name, "Чашма", scene_name)
    file.with_suffix(".jpg").write_bytes(encoded(cover, "JPEG", quality=85))


def _write_quiz(source: Path, file: Path) -> None:
    """A quiz: ``rows`` of the columns in ``HEADINGS`` and the answers, and ``rules``.

    Where ``cover`` names a drawing, it lies beside: most quizzes show a picture of their own.
    """
    quiz = tomllib.loads(source.read_text(encoding="utf-8"))
    language = quiz["language"]
    most = max(len(row) for row in quiz["rows"]) - len(HEADINGS[language])
    questions, rules = SHEETS[language]
    write_workbook(
        file,
        {
            questions: [[*HEADINGS[language], *LETTERS[:most]], *quiz["rows"]],
            rules: list(quiz["rules"].items()),
        },
    )
    for name in dict.fromkeys(_pictures(quiz["rows"])):
        make(file.parent / name)
    if "cover" in quiz:
        file.with_suffix(".png").write_bytes(encoded(icon(quiz["cover"]), "PNG"))


def _pictures(rows: list[list[str]]) -> Iterator[str]:
    for row in rows:
        yield from (found[1] for cell in row if (found := PICTURE.match(cell)))
