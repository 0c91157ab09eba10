# SPDX-License-Identifier: GPL-3.0-or-later
"""When two names are the same name."""

import unicodedata

# A name can be typed on a keyboard without the Tajik letters, or composed in another way.
_FOLD = str.maketrans("ёӣйӯқғҳҷ", "еииукгхч")


def fold_name(name: str) -> str:
    """The form in which names are compared: case, spaces and Tajik letters do not count."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(composed.translate(_FOLD).split())
