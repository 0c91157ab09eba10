# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils who answer over HTTP, and remember what the box has acknowledged."""

import http.client
import random
import re
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import msgspec

_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_ANSWER_S = 30


class Answer(msgspec.Struct, frozen=True):
    """An answer for which the box has said that it has it."""

    try_id: int
    question: str
    option: str


class _OverSocket(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_ANSWER_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class Pupil(threading.Thread):
    """Goes through a quiz again and again, and tries anew where nobody answers.

    Attributes:
        acknowledged: what is on the disk, if the box tells the truth.
    """

    def __init__(self, web: Path, item_id: str, cookie: str, seed: int) -> None:
        super().__init__(daemon=True)
        self._web, self._quiz = web, f"/quiz/{item_id}"
        self._cookie, self._chance = cookie, random.Random(seed)
        self.acknowledged: list[Answer] = []
        self.over = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                try:
                    self._go_on()
                except (OSError, http.client.HTTPException):
                    self.over.wait(0.05)  # killed; a browser says "try again"
        except BaseException as exc:  # what went wrong is the test's to tell
            self.failure = exc

    def _go_on(self) -> None:
        page = self._ask("GET", self._quiz)[1]
        place = re.search(rf'href="{self._quiz}/(\d+)"', page)
        if place is None:
            token = dict(_FIELD.findall(page.partition("/start")[2]))
            self._ask("POST", f"{self._quiz}/start", token)
            return
        self._answer(int(place[1]))

    def _answer(self, place: int) -> None:
        address = f"{self._quiz}/{place}"
        page = self._ask("GET", address)[1]
        fields = dict(_FIELD.findall(page.partition('class="question"')[2]))
        if "try" not in fields:
            return
        option = self._chance.choice("abc")
        for _ in range(2 if self._chance.random() < 0.3 else 1):  # a double tap
            status, _page = self._ask("POST", address, {**fields, "a": option})
            assert status == 303, status
            self.acknowledged.append(Answer(int(fields["try"]), f"q{place}", option))

    def _ask(
        self, method: str, address: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        connection = _OverSocket(self._web)
        headers = {"X-Chashma-Site": "portal", "Cookie": f"person={self._cookie}; language=en"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, urlencode(form or {}), headers)
            response = connection.getresponse()
            page = response.read().decode()
        finally:
            connection.close()
        assert response.status < 400, (address, response.status)
        return response.status, page
