# SPDX-License-Identifier: GPL-3.0-or-later
"""Discovery: what belongs together."""

import os
from pathlib import Path

import pytest

from appliance.content.allowance import Allowance
from appliance.content.discover import Candidate, discover
from appliance.content.item import Kind


def lay(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(folder: Path) -> dict[str, Candidate]:
    return {candidate.source: candidate for candidate in discover([folder])}


def test_a_film_takes_its_captions_and_its_picture_along(tmp_path: Path) -> None:
    lay(tmp_path, "об.mp4", "об.tg.vtt", "об.ru.srt", "об.srt", "об.jpg", "other.vtt")
    candidates = found(tmp_path)
    film = candidates["об.mp4"]
    assert [path.name for path in film.captions] == ["об.ru.srt", "об.srt", "об.tg.vtt"]
    assert film.cover == tmp_path / "об.jpg"
    assert candidates["other.vtt"].problem == "captions-alone"
    assert set(candidates) == {"об.mp4", "other.vtt"}


def test_a_page_takes_along_who_reads_it_out(tmp_path: Path) -> None:
    (tmp_path / "01 Об.md").write_text("# Об\n\n![x](own.mp3)\n")
    lay(tmp_path, "01 Об.mp3", "01 Об.tg.ogg", "01 Об-ru.m4a", "own.mp3")
    lay(tmp_path, "01 Об.flac", "01 Обшор.mp3", "01 Об-02.mp3", "01 Об.en.mp4", "01 Об.en.mp3")
    candidates = found(tmp_path)
    page = candidates.pop("01 Об.md")
    assert [path.name for path in page.files[1:]] == [
        *("own.mp3", "01 Об-ru.m4a", "01 Об.mp3", "01 Об.tg.ogg"),
    ]
    assert page.names[1:] == ("own.mp3", "01 Об-ru.m4a", "01 Об.mp3", "01 Об.tg.ogg")
    assert {source for source, one in candidates.items() if one.kind is Kind.AUDIO} == {
        *("01 Об.flac", "01 Обшор.mp3", "01 Об-02.mp3", "01 Об.en.mp3"),
    }


def test_a_quiz_takes_along_the_sounds_of_its_pictures(tmp_path: Path) -> None:
    lay(tmp_path, "санҷиш.xlsx", "гурба.png", "гурба.mp3", "1.png", "1.ogg", "саг.png")
    lay(tmp_path, "05 Суруд.mp3", "05 Суруд.png", "суруд.mp3")
    candidates = found(tmp_path)
    quiz = candidates["санҷиш.xlsx"]
    assert [path.name for path in quiz.files[1:]] == [
        *("1.png", "гурба.png", "саг.png", "1.ogg", "гурба.mp3"),
    ]
    assert candidates["05 Суруд.mp3"].cover == tmp_path / "05 Суруд.png"
    assert set(candidates) == {"санҷиш.xlsx", "05 Суруд.mp3", "суруд.mp3"}


def test_a_longer_name_is_another_film(tmp_path: Path) -> None:
    lay(tmp_path, "a.mp4", "a.b.mp4", "a.b.tg.vtt")
    candidates = found(tmp_path)
    assert candidates["a.mp4"].captions == ()
    assert [path.name for path in candidates["a.b.mp4"].captions] == ["a.b.tg.vtt"]


def test_pictures_of_a_folder_are_an_album_in_natural_order(tmp_path: Path) -> None:
    lay(tmp_path, "сурат/2.jpg", "сурат/10.png", "сурат/1.JPG", "book.pdf")
    album = found(tmp_path)["сурат"]
    assert album.kind is Kind.ALBUM
    assert [path.name for path in album.files] == ["1.JPG", "2.jpg", "10.png"]


def test_a_sign_that_only_looks_like_a_number_is_a_letter(tmp_path: Path) -> None:
    lay(tmp_path, "м/1²3.jpg", "м/1b3.jpg")
    assert len(found(tmp_path)["м"].files) == 2


def test_captions_go_to_the_film_that_has_their_very_name(tmp_path: Path) -> None:
    lay(tmp_path, "дарс.mp4", "дарс-02.mp4", "дарс-02.vtt", "дарс.tg.vtt")
    candidates = found(tmp_path)
    assert [path.name for path in candidates["дарс-02.mp4"].captions] == ["дарс-02.vtt"]
    assert [path.name for path in candidates["дарс.mp4"].captions] == ["дарс.tg.vtt"]


def test_parts_of_an_archive_come_together(tmp_path: Path) -> None:
    lay(tmp_path, "wiki.zimab", "wiki.zimaa", "gap.zimaa", "gap.zimac")
    candidates = found(tmp_path)
    assert [path.suffix for path in candidates["wiki.zim"].files] == [".zimaa", ".zimab"]
    assert candidates["wiki.zim"].problem == ""
    assert candidates["gap.zim"].problem == "missing-part"
    assert candidates["gap.zim"].missing == "gap.zimab"


def test_what_nobody_asked_about_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, ".hidden.pdf", "Thumbs.db", "System Volume Information/x.pdf", "README.md")
    lay(tmp_path, "catalog.csv", "notes.docx")
    assert {source: c.problem for source, c in found(tmp_path).items()} == {
        "notes.docx": "unsupported-kind"
    }


def test_links_pipes_and_sockets_are_not_followed(tmp_path: Path) -> None:
    lay(tmp_path, "folder/book.pdf")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path)
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert set(found(tmp_path)) == {"folder/book.pdf"}
    (named,) = discover([tmp_path / "link.pdf"])
    assert named.problem == "not-a-file"


def test_a_single_film_brings_its_captions_but_not_its_neighbours(tmp_path: Path) -> None:
    lay(tmp_path, "a.mp4", "a.tg.vtt", "b.mp4", "1.jpg", "2.jpg")
    (film,) = discover([tmp_path / "a.mp4"])
    assert [path.name for path in film.all_files] == ["a.mp4", "a.tg.vtt"]
    (album,) = discover([tmp_path / "2.jpg"])
    assert [path.name for path in album.files] == ["2.jpg"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(discover([tmp_path / "nothing"]))


def test_names_in_other_encodings_and_absurd_depth(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x8a\xad\xa8\xa3\xa0.pdf")).write_bytes(b"x")
    deep = tmp_path.joinpath(*["d"] * 40)
    lay(deep, "book.pdf")
    candidates = found(tmp_path)
    assert any(candidate.problem == "too-deep" for candidate in candidates.values())
    assert "�����.pdf" in candidates


def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    lay(tmp_path, *(f"{number}.pdf" for number in range(10_000)))
    assert len(found(tmp_path)) == 10_000


def test_no_more_is_looked_at_than_is_allowed(tmp_path: Path) -> None:
    lay(tmp_path, "1.pdf", "2.pdf", "a/3.pdf", "b/4.pdf", "b/5.pdf", "c/6.pdf")
    every = list(discover([tmp_path]))
    for most in range(11):
        allowance = Allowance(most)
        found = list(discover([tmp_path], allowance))
        assert found == every[: len(found)]
        assert allowance.is_spent == (most < 9), "six files in three folders"
        assert allowance.is_spent or found == every


def test_of_a_course_the_first_lessons_are_seen(tmp_path: Path) -> None:
    lay(tmp_path, "course/course.md", *(f"course/{number}.pdf" for number in range(9)))
    allowance = Allowance(5)
    found = [one.source for one in discover([tmp_path], allowance)]
    assert (found[-1], len(found)) == ("course", 5)
    assert allowance.is_spent
