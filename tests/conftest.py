# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures for every test."""

import os
from pathlib import Path

import pytest

_PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files; tests that need it skip where it is absent, except in CI."""
    folder = Path(os.environ.get("CHASHMA_TEST_DATA", _PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"no test data in {folder}")
        pytest.skip(f"no test data in {folder} (set CHASHMA_TEST_DATA)")
    return folder
