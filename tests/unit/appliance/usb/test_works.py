# SPDX-License-Identifier: GPL-3.0-or-later
"""Two things that are wanted of one stick come one after the other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from appliance.usb.drive_error import DriveNotAnsweringError
from appliance.usb.works import Works

_PATIENCE_S = 60.0


@pytest.fixture
def works() -> Works:
    return Works(threading.RLock(), threading.Event())


def test_what_is_about_to_end_is_waited_for(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick is listed as soon as it is mounted, and the mounting has a little to do yet."""
    monkeypatch.setattr("appliance.usb.works._ENDING_SECONDS", _PATIENCE_S)
    going, done = threading.Event(), []

    def mount() -> None:
        going.wait(_PATIENCE_S)
        done.append("mounted")

    works.begin("stick", mount, _PATIENCE_S)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(works.do, "stick", lambda: done.append("ejected"), _PATIENCE_S)
        going.set()
        asked.result(_PATIENCE_S)
    assert done == ["mounted", "ejected"]


def test_what_lasts_is_not(works: Works) -> None:
    going = threading.Event()
    doing = works.begin("stick", lambda: _wait(going), _PATIENCE_S)
    with pytest.raises(DriveNotAnsweringError):
        works.do("stick", lambda: None, 0.01)
    going.set()
    doing.thread.join(_PATIENCE_S)
    works.do("stick", lambda: None, _PATIENCE_S)


def _wait(going: threading.Event) -> None:
    going.wait(_PATIENCE_S)
