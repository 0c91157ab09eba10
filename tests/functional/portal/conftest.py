# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal over a small shelf, without a server."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.functional.portal.shelf import Shelf, shelf_in
from webapp.portal import create_app


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path / "state")


@pytest.fixture
def client(shelf: Shelf) -> FlaskClient:
    app = create_app(shelf.config)
    app.testing = True
    return app.test_client()
