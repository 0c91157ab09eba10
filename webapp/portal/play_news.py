# SPDX-License-Identifier: GPL-3.0-or-later
"""What a player says of somebody's work: hostile, because content can say the same.

Nothing here is believed beyond its form. A pupil can make up a result of their own; neither they
nor content can say anything of another person or another item, since neither is named here.
"""

import math
from typing import Literal

import msgspec

from appliance.learning.record import Interaction

MOST_BYTES = 256 * 1024
"""Of a whole message, as it comes."""

MOST_STATE = 64 * 1024
"""Characters of a state."""

MOST_SECONDS = 3600.0
"""That may have passed since the message before."""

_MOST_INTERACTIONS = 100


class NewsError(Exception):
    """What came is not what a player of ours says."""


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where somebody is, in the player's own words; ``share`` of the lessons that are done."""

    data: str
    share: float | None = None


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How somebody did: share of the points from 0 to 1, nothing where none are given."""

    score: float | None
    passed: bool | None
    completed: bool


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question, and what somebody answered."""

    id: str
    prompt: str
    answer: str
    right: bool
    score: float


class News(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message.

    Attributes:
        seq: its number since the page was opened.
        seconds: that the page was in front since the message before.
        interactions: what was answered up to this score.
    """

    kind: Literal["state", "score"]
    seq: int
    seconds: float = 0.0
    state: State | None = None
    score: Score | None = None
    interactions: tuple[Told, ...] = ()

    @property
    def told(self) -> tuple[Interaction, ...]:
        """The interactions as the record keeps them."""
        return tuple(
            Interaction(
                id=one.id,
                is_right=one.right,
                answer=(one.answer,),
                prompt=one.prompt,
                score=one.score,
            )
            for one in self.interactions
        )


def read_news(body: bytes) -> News:
    """A message that has the form it should have, with numbers that can be numbers.

    Raises:
        NewsError: it has not.
    """
    try:
        news = msgspec.json.decode(body, type=News)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise NewsError(str(exc)) from exc
    numbers = [news.seconds, *(one.score for one in news.interactions)]
    shares = []
    if news.state:
        shares.append(news.state.share)
    if news.score:
        shares.append(news.score.score)
    wrong = (
        (news.kind == "state") != (news.state is not None)
        or (news.kind == "score") != (news.score is not None)
        or not all(map(math.isfinite, numbers))
        or not all(share is None or 0 <= share <= 1 for share in shares)
        or not 0 <= news.seconds <= MOST_SECONDS
        or len(news.interactions) > _MOST_INTERACTIONS
        or (news.state is not None and len(news.state.data) > MOST_STATE)
    )
    if wrong:
        raise NewsError("numbers or sizes that no player sends")
    return news
