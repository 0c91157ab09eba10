# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards to be printed and cut: for each of a class what they need to join it."""

import segno
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from appliance.language import N_, UI_LANGUAGES
from appliance.learning.person import SchoolClass
from webapp.admin.interface import translations
from webapp.admin.office import office

bp = Blueprint("class_cards", __name__, url_prefix="/classes")

# In the order of the card; each is said in every language.
_SAID = {
    "open": N_("Open in the browser:"),
    "code": N_("Code of the class:"),
    "name": N_("Name:"),
    "pictures": N_("Your three pictures, in this order:"),
    "scan": N_("Or point the phone's camera here."),
}


@bp.get("/<int:class_id>/cards")
def show(class_id: int) -> ResponseReturnValue:
    """A sheet of cards, or one large sheet with the code for the wall."""
    known = office().classes.get(class_id)
    said = {
        key: [(language, translations(language).gettext(text)) for language in UI_LANGUAGES]
        for key, text in _SAID.items()
    }
    return render_template(
        "classes/cards.html",
        known=known,
        people=office().people.all(class_id),
        pictures=office().people.pictures(class_id),
        said=said,
        code=join_code(known),
        address=f"{office().config.portal_url}/join",
        wall="wall" in request.args,
    )


def join_code(known: SchoolClass) -> str:
    """What a phone's camera opens the door of the class by: the address of a picture."""
    address = f"{office().config.portal_url}/join/{known.code}"
    return segno.make_qr(address, error="m").svg_data_uri(scale=5, light="#fff")
