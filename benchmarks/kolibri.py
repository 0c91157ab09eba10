# SPDX-License-Identifier: GPL-3.0-or-later
"""Kolibri from PyPI, the peer: installed into a folder, with one facility and an administrator."""

import contextlib
import http.cookiejar
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks import contestant
from benchmarks.contestant import Contestant

_NAME, _PASSWORD = "admin", "adminpass"
_START_SECONDS = 120


@contextlib.contextmanager
def started(
    folder: Path, port: int, *, core: int | None = None
) -> Iterator[tuple[Contestant, dict[str, str]]]:
    """Kolibri, and the headers of somebody who is signed in."""
    environment = {
        **home_of(folder),
        "KOLIBRI_LISTEN_ADDRESS": "127.0.0.1",
        "KOLIBRI_HTTP_PORT": str(port),
        "KOLIBRI_ZIP_CONTENT_PORT": str(port + 100),
        "KOLIBRI_DISABLE_PING": "1",
        "KOLIBRI_ZEROCONF_ENABLED": "False",
    }
    command = [str(install(folder)), "start", "--foreground"]
    with contestant.started("kolibri", port, command, environment, core=core) as running:
        yield running, {"Accept-Encoding": "gzip", "Cookie": _sign_in(port)}


def home_of(folder: Path) -> dict[str, str]:
    """The variables by which its programs find where it keeps its things."""
    return {"KOLIBRI_HOME": str(folder / "home"), "KOLIBRI_RUN_MODE": "research"}


def install(folder: Path) -> Path:
    """Install it, and make its facility, where they are missing; its program."""
    program = folder / "bin" / "kolibri"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "kolibri"], check=True)
    if (folder / "home" / "db.sqlite3").exists():
        return program
    subprocess.run(
        [
            *(program, "manage", "provisiondevice", "--facility", "School"),
            *("--superusername", _NAME, "--superuserpassword", _PASSWORD),
            *("--preset", "nonformal", "--language_id", "en", "--noinput"),
        ],
        env={**os.environ, **home_of(folder)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return program


def _sign_in(port: int) -> str:
    """The cookies of a session."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    base = f"http://127.0.0.1:{port}"
    opener.open(f"{base}/en/auth/", timeout=_START_SECONDS).read()
    with opener.open(f"{base}/api/auth/facility/", timeout=_START_SECONDS) as answer:
        facility = json.load(answer)[0]["id"]
    token = next((c.value for c in jar if "csrf" in c.name), "") or ""
    request = urllib.request.Request(
        f"{base}/api/auth/session/",
        data=json.dumps({"username": _NAME, "password": _PASSWORD, "facility": facility}).encode(),
        headers={"Content-Type": "application/json", "X-CSRFToken": token},
    )
    opener.open(request, timeout=_START_SECONDS).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
