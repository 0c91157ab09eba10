# SPDX-License-Identifier: GPL-3.0-or-later
"""Folding: one spelling for what people write in several ways.

Tajik is mostly typed on a Russian keyboard, which has no ғ ӣ қ ӯ ҳ ҷ; so both what is indexed and
what is asked are brought to the letters that every keyboard has.
"""

import re
import unicodedata
from collections.abc import Iterator

# Letters with a mark that Unicode can take off (ё й ӣ ӯ ў ї é ğ) need no line here.
_LETTERS = {"қ": "к", "ғ": "г", "ҳ": "х", "ҷ": "ч", "ъ": None, "ь": None, "ı": "i"}
_SILENT = "'’ʼʻ‘`\u00ad"  # apostrophes stand for ъ in Latin Tajik; soft hyphens come from PDFs
_MARKS = [*range(0x0300, 0x0370), *range(0x064B, 0x0653), 0x0670]
_TABLE = str.maketrans({**_LETTERS, **dict.fromkeys(_SILENT), **dict.fromkeys(_MARKS)})

# A word may hold marks, soft hyphens, and apostrophes between letters.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad]|[{_SILENT}](?=[^\W_]))*")


def fold(text: str) -> str:
    """The text in small letters without marks, Tajik letters as a Russian keyboard types them.

    Folding twice changes nothing more. Words keep their order and their number, but the length
    changes.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", plain.translate(_TABLE))


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, unfolded, with their positions."""
    return _WORD.finditer(text)
