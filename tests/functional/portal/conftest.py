# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal over a small shelf, without a server."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from appliance.learning.tries import Tries
from tests.functional.portal.lessons import Pupil
from tests.functional.portal.shelf import Shelf, shelf_in
from webapp.portal import create_app
from webapp.portal.learning import Learning
from webapp.portal.library import Library


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path / "state")


@pytest.fixture
def client(shelf: Shelf) -> FlaskClient:
    app = create_app(shelf.config)
    app.testing = True
    return app.test_client()


@pytest.fixture
def library(client: FlaskClient) -> Library:
    found = client.application.extensions["chashma"]
    assert isinstance(found, Library)
    return found


@pytest.fixture
def pupil(client: FlaskClient) -> Pupil:
    return Pupil(client)


@pytest.fixture
def learning(client: FlaskClient) -> Learning:
    found = client.application.extensions["chashma-learning"]
    assert isinstance(found, Learning)
    return found


@pytest.fixture
def tries(learning: Learning) -> Tries:
    return learning.tries
