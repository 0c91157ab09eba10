# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's settings survive and do not take nonsense."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings, SettingError, Settings


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state")


def test_a_new_box_has_the_defaults(config: Config) -> None:
    assert SchoolSettings(open_school(config)).load() == Settings()


def test_what_is_saved_is_there_after_a_restart(config: Config) -> None:
    SchoolSettings(open_school(config)).save(school_name="Мактаби №5", set_up=True)
    again = SchoolSettings(open_school(config))
    again.save(language="ru")
    assert again.load() == Settings(school_name="Мактаби №5", language="ru", set_up=True)


def test_unknown_names_and_wrong_kinds_change_nothing(config: Config) -> None:
    settings = SchoolSettings(open_school(config))
    with pytest.raises(SettingError, match="colour"):
        settings.save(school_name="A", colour="red")
    with pytest.raises(SettingError):
        settings.save(school_name="A", set_up="yes")
    assert settings.load() == Settings()


def test_a_setting_of_a_newer_version_is_passed_over(config: Config) -> None:
    database = open_school(config)
    database.connection.execute("INSERT INTO setting VALUES ('motto', '\"x\"')")
    assert SchoolSettings(database).load() == Settings()


def test_nobody_else_can_read_the_database(config: Config) -> None:
    SchoolSettings(open_school(config)).save(school_name="secret")
    modes = {file.name: file.stat().st_mode & 0o777 for file in config.state.iterdir()}
    assert set(modes.values()) == {0o600}, modes
