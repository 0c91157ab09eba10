# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel as it is reached in earnest: over TLS, through nginx and gunicorn, with the worker."""

import http.client
import io
import re
import ssl
import zipfile
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlencode

import pytest

from appliance.config import Config
from appliance.jobs.job import State
from appliance.jobs.queue import JobQueue
from appliance.school.database import open_school
from appliance.school.settings import SchoolSettings
from appliance.school.staff import NewMember, Role, Staff
from tests.conftest import Stack

NAME, PASSWORD = "behind-nginx", "чойи сабз бо нон"
BOUNDARY = "----chashma"


class Client:
    """As much of a browser as is needed: it keeps cookies and sends the token of the last form."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._cookies: dict[str, str] = {}
        self._token = ""

    def ask(self, path: str, body: bytes = b"", kind: str = "") -> tuple[HTTPResponse, str]:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self._config.admin_port, timeout=60, context=context
        )
        headers = {
            "Host": self._config.admin_url.partition("://")[2],
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Referer": self._config.admin_url + "/",
        }
        if kind:
            headers["Content-Type"] = kind
        connection.request("POST" if kind else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self._token = found.group(1) if found else self._token
        return answer, text

    def send(self, path: str, **fields: str) -> HTTPResponse:
        form = urlencode({"csrf_token": self._token, **fields}).encode()
        return self.ask(path, form, "application/x-www-form-urlencoded")[0]

    def upload(self, path: str, name: str, content: bytes) -> HTTPResponse:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
            f"{self._token}\r\n--{BOUNDARY}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        )
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.ask(path, body, f"multipart/form-data; boundary={BOUNDARY}")[0]


@pytest.fixture
def client(stack: Stack) -> Iterator[Client]:
    """Somebody who is signed in; afterwards the box is as new again, for the others' tests."""
    school = open_school(stack.config)
    Staff(school).add(NewMember(NAME, NAME, Role.ADMINISTRATOR, "en", PASSWORD))
    SchoolSettings(school).save(set_up=True, language="en")
    client = Client(stack.config)
    client.ask("/sign-in")
    assert client.send("/sign-in", name=NAME, password=PASSWORD).status == 302
    yield client
    SchoolSettings(school).save(set_up=False)
    school.connection.execute("DELETE FROM staff")
    school.close()


def test_all_is_well(client: Client) -> None:
    _, page = client.ask("/box")
    assert "All is well" in page or "disk" in page
    assert "does not answer" not in page


def test_a_large_file_from_a_browser_reaches_the_shelf(client: Client, stack: Stack) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("index.html", "<html><head><title>Behind nginx</title></head></html>")
        archive.writestr("padding.txt", bytes(3_000_000))
    client.ask("/add")
    answer = client.upload("/add/upload", "large.zip", packed.getvalue())
    assert answer.status == 302, answer.status
    number = int(str(answer.headers["Location"]).rpartition("/")[2])
    job = JobQueue(stack.config.jobs_db).wait(number, 60)
    assert job.state is State.DONE
    assert "Behind nginx" in client.ask(f"/jobs/{number}")[1]


def test_a_large_body_anywhere_else_is_refused(client: Client) -> None:
    client.ask("/school")
    assert client.send("/school", school_name="x" * 500_000).status == 413


def test_the_headers_arrive_once(client: Client) -> None:
    headers = client.ask("/")[0].headers
    assert len(headers.get_all("Content-Security-Policy") or []) == 1
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
