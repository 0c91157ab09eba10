# SPDX-License-Identifier: GPL-3.0-or-later
"""What the browser is told not to do, and which requests are not listened to."""

from flask import Flask, Response, request

SMALL_FORM = 256 * 1024
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
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
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
