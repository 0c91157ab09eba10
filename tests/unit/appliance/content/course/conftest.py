# SPDX-License-Identifier: GPL-3.0-or-later
"""Course folders, and the shelf that they come to."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.shelf import Shelf
from tests.unit.appliance.content.course.making import Making


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Config(state=tmp_path / "state"))


@pytest.fixture
def making(tmp_path: Path, shelf: Shelf) -> Making:
    return Making(tmp_path / "stick", shelf)
