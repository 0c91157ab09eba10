# SPDX-License-Identifier: GPL-3.0-or-later
"""A ``school.db`` with a class, and a clock that tests turn."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.database import Database
from appliance.learning.classes import Classes, NewClass
from appliance.learning.people import People
from appliance.learning.person import SchoolClass
from appliance.school.database import open_school
from tests.unit.appliance.learning.records.school import FakeWatch


@pytest.fixture
def watch() -> FakeWatch:
    return FakeWatch()


@pytest.fixture
def school(tmp_path: Path) -> Database:
    return open_school(Config(state=tmp_path))


@pytest.fixture
def classes(school: Database) -> Classes:
    return Classes(school)


@pytest.fixture
def people(school: Database) -> People:
    return People(school)


@pytest.fixture
def fifth(classes: Classes) -> SchoolClass:
    return classes.add(NewClass("5А", grade=5), clock_sure=True)
