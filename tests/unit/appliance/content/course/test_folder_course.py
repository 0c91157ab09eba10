# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder becomes a course."""

import shutil
from pathlib import Path

import pytest

from appliance.content.check import check
from appliance.content.item import Kind
from appliance.content.result import Status
from sample.library import HERE
from tests.unit.appliance.content.course.making import Making
from tests.unit.appliance.content.making import make_picture, make_sound


def _water(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об аз куҷо.md")
    making.stick.joinpath("Об/02 Дарё").mkdir(parents=True)
    shutil.copy(HERE / "film" / "film.mp4", making.stick / "Об/02 Дарё/01_Роҳи об.mp4")
    shutil.copy(HERE / "film" / "film.tg.vtt", making.stick / "Об/02 Дарё/01_Роҳи об.tg.vtt")


def test_two_numbered_folders_are_a_course_of_what_lies_in_them(making: Making) -> None:
    _water(making)
    results = making.bring()
    assert [(r.file, r.kind, r.status) for r in results.values()] == [
        ("Об/01 Чашма/01 Об аз куҷо.md", Kind.PAGE, Status.INSTALLED),
        ("Об/02 Дарё/01_Роҳи об.mp4", Kind.VIDEO, Status.INSTALLED),
        ("Об", Kind.COURSE, Status.INSTALLED),
    ]
    course = making.course()
    assert course.id == "ob"
    assert [unit.title for unit in course.units] == ["Чашма", "Дарё"]
    page, film = course.lessons
    assert page.item == results["Об/01 Чашма/01 Об аз куҷо.md"].id
    assert (page.id, page.title, page.missing) == ("ob-az-kujo", "Об", "")
    assert film.item == results["Об/02 Дарё/01_Роҳи об.mp4"].id
    (item,) = making.items()
    assert item.metadata.title == "Об"
    assert list(check(making.shelf)) == []


def test_the_same_folder_again_changes_nothing(making: Making) -> None:
    _water(making)
    first = making.bring()
    second = making.bring()
    assert {r.status for r in second.values()} == {Status.ALREADY}
    assert [r.id for r in second.values()] == [r.id for r in first.values()]


def test_a_new_edition_takes_the_place_of_the_old_and_lessons_keep_their_ids(
    making: Making,
) -> None:
    _water(making)
    making.bring()
    before = making.course()
    making.page("Об/01 Чашма/01 Об аз куҷо.md", "# Оби ширин\n\nОб аз кӯҳ меояд.")
    making.page("Об/01 Чашма/02 Барф.md", "# Барф\n\nБарф об мешавад.")
    results = making.bring()
    assert results["Об"].replaced == ("Об",)
    after = making.course()
    assert after.id == before.id
    assert [one.id for one in after.lessons] == ["ob-az-kujo", "barf", "rohi-ob"]
    assert next(after.lessons).title == "Оби ширин"


def test_a_refused_lesson_stays_by_name_with_its_reason(making: Making) -> None:
    _water(making)
    making.page("Об/01 Чашма/02 Китоб.pdf", "")
    making.page("Об/01 Чашма/03 Ҷадвал.doc", "doc")
    results = making.bring()
    assert results["Об"].status is Status.INSTALLED
    assert [notice.code for notice in results["Об"].notices] == ["lessons-missing"]
    missing = [one for one in making.course().lessons if one.missing]
    assert [(one.name, one.missing) for one in missing] == [
        ("02 Китоб.pdf", "empty"),
        ("03 Ҷадвал.doc", "unsupported-kind"),
    ]


def test_grades_and_years_are_no_units(making: Making) -> None:
    folders = ("1 синф", "2-класс", "Grades/1 grade", "Years/2023", "Years/2024")
    for tone, folder in enumerate(folders, start=1):
        make_sound(making.stick / folder / "суруд.wav", tone=tone)
    for number in range(3):
        make_picture(making.stick / "Акс" / f"{number}.png", (number, 0, 0))
    assert Kind.COURSE not in {result.kind for result in making.bring().values()}


def test_pictures_of_a_page_come_with_it_and_are_no_lessons(making: Making) -> None:
    text = "![Об](<../расмҳо/об 1.png>) ![Садо](садо.wav) ![дигар](../../берун.png)"
    making.page("Об/01 Чашма/01 Об.md", text)
    making.page("Об/02 Дарё/01 Дарё.md", "![Об](<../расмҳо/об 1.png>)")
    make_picture(making.stick / "Об/расмҳо/об 1.png")
    make_sound(making.stick / "Об/01 Чашма/садо.wav")
    make_picture(making.stick / "берун.png", (1, 2, 3))
    results = making.bring()
    assert {file: r.kind for file, r in results.items()} == {
        "Об/01 Чашма/01 Об.md": Kind.PAGE,
        "Об/02 Дарё/01 Дарё.md": Kind.PAGE,
        "Об": Kind.COURSE,
    }
    item = making.shelf.store.read(results["Об/01 Чашма/01 Об.md"].id)
    assert [one.path for one in item.files[:4]] == [
        "files/01 Об.md",
        "files/расмҳо-об 1.png",
        "files/садо.wav",
        "files/берун.png",
    ]
    assert [unit.title for unit in making.course().units] == ["Чашма", "Дарё"]


def test_an_album_is_a_lesson_by_the_name_of_its_folder(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    for number, name in enumerate(("гурба", "саг")):
        make_picture(making.stick / f"Об/02 Дарё/03 Ҳайвонот/{name}.png", (number, 0, 0))
    results = making.bring()
    _, album = making.course().lessons
    assert (album.id, album.title) == ("hayvonot", "Ҳайвонот")
    assert album.item == results["Об/02 Дарё/03 Ҳайвонот"].id


_REAL = {
    "01 Матн/02 Китоб.pdf": "pdf/pypdf_habibi.pdf",
    "01 Матн/03 Ҳикоя.epub": "epub/idpf_regime-anticancer-arabic.epub",
    "02 Кор/01 Филм.mp4": "web/ricecooker_low_res_sample.mp4",
    "02 Кор/03 Машқ.h5p": "h5p/h5p2elpx_true-false-question.h5p",
    "02 Кор/04 Дарсҳо.zip": "scorm/moodle_singlesco_scorm12.zip",
    "02 Кор/05 Кроссворд.h5p": "h5p/h5p2elpx_crossword.h5p",
    "02 Кор/06 Шикаста.h5p": "h5p-invalid/lumi_corrupt_archive.h5p",
}


@pytest.mark.data
def test_a_course_has_lessons_of_every_kind_and_names_those_that_cannot_be_played(
    making: Making, data: Path
) -> None:
    making.page("Об/01 Матн/01 Саҳифа.md")
    for place, source in _REAL.items():
        target = making.stick / "Об" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / source, target)
    make_sound(making.stick / "Об/02 Кор/02 Суруд.wav")
    making.page("Об/03 Санҷиш/01 Тест.gift", "Об тар аст. {T}")
    making.page("Об/03 Санҷиш/02 Боз.link", "02 Китоб.pdf")
    first = making.bring()
    assert [notice.code for notice in first["Об"].notices] == ["lessons-missing"]
    lessons = list(making.course().lessons)
    catalog = making.shelf.catalog
    kinds = [catalog.get(one.item).kind if one.item else one.missing for one in lessons]
    assert kinds == [
        *(Kind.PAGE, Kind.PDF, Kind.EPUB),
        *(Kind.VIDEO, Kind.AUDIO, Kind.H5P, Kind.SCORM),
        *("h5p-libraries-missing", "not-what-name-says"),
        *(Kind.QUIZ, Kind.PDF),
    ]
    assert lessons[-1].item == lessons[1].item
