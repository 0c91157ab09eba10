# SPDX-License-Identifier: GPL-3.0-or-later
"""A school and its records."""

from pathlib import Path

import pytest

from appliance.database import Database
from appliance.learning.course_record import Courses
from appliance.learning.record import Record
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.records.school import FakeWatch, school_in


@pytest.fixture
def school(tmp_path: Path) -> Database:
    return school_in(tmp_path)


@pytest.fixture
def record(school: Database, watch: FakeWatch) -> Record:
    return Record(school, watch)


@pytest.fixture
def tries(school: Database, watch: FakeWatch) -> Tries:
    return Tries(school, watch)


@pytest.fixture
def courses(school: Database, watch: FakeWatch) -> Courses:
    return Courses(school, watch)
