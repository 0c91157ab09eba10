# SPDX-License-Identifier: GPL-3.0-or-later
"""What the browser is told not to do, and which requests are not listened to."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from appliance.config import Config

_LONGEST_PATH = 2000


def install(app: Flask, config: Config) -> None:
    """Put the headers on every answer, and refuse forms that came from elsewhere."""
    policy = (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; "
        f"frame-src {config.read_url}; base-uri 'none'; frame-ancestors 'none'"
    )

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault("Vary", "Cookie")
        return response

    app.before_request(_refuse_foreign_form)


def _refuse_foreign_form() -> None:
    """Refuse a form that another page sent; content in a sandbox sends ``Origin: null``."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


def local_path(target: str) -> str:
    """A path of this site to go on to; the home page where ``target`` is anything else.

    Browsers take a backslash for a slash, drop tabs and line ends inside an address, and read
    ``//name`` as another host.
    """
    plain = target.isprintable() and "\\" not in target and len(target) <= _LONGEST_PATH
    if plain and target.startswith("/") and not target.startswith("//"):
        return target
    return "/"
