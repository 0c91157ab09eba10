# SPDX-License-Identifier: GPL-3.0-or-later
"""What the portal tells players, and what it keeps of what they tell."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.content.item import Kind
from appliance.content.scorm import FILE_NAME, Sco, ScormPackage
from appliance.learning.classes import NewClass
from appliance.learning.record import Record
from appliance.learning.state import LearningState
from tests.functional.portal.shelf import Shelf
from webapp.portal import play
from webapp.portal.library import Library
from webapp.portal.person import COOKIE
from webapp.portal.rate import Rate

_PROJECT = Path(__file__).parents[3]
SCOS = (Sco("i1", "Якум", "a.html?x=1", 80.0, "ҳа"), Sco("i2", "Дуюм", "b.html"))


@pytest.fixture
def record(library: Library) -> Record:
    return Record(library.school)


@pytest.fixture
def exercise(shelf: Shelf) -> str:
    return shelf.put("Машқ", Kind.H5P, files={"files/a.h5p": b"PK", "pages/h5p.json": b"{}"}).id


@pytest.fixture
def lessons(shelf: Shelf) -> str:
    package = msgspec.json.encode(ScormPackage(SCOS))
    return shelf.put("Дарсҳо", Kind.SCORM, files={"files/a.zip": b"PK", FILE_NAME: package}).id


@pytest.fixture
def person(client: FlaskClient, library: Library) -> str:
    """Somebody who is signed in in the client; their id."""
    own = library.classes.add(NewClass("5А"), clock_sure=True)
    somebody = library.people.add(own.id, "Зарина", clock_sure=True)
    client.set_cookie(COOKIE, library.sessions.start(somebody.id, own=True))
    client.set_cookie("language", "en")
    return somebody.id


def _tell(client: FlaskClient, item: str, **news: object) -> TestResponse:
    page = client.get(f"/item/{item}/read").text
    found = re.search(r'name="csrf" content="([0-9a-f]+)"', page)
    headers = {"X-Csrf": found[1]} if found else {}
    return client.post(
        f"/item/{item}/play",
        data=json.dumps(news),
        headers=headers,
        content_type="application/json",
    )


def test_an_exercise_opens_on_a_host_of_its_own(
    client: FlaskClient, exercise: str, person: str
) -> None:
    answer = client.get(f"/item/{exercise}/read")
    assert f"http://{exercise}.read.localhost:8080/reader/h5p.html" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-src http://read.localhost:8080 http://*.read.localhost:8080;" in policy
    begin = client.get(f"/item/{exercise}/play")
    assert begin.json
    assert begin.headers["Cache-Control"] == "no-store"
    assert (begin.json["title"], begin.json["keeps"], begin.json["state"]) == ("Машқ", True, "")
    assert person not in begin.text


def test_lessons_open_at_the_one_that_is_asked_for(
    client: FlaskClient, lessons: str, person: str
) -> None:
    assert 'data-at=""' in client.get(f"/item/{lessons}/read").text
    assert 'data-at="b.html"' in client.get(f"/item/{lessons}/read?at=b.html").text
    # As search finds it: by its path alone.
    assert 'data-at="a.html?x=1"' in client.get(f"/item/{lessons}/read?at=a.html").text
    begin = client.get(f"/item/{lessons}/play").json
    assert begin
    assert [sco["id"] for sco in begin["scos"]] == ["i1", "i2"]
    assert (begin["scos"][0]["mastery"], begin["scos"][0]["launch_data"]) == (80.0, "ҳа")


def test_a_state_comes_back(
    client: FlaskClient, exercise: str, person: str, record: Record
) -> None:
    state = {"data": '{"ҷавоб":1}', "share": 0.25}
    assert _tell(client, exercise, kind="state", seq=1, seconds=3.5, state=state).status_code == 204
    begin = client.get(f"/item/{exercise}/play").json
    assert begin
    assert begin["state"] == '{"ҷавоб":1}'
    progress = record.progress(person, [exercise])[exercise]
    assert (progress.state, progress.share) == (LearningState.IN_PROGRESS, 0.25)
    assert progress.seconds == pytest.approx(3.5)


def test_a_score_is_a_try(client: FlaskClient, exercise: str, person: str, record: Record) -> None:
    told = {"id": "1", "prompt": "2 + 2?", "answer": "5", "right": False, "score": 0}
    score = {"score": 0.5, "passed": False, "completed": True}
    answer = _tell(client, exercise, kind="score", seq=1, score=score, interactions=[told])
    assert answer.status_code == 204
    progress = record.progress(person, [exercise])[exercise]
    assert (progress.tries, progress.best, progress.passed) == (1, 0.5, False)


def test_what_has_no_score_is_only_done(
    client: FlaskClient, exercise: str, person: str, record: Record
) -> None:
    score = {"score": None, "passed": None, "completed": True}
    assert _tell(client, exercise, kind="score", seq=1, score=score).status_code == 204
    progress = record.progress(person, [exercise])[exercise]
    assert (progress.tries, progress.is_completed) == (0, True)


_STATE = {"data": "x"}
_SCORE = {"score": 1, "passed": True, "completed": True}
_TOLD = {"id": "1", "prompt": "", "answer": "", "right": True, "score": 1}


@pytest.mark.parametrize(
    "news",
    [
        {},
        {"kind": "state", "seq": 1},
        {"kind": "state", "seq": "1", "state": _STATE},
        {"kind": "state", "seq": 1, "state": {"data": 1}},
        {"kind": "state", "seq": 1, "state": {"data": "x" * 65537}},
        {"kind": "state", "seq": 1, "state": {"data": "x", "share": 1.5}},
        {"kind": "state", "seq": 1, "state": _STATE, "score": _SCORE},
        {"kind": "state", "seq": 1, "state": _STATE, "person": "somebody"},
        {"kind": "state", "seq": 1, "state": _STATE, "seconds": -1},
        {"kind": "state", "seq": 1, "state": _STATE, "seconds": 1e9},
        {"kind": "score", "seq": 1, "score": {**_SCORE, "score": 2}},
        {"kind": "score", "seq": 1, "score": {**_SCORE, "score": "1"}},
        {"kind": "score", "seq": 1, "score": {**_SCORE, "item": "other"}},
        {"kind": "score", "seq": 1, "score": _SCORE, "interactions": [_TOLD] * 101},
        {"kind": "score", "seq": 1, "score": _SCORE, "interactions": [{**_TOLD, "score": "x"}]},
        {"kind": "other", "seq": 1, "state": _STATE},
    ],
)
def test_what_no_player_says_is_not_kept(
    news: dict[str, object], client: FlaskClient, exercise: str, person: str, record: Record
) -> None:
    assert _tell(client, exercise, **news).status_code == 400
    assert not record.progress(person, [exercise])[exercise].started


def test_a_message_that_is_too_long_is_not_read(
    client: FlaskClient, exercise: str, person: str
) -> None:
    answer = _tell(client, exercise, kind="state", seq=1, state={"data": "x" * 300_000})
    assert answer.status_code == 413


def test_of_a_guest_nothing_is_kept(client: FlaskClient, exercise: str, library: Library) -> None:
    assert 'id="play-guest"' in client.get(f"/item/{exercise}/read").text
    assert _tell(client, exercise, kind="state", seq=1, state=_STATE).status_code == 204
    kept = library.school.connection.execute("SELECT count(*) FROM progress").fetchone()[0]
    assert kept == 0


def test_without_the_token_of_the_session_nothing_is_kept(
    client: FlaskClient, exercise: str, person: str
) -> None:
    body = json.dumps({"kind": "state", "seq": 1, "state": _STATE})
    assert client.post(f"/item/{exercise}/play", data=body).status_code == 403
    foreign = {"Origin": f"http://{exercise}.read.localhost:8080"}
    assert client.post(f"/item/{exercise}/play", data=body, headers=foreign).status_code == 403


def test_what_is_not_played_has_no_door(client: FlaskClient, shelf: Shelf, person: str) -> None:
    book = shelf.put("Китоб", Kind.PDF, files={"files/a.pdf": b"%PDF"}).id
    assert client.get(f"/item/{book}/play").status_code == 404
    assert _tell(client, book, kind="state", seq=1, state=_STATE).status_code == 404
    assert client.get("/item/aaaaaaaaaaaaaaaa/play").status_code == 404


def test_who_shouts_is_not_heard_for_a_while(
    client: FlaskClient, exercise: str, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play, "RATE", Rate(3, 60.0, lambda: 0.0))
    said = [_tell(client, exercise, kind="state", seq=n, state=_STATE) for n in range(4)]
    assert [answer.status_code for answer in said] == [204, 204, 204, 429]
    assert said[3].headers["Retry-After"]


def test_a_rate_is_counted_for_each_alone() -> None:
    now = 0.0
    rate = Rate(2, 10.0, lambda: now)
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    assert rate.allows("b")
    now = 5.0
    assert [rate.allows("a") for _ in range(2)] == [True, False]
    now = 100.0
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]


def _open(client: FlaskClient, item: str) -> dict[str, str]:
    """What the script of a page of this item sends with everything."""
    page = client.get(f"/item/{item}/read").text
    found = re.search(r'name="csrf" content="([0-9a-f]+)"', page)
    return {"X-Csrf": found[1]} if found else {}


_STATE_NEWS = {"kind": "state", "seq": 1, "state": {"data": "old", "share": 0.5}}
_SCORE_NEWS = {
    "kind": "score",
    "seq": 2,
    "score": {"score": 0.5, "passed": True, "completed": True},
}


def test_what_is_told_of_an_exercise_that_was_replaced_meanwhile_counts_for_its_heir(
    client: FlaskClient, shelf: Shelf, exercise: str, person: str
) -> None:
    headers = _open(client, exercise)
    new = shelf.put("Машқи нав", Kind.H5P, files={"pages/h5p.json": b"{}"}, former=(exercise,)).id
    shelf.real.remove(exercise)
    for news in (_STATE_NEWS, _SCORE_NEWS):
        answer = client.post(f"/item/{exercise}/play", json=news, headers=headers)
        assert answer.status_code == 204
    records = client.application.extensions["chashma-learning"]
    with client.application.test_request_context():
        records.follow_shelf()
    progress = records.record.progress(person, [new])[new]
    assert (progress.is_completed, progress.tries, progress.best) == (True, 1, 0.5)
    # The new edition does not go on in the middle of the old one, whose pages were others.
    begin = client.get(f"/item/{new}/play").json
    assert begin
    assert begin["state"] == ""


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_what_was_begun_is_told_to_its_end_though_it_has_left_the_shelf(
    how: str, client: FlaskClient, shelf: Shelf, exercise: str, person: str, record: Record
) -> None:
    headers = _open(client, exercise)
    address = f"/item/{exercise}/play"
    client.post(address, json=_STATE_NEWS, headers=headers)
    if how == "removed":
        shelf.real.remove(exercise)
    else:
        shelf.real.change(exercise, hidden=True)
    assert client.post(address, json=_SCORE_NEWS, headers=headers).status_code == 204
    assert record.progress(person, [exercise])[exercise].tries == 1
    # It opens for nobody any more, and nobody begins with it.
    assert client.get(address).status_code == 404
    other = client.application.test_client()
    assert other.post(address, json=_SCORE_NEWS).status_code == 404


def test_the_words_of_a_player_without_script(client: FlaskClient, lessons: str) -> None:
    page = client.get(f"/item/{lessons}/read").text
    noscript = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert f"/item/{lessons}/download" in noscript
    assert len(page.encode()) < 20_000


def test_the_script_and_the_server_agree_on_limits() -> None:
    script = (_PROJECT / "webapp/portal/static/play.js").read_text()
    assert "MOST_STATE = 65536" in script
    assert "MOST_INTERACTIONS = 100" in script
