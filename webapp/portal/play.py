# SPDX-License-Identifier: GPL-3.0-or-later
"""What players are told when they begin, and what they tell of the work done in them."""

from flask import Blueprint, Response, abort, jsonify, request

from appliance.content.item import Item, Kind
from appliance.content.scorm import read_scorm
from appliance.errors import UnknownItemError
from appliance.learning.person import Person
from webapp.portal.interface import gettext, me
from webapp.portal.learning import learning
from webapp.portal.library import library
from webapp.portal.person import person
from webapp.portal.play_news import MOST_BYTES, News, NewsError, read_news
from webapp.portal.rate import Rate

bp = Blueprint("play", __name__, url_prefix="/item")

PLAYED = frozenset({Kind.H5P, Kind.SCORM})

_RETRY_SECONDS = "5"
# A player saves each few seconds; what comes faster than this is no player of ours.
RATE = Rate(40, 60.0)


@bp.get("/<item_id>/play")
def begin(item_id: str) -> Response:
    """All that a player needs to begin, with the state to go on from."""
    item = _played(item_id)
    somebody = person()
    scos = read_scorm(library().store.path(item.id)).scos if item.kind is Kind.SCORM else ()
    answer = jsonify(
        title=item.title_in(me.language),
        language=me.language,
        keeps=somebody is not None,
        state=learning().record.resume(somebody.id, item.id) if somebody else "",
        scos=[
            {"id": s.id, "title": s.title, "href": s.href, "mastery": s.mastery}
            | {"launch_data": s.launch_data}
            for s in scos
        ],
        lessons=gettext("Lessons"),
        back=gettext("Back"),
        further=gettext("Further"),
        trouble=gettext("This cannot be played here. Download it instead."),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<item_id>/play")
def take(item_id: str) -> Response:
    """Keep what the player says of whoever is signed in; of a guest nothing is kept."""
    somebody = person()
    if not _counts(item_id, somebody):
        abort(404)
    if somebody is None:
        return Response(status=204)
    if not RATE.allows(somebody.id):
        return Response(status=429, headers={"Retry-After": _RETRY_SECONDS})
    request.max_content_length = MOST_BYTES
    try:
        news = read_news(request.get_data())
    except NewsError:
        abort(400)
    _keep(somebody.id, item_id, news)
    return Response(status=204)


def _keep(person_id: str, item_id: str, news: News) -> None:
    record, score = learning().record, news.score
    if news.state is not None:
        state, share = news.state.data, news.state.share
        record.seen(person_id, item_id, share=share, seconds=news.seconds, resume=state)
    elif score is not None and score.score is not None:
        record.seen(person_id, item_id, seconds=news.seconds)
        record.result(person_id, item_id, score.score, score.passed, news.told)
    elif score is not None:
        done = score.completed and score.passed is not False
        share = 1.0 if score.completed else None
        record.seen(person_id, item_id, share=share, seconds=news.seconds, completed=done)


def _counts(item_id: str, somebody: Person | None) -> bool:
    """Whether something is played, or was until it left the shelf under somebody's hands.

    A page that was open then goes on telling: of what has an heir, or was begun before. The record
    counts it for the heir, or keeps it for the day when the item comes back.
    """
    try:
        return library().item(item_id).kind in PLAYED
    except UnknownItemError as exc:
        heir = exc.heir
    if heir:
        return library().catalog.get(heir).kind in PLAYED
    if somebody is None or not learning().record.progress(somebody.id, [item_id])[item_id].started:
        raise UnknownItemError(item_id)
    return True


def _played(item_id: str) -> Item:
    item = library().item(item_id)
    if item.kind not in PLAYED:
        abort(404)
    return item
