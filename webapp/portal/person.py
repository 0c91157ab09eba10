# SPDX-License-Identifier: GPL-3.0-or-later
"""Who of a class looks at the page, if anybody: everything works for guests too."""

import hashlib
import hmac
from typing import cast

from flask import Flask, Response, abort, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from appliance.learning.person import Person
from webapp.portal.library import library

COOKIE = "person"
"""Holds the secret of a session. No script reads it, and no page of another site makes the browser
send it; content that is shown lies on a host of another site (``Config.read_host``)."""

_OWN_SECONDS = 400 * 24 * 3600  # the longest that browsers keep any; the box ends it earlier
_FIELD = "csrf"
_HEADER = "X-Csrf"
# It only sets cookies about looks, and stands on pages that are the same for everybody.
_WITHOUT_TOKEN = frozenset({"settings.change"})


def person() -> Person | None:
    """Who is signed in in this browser; nobody for a guest."""
    if "person" not in g:
        g.person = None  # what a page goes by that reports an error of the next lines
        token = request.cookies.get(COOKIE, "")
        g.person = library().sessions.resume(token) if token else None
    return cast(Person | None, g.person)


def signed_out_by_itself() -> bool:
    """Somebody was signed in in this browser, and for too long nothing was done."""
    return COOKIE in request.cookies and person() is None


def csrf() -> str:
    """What every form of somebody signed in sends back; empty for a guest."""
    if person() is None:
        return ""
    if "csrf" not in g:
        g.csrf = hashlib.sha256(f"csrf {request.cookies[COOKIE]}".encode()).hexdigest()
    return cast(str, g.csrf)


def csrf_field() -> Markup:
    """The hidden field of a form, for templates: ``{{ csrf_field() }}``."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(_FIELD, csrf())


def sign_in(response: BaseResponse, person_id: str, *, own: bool) -> None:
    """Begin a session in this browser.

    Args:
        response: carries the cookie.
        person_id: who it is.
        own: a phone that nobody else uses; else the cookie goes when the browser is closed.
    """
    sign_out(response)
    response.set_cookie(
        COOKIE,
        library().sessions.start(person_id, own=own),
        max_age=_OWN_SECONDS if own else None,
        httponly=True,
        samesite="Strict",
    )


def sign_out(response: BaseResponse) -> None:
    """End this browser's session."""
    if COOKIE in request.cookies:
        library().sessions.end(request.cookies[COOKIE])
        response.delete_cookie(COOKIE, httponly=True, samesite="Strict")


def install(app: Flask) -> None:
    """Refuse forms without the token of whoever is signed in; give templates what they need."""
    app.before_request(_check_token)
    app.after_request(_keep_to_oneself)
    app.jinja_env.globals.update(
        person=person, csrf_field=csrf_field, signed_out_by_itself=signed_out_by_itself
    )


def _check_token() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS") or request.endpoint in _WITHOUT_TOKEN:
        return
    sent = request.headers.get(_HEADER) or request.form.get(_FIELD, "")
    if person() is not None and not hmac.compare_digest(sent.encode(), csrf().encode()):
        abort(403)


def _keep_to_oneself(response: Response) -> Response:
    """A page of somebody is not shown again by "back" to whoever takes the tablet next."""
    if g.get("person") is not None and response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response
