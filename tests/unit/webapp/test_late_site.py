# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel is made once, when somebody asks for it, and not before."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from webapp.late_site import LateSite

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def site(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"made"]


def test_many_who_ask_at_once_get_the_one_that_is_made() -> None:
    made = []

    def make() -> "WSGIApplication":
        made.append(1)
        return site

    late = LateSite(make)
    assert made == []
    together = Barrier(8)

    def ask(_number: int) -> bytes:
        together.wait()
        return Client(late).get("/").data

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [b"made"] * 8
    assert made == [1]


def test_what_failed_is_tried_again() -> None:
    chances = iter((OSError("the card is gone"), None))

    def make() -> "WSGIApplication":
        if error := next(chances):
            raise error
        return site

    late = LateSite(make)
    with pytest.raises(OSError, match="the card is gone"):
        Client(late).get("/")

    assert Client(late).get("/").data == b"made"
