# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that say what went wrong and what to do."""

from flask import Flask, flash, g, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from appliance.errors import UnknownItemError
from appliance.language import DEFAULT, N_
from appliance.learning.classes import UnknownClassError
from appliance.learning.people import UnknownPersonError
from appliance.school.settings import Settings
from appliance.school.staff import UnknownMemberError
from webapp.admin.interface import gettext

_GONE = 404
_MESSAGES = {
    400: N_("The browser sent something that cannot be understood. Go back and try again."),
    403: N_("Your account may not do this. Ask an administrator."),
    404: N_("There is no such page. What you look for may have been removed."),
    405: N_("There is no such page. What you look for may have been removed."),
    413: N_("This is too large to be sent. Copy it to a USB stick and plug it into the box."),
    411: N_("The browser sent something that cannot be understood. Go back and try again."),
    507: N_("The disk has no room for this file. Remove something from the shelf first."),
    500: N_("The box made a mistake, and wrote it down. Try again; if it stays, restart the box."),
}
_STALE_FORM = N_(
    "This page was open for too long, or you signed in or out in another window. "
    "Nothing was changed. Go back, load the page anew and try again."
)


def install(app: Flask) -> None:
    """Give errors the look of the other pages."""
    app.register_error_handler(UnknownItemError, lambda _: _page(_GONE))
    app.register_error_handler(UnknownMemberError, lambda _: _page(_GONE))
    app.register_error_handler(UnknownClassError, lambda _: _page(_GONE))
    app.register_error_handler(UnknownPersonError, lambda _: _page(_GONE))
    app.register_error_handler(CSRFError, lambda _: _page(400, _STALE_FORM))
    app.register_error_handler(HTTPException, lambda error: _page(error.code or 500))


def tell(message: str, kind: str = "done", **words: object) -> None:
    """Show a sentence at the top of the next page.

    Args:
        message: in English, marked for translation where it is written.
        kind: ``done``, ``warning`` or ``error``.
        words: what its placeholders stand for.
    """
    flash(gettext(message) % words if words else gettext(message), kind)


def _page(code: int, message: str = "") -> tuple[str, int]:
    # A request whose reader could not be found out, because school.db cannot be read.
    for name, value in (("member", None), ("language", DEFAULT), ("settings", Settings())):
        if name not in g:
            setattr(g, name, value)
    said = message or _MESSAGES.get(code, _MESSAGES[400])
    return render_template("error.html", code=code, message=gettext(said)), code
