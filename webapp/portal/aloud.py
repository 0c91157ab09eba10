# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading aloud: what a page tells its script of it, and the sounds that the box makes."""

from flask import Response, abort

from appliance.content.made_files import MadeBusyError
from appliance.content.voice import MOST_LETTERS, VoiceError
from webapp.portal.answer import cached_file
from webapp.portal.library import Library, library

_BUSY_SECONDS = "2"


class Aloud:
    """A text that can be read aloud: by the browser's voice, else by the box's.

    Attributes:
        language: of the text; empty where nobody knows, and then nobody can read it.
        address: below which the box's sounds are; empty where it does not speak the language.
    """

    def __init__(self, shelf: Library, owner: str, language: str) -> None:
        """The text of ``owner``: the path of a page about which ``sound`` can be asked."""
        self.language = language
        speaks = language in shelf.voices.languages
        self.address = f"{owner}/voice/{language}" if speaks else ""

    @property
    def attributes(self) -> dict[str, str | None]:
        """What the element around the text tells the script."""
        return {"data-aloud": self.language, "data-voice": self.address or None}


def sound(item_id: str, language: str, text: str) -> Response:
    """A text of the shelf, spoken; what the shelf does not say is never spoken."""
    try:
        path = library().voices.sound(item_id, language, text[:MOST_LETTERS])
    except VoiceError:
        abort(404)
    except MadeBusyError:
        return Response(status=503, headers={"Retry-After": _BUSY_SECONDS})
    return cached_file(path, "audio/mpeg")
