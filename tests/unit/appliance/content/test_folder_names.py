# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of one folder, of which there may be very many."""

from appliance.content.folder_names import FolderNames

MANY = 20_000


def test_each_of_very_many_names_looks_at_its_own_alone() -> None:
    """Compared with each other these would be two thousand million pairs: hours."""
    stems = [f"{number:05d}" for number in range(MANY)]
    endings = (".mp3", ".md", ".tg.mp3", ".ru.vtt", ".vtt", ".jpg")
    names = FolderNames(sorted(f"{stem}{ending}" for stem in stems for ending in endings))
    assert names.take_spoken() == []
    assert len(names.covers()) == MANY
    for stem in stems:
        assert names.narrations(stem) == [f"{stem}.mp3", f"{stem}.tg.mp3"]
        assert names.take_captions(stem) == [f"{stem}.ru.vtt", f"{stem}.vtt"]
    assert names.captions == {}


def test_beside_a_quiz_the_sounds_of_very_many_pictures_are_taken() -> None:
    pairs = [f"a{number}{ending}" for number in range(MANY) for ending in (".ogg", ".png")]
    names = FolderNames(sorted(["quiz.xlsx", *pairs]))
    assert len(names.take_spoken()) == MANY
    assert names.media == ["quiz.xlsx"]
