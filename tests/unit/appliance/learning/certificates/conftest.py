# SPDX-License-Identifier: GPL-3.0-or-later
"""A school where people have finished a course, and its certificates."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.database import Database
from appliance.learning.certificate import Certificates
from appliance.learning.certificate_lookup import Checks
from appliance.learning.certificate_revocation import Revocations
from appliance.school.database import open_school
from appliance.school.staff import NewMember, Role, Staff, StaffMember
from tests.unit.appliance.learning.records.school import FakeWatch


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state")


@pytest.fixture
def school(config: Config) -> Database:
    return open_school(config)


@pytest.fixture
def certificates(school: Database, config: Config, watch: FakeWatch) -> Certificates:
    return Certificates(school, config, watch)


@pytest.fixture
def revocations(school: Database, watch: FakeWatch) -> Revocations:
    return Revocations(school, watch)


@pytest.fixture
def checks(school: Database, certificates: Certificates) -> Checks:
    return Checks(school, certificates)


@pytest.fixture
def head(school: Database) -> StaffMember:
    member = NewMember("head", "Head", Role.ADMINISTRATOR, "en", "чойи сабз бо нон")
    return Staff(school).add(member)
