# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up library, large and always the same, for measuring the search."""

import itertools
import random
from collections.abc import Iterator

from appliance.content.item import Item, Kind, Metadata, Passage

# Words that titles of school libraries are made of; queries are made of them too.
COMMON = {
    "tg": "китоб мактаб забон тоҷикӣ ҳуқуқ инсон синф дарс хонанда муаллим таърих ҷуғрофия "
    "адабиёт математика физика химия биология ҳуҷайра об замин кӯҳ ватан шеър ҳикоя афсона "
    "илм дониш таҳсил омӯзгор кишвар ҷумҳурӣ Хуҷанд Душанбе Помир Рӯдакӣ Айнӣ қонун ҷамъият",
    "ru": "книга школа язык русский право человек класс урок ученик учитель история география "
    "литература математика физика химия биология клетка вода земля гора родина стих рассказ "
    "сказка наука знание школьник таблица формула документ текст город республика закон природа",
    "en": "book school language english right human class lesson pupil teacher history geography "
    "literature mathematics physics chemistry biology cell water earth mountain homeland poem "
    "story tale science knowledge studies table formula document text city republic law nature",
}
_SYLLABLES = {
    "tg": "ба до ро ҳа қу ғи ҷо ми на са та ху ши зо ёр пар гул дил сан ман бон дӯ кӯ ниҳ",
    "ru": "ва ге до жи ка ло ме но пы ра са ту фо хи це че ша ющ ств ени ост пре раз под",
    "en": "al ber con dis en fer gra hou in jun ker lin mur nes op pre qui res sta tion un ver",
}
_VOCABULARY = 25_000  # words of each language
_PASSAGES = 2
_WORDS_OF_PASSAGE = 80
_KINDS = (Kind.PDF, Kind.EPUB, Kind.VIDEO, Kind.HTML, Kind.AUDIO)


class Language:
    """Draws words as often as people use them: the n-th commonest word 1/n as often (Zipf)."""

    def __init__(self, code: str, rng: random.Random) -> None:
        """Make up a vocabulary."""
        self.code = code
        self._rng = rng
        syllables = _SYLLABLES[code].split()
        made_up = {"".join(rng.choices(syllables, k=rng.randint(2, 5))) for _ in range(_VOCABULARY)}
        self._common = COMMON[code].split()
        self._words = [*self._common, *sorted(made_up)]
        rng.shuffle(self._words)
        self._weights = list(itertools.accumulate(1 / n for n in range(3, len(self._words) + 3)))

    def text(self, length: int) -> str:
        """That many words."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._weights, k=length))

    def title(self) -> str:
        """A title: some words of the school, some of any kind."""
        school = self._rng.sample(self._common, 2)
        return f"{' '.join(school)} {self.text(self._rng.randint(1, 4))}".capitalize()


def made_up_items(count: int) -> Iterator[tuple[Item, list[Passage]]]:
    """Items in Tajik, Russian and English with their text."""
    rng = random.Random(7)
    languages = [Language(code, rng) for code in COMMON]
    for number in range(count):
        language = languages[number % len(languages)]
        metadata = Metadata(
            title=f"{language.title()} {rng.randint(1, 11)}",
            description=language.text(12),
            authors=(language.text(2).title(),),
            languages=(language.code,),
            collection=f"Shelf {number % 40}",
        )
        passages = [
            Passage(str(page + 1), language.text(_WORDS_OF_PASSAGE)) for page in range(_PASSAGES)
        ]
        yield _item(f"item{number}", _KINDS[number % len(_KINDS)], metadata), passages


def archive_item(item_id: str, title: str, language: str) -> Item:
    """An archive on the shelf."""
    return _item(item_id, Kind.ZIM, Metadata(title=title, languages=(language,)))


def _item(item_id: str, kind: Kind, metadata: Metadata) -> Item:
    return Item(item_id, kind, metadata, (), "2026-01-01T00:00:00Z", "made up")
