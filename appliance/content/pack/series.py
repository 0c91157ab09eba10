# SPDX-License-Identifier: GPL-3.0-or-later
"""What a series of packs is called, made from what people type."""

import re
import unicodedata

ID_PATTERN = re.compile(r"[a-z0-9-]{1,64}")
_LONGEST = 64
_PAIRS = (
    "а=a б=b в=v г=g ғ=gh д=d е=e ё=yo ж=zh з=z и=i ӣ=i й=y к=k қ=q л=l м=m н=n о=o п=p р=r "
    "с=s т=t у=u ӯ=u ф=f х=kh ҳ=h ч=ch ҷ=j ш=sh щ=shch ц=ts ъ= ь= ы=y э=e ю=yu я=ya"
)
_LATIN = str.maketrans(dict(re.findall(r"(\w)=(\w*)", _PAIRS)))
_NOT_TAJIK = re.compile(r"[ыщць]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def series_id(name: str) -> str:
    """An id made of a name in Latin or Cyrillic letters; empty where nothing of it is left."""
    latin = unicodedata.normalize("NFC", name).casefold().translate(_LATIN)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")


def title_language(title: str) -> str:
    """The language in which a title stands in a pack when nobody said it, told by its letters."""
    if not _CYRILLIC.search(title):
        return "en"
    return "ru" if _NOT_TAJIK.search(title) else "tg"
