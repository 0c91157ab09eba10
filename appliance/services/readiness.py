# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the stack answers, asked as a browser would ask."""

import http.client
import ssl
import time
from collections.abc import Callable

from appliance.config import Config
from appliance.errors import ApplianceError
from appliance.services.service import kiwix_port

_PAUSE = 0.1
_SERVER_ERRORS = 500


class NotAnsweringError(ApplianceError):
    """A part of the stack does not answer; ``args[0]`` names it."""


def wait_until_ready(
    config: Config, *, seconds: float, still_running: Callable[[], bool] = lambda: True
) -> None:
    """Wait until the portal, the host for content and the admin panel really answer.

    Raises:
        NotAnsweringError: one of them does not, within the time or because all has stopped.
    """
    deadline = time.monotonic() + seconds
    for name, ask in _questions(config).items():
        while not ask():
            if time.monotonic() > deadline or not still_running():
                raise NotAnsweringError(name)
            time.sleep(_PAUSE)


def _questions(config: Config) -> dict[str, Callable[[], bool]]:
    here = "127.0.0.1"
    return {
        "nginx": lambda: _answers(
            http.client.HTTPConnection(here, config.port, timeout=10),
            config.read_url,
            "/frame.js",
        ),
        "web": lambda: _answers(
            http.client.HTTPConnection(here, config.port, timeout=10), config.portal_url, "/"
        ),
        "admin": lambda: _answers(
            _NamedConnection(here, config.admin_port, config.admin_host),
            config.admin_url,
            "/",
        ),
        "kiwix": lambda: _answers(
            http.client.HTTPConnection(here, kiwix_port(config), timeout=10),
            "",
            "/catalog/v2/root.xml",
        ),
    }


class _NamedConnection(http.client.HTTPConnection):
    """To an address, by TLS, under a name; the box answers its own name alone."""

    def __init__(self, address: str, port: int, name: str) -> None:
        super().__init__(address, port, timeout=10)
        self._name = name

    def connect(self) -> None:
        super().connect()
        context = ssl._create_unverified_context()  # noqa: S323 - our own certificate, asked on loopback
        self.sock = context.wrap_socket(self.sock, server_hostname=self._name)


def _answers(connection: http.client.HTTPConnection, url: str, path: str) -> bool:
    try:
        headers = {"Host": url.partition("://")[2]} if url else {}
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status < _SERVER_ERRORS
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
