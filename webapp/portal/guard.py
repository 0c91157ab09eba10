# SPDX-License-Identifier: GPL-3.0-or-later
"""What the browser is told not to do, and which requests are not listened to."""

from flask import Flask, Response

from appliance.config import Config
from webapp.same_site import refuse_foreign_form


def install(app: Flask, config: Config) -> None:
    """Put the headers on every answer, and refuse forms that came from elsewhere."""
    policy = (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; "
        f"frame-src {config.read_url} {config.item_urls}; base-uri 'none'; frame-ancestors 'none'"
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

    app.before_request(refuse_foreign_form)
