# SPDX-License-Identifier: GPL-3.0-or-later
"""What the browser is told not to do, and which requests are not listened to."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

SMALL_FORM = 256 * 1024
_LONGEST_PATH = 2000
_LIFETIME = 100 * 365 * 24 * 3600


def configure(app: Flask, key: bytes) -> None:
    """Set cookies and limits.

    A cookie whose name begins with ``__Host-`` is only taken over HTTPS, for this host alone.
    Sessions end on the box (see ``appliance.school.session``): the cookie's own date would end
    them when somebody sets the clock, so it is given a lifetime of a hundred years.
    """
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME="__Host-chashma",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=_LIFETIME,
        MAX_CONTENT_LENGTH=SMALL_FORM,
        WTF_CSRF_TIME_LIMIT=None,
    )


def install(app: Flask) -> None:
    """Put the headers on every answer."""
    policy = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        # Not "no-referrer": the check of a form looks at where it came from.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response


def is_from_elsewhere() -> bool:
    """Whether another site made the browser ask."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def refuse_foreign_form() -> None:
    """Refuse a form of another site before its body is read; the token is checked after that."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if is_from_elsewhere() or (origin is not None and urlsplit(origin).netloc != request.host):
        abort(403)


def local_path(target: str) -> str:
    """A path of this site to go on to; the first page where ``target`` is anything else.

    Browsers take a backslash for a slash, drop tabs and line ends inside an address, and read
    ``//name`` as another host.
    """
    plain = target.isprintable() and "\\" not in target and len(target) <= _LONGEST_PATH
    if plain and target.startswith("/") and not target.startswith("//"):
        return target
    return "/"
