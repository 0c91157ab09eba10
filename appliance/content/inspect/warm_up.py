# SPDX-License-Identifier: GPL-3.0-or-later
"""What libraries load only at their first use, loaded once for all children.

Else each child would load it again: ten times the work that a small file itself is.
"""

import gc
import io
import wave

import mutagen

from appliance.content.inspect.cover import example_cover
from appliance.language import normal_language


def warm_up() -> None:
    """Use what inspectors use, on words and bytes of our own, where children are forked from."""
    example_cover()
    normal_language("тоҷикӣ")  # the names of all languages are a table of its own
    for easy in (True, False):
        mutagen.File(io.BytesIO(_silence()), easy=easy)
    # A collection in a child would otherwise write to, and so copy, every page that it inherited.
    gc.collect()
    gc.freeze()


def _silence() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return written.getvalue()
