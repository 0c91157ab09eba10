# SPDX-License-Identifier: GPL-3.0-or-later
"""An admin panel over an empty state folder, and people who use it."""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.config import Config
from appliance.disk import state as disk
from appliance.school.moment import Moment
from appliance.school.staff import NewMember, Role, StaffMember
from tests.fake_agent import FakeAgent, serving
from webapp.admin import create_app, network
from webapp.admin.office import Office

PASSWORD = "чойи сабз бо нон"
HOME = "https://admin.localhost:8443"


class FakeClock:
    moment = Moment("boot", 10_000.0)

    def __call__(self) -> Moment:
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        self.moment = Moment(self.moment.boot, self.moment.second + seconds)


class Browser:
    """A Flask client that fills forms in as a browser does: with their token and a referrer."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: object) -> TestResponse:
        return self.client.get(path, base_url=HOME, **more)

    def post(
        self, path: str, form: dict[str, object] | None = None, **more: object
    ) -> TestResponse:
        """Send a form, with the token that the page at ``more["page"]`` (or the path) shows."""
        page = str(more.pop("page", "/sign-in"))
        data = {"csrf_token": self.token(page), **(form or {})}
        return self.client.post(
            path, base_url=HOME, data=data, headers={"Referer": HOME + page}, **more
        )

    def token(self, page: str) -> str:
        text = self.client.get(page, base_url=HOME, follow_redirects=True).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, f"no form on {page}"
        return found.group(1)

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", {"name": name, "password": password})


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    # The name of a socket is short; pytest's own folder may not be.
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        yield Config(state=tmp_path / "state", agent_socket=Path(folder) / "agent.sock")


@pytest.fixture(autouse=True)
def data_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a box says how it found its data; nothing stands there yet."""
    file = tmp_path / "data-state"
    monkeypatch.setattr(disk, "STATE_FILE", file)
    return file


@pytest.fixture
def box(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAgent]:
    """An agent for the panel, so that it is that of a box."""
    monkeypatch.setattr(network, "DELIVERY_SECONDS", 0)
    agent = FakeAgent()
    with serving(agent, config.agent_socket):
        yield agent


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def new_box(config: Config, clock: FakeClock) -> Flask:
    """A panel that has not been set up."""
    app = create_app(config, clock)
    app.testing = True
    return app


@pytest.fixture
def app(new_box: Flask) -> Flask:
    """A panel that has been set up, in English, with a person of each role."""
    office: Office = new_box.extensions["chashma"]
    for role in Role:
        member = NewMember(role.value, role.value.title(), role, "en", PASSWORD)
        office.staff.add(member)
    office.settings.save(school_name="School 5", language="en", set_up=True, steps_done=5)
    return new_box


@pytest.fixture
def office(app: Flask) -> Office:
    found: Office = app.extensions["chashma"]
    return found


@pytest.fixture
def open_browser(app: Flask) -> Callable[[], Browser]:
    return lambda: Browser(app.test_client())


@pytest.fixture
def visitor(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody who is not signed in."""
    return open_browser()


@pytest.fixture
def administrator(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    assert browser.sign_in("administrator").status_code == 302
    return browser


def person(office: Office, name: str) -> StaffMember:
    return next(member for member in office.staff.all() if member.name == name)
