# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody with a browser that keeps its connection: a pupil, or a teacher in the panel."""

import http.client
import re
import ssl
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from appliance.config import Config

_FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
_LEADS_ON = (302, 303)


class Browser:
    """Asks one host of a running stack."""

    def __init__(self, connection: http.client.HTTPConnection, host: str, **cookies: str) -> None:
        self._connection, self._host, self._cookies = connection, host, cookies

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> str:
        """A page, and where it leads on the page there.

        Raises:
            RuntimeError: it is answered with an error.
        """
        headers = {
            "Host": self._host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = headers["Referer"] = f"https://{self._host}"
        body = None if form is None else urlencode(form)
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        page = response.read()
        for header in response.headers.get_all("Set-Cookie", ()):
            self._cookies |= {name: one.value for name, one in SimpleCookie(header).items()}
        if response.status in _LEADS_ON:
            return self.ask(response.headers["Location"])
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {response.status}")
        return page.decode()


class _TlsConnection(http.client.HTTPConnection):
    """To this machine under a name that it makes the certificate of itself for."""

    def __init__(self, port: int, name: str) -> None:
        super().__init__("127.0.0.1", port, timeout=120)
        self._name = name

    def connect(self) -> None:
        super().connect()
        context = ssl._create_unverified_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self._name)


def on_portal(config: Config, cookie: str) -> Browser:
    """Somebody of a class, by the secret of their session."""
    connection = http.client.HTTPConnection("127.0.0.1", config.port, timeout=120)
    host = config.portal_url.partition("://")[2]
    return Browser(connection, host, person=cookie, language="en")


def in_panel(config: Config, name: str, password: str) -> Browser:
    """Somebody of the staff, signed in."""
    connection = _TlsConnection(config.admin_port, config.admin_host)
    browser = Browser(connection, config.admin_url.partition("://")[2])
    form = hidden_fields(browser.ask("/sign-in"), "<form")
    browser.ask("/sign-in", {**form, "name": name, "password": password})
    return browser


def hidden_fields(page: str, after: str) -> dict[str, str]:
    """The hidden fields of what begins there."""
    return dict(_FIELD.findall(page.partition(after)[2]))
