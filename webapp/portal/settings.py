# SPDX-License-Identifier: GPL-3.0-or-later
"""The form on every page that changes how the pages look; it only sets cookies."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from appliance.language import UI_LANGUAGES
from webapp.portal.answer import remember
from webapp.portal.visitor import SPACINGS, TEXT_SIZES, THEMES, content_languages
from webapp.same_site import local_path

bp = Blueprint("settings", __name__)

_CHOICES = {
    "language": UI_LANGUAGES,
    "text": TEXT_SIZES,
    "theme": THEMES,
    "spacing": SPACINGS,
}
_EASY = {
    "on": {"text": TEXT_SIZES[1], "spacing": SPACINGS[1]},
    "off": {"text": TEXT_SIZES[0], "spacing": SPACINGS[0]},
}
"""What "easier to read" means, for those who do not want to try out each."""


@bp.post("/settings")
def change() -> Response:
    """Keep what the form chose, and go back to the page that it was on."""
    response = redirect(local_path(request.form.get("next", "/")), code=303)
    for name, choices in _CHOICES.items():
        if request.form.get(name) in choices:
            remember(response, name, request.form[name])
    for name, value in _EASY.get(request.form.get("easy", ""), {}).items():
        remember(response, name, value)
    if "content_form" in request.form:
        remember(response, "content", ".".join(content_languages(request.form.getlist("content"))))
    return response
