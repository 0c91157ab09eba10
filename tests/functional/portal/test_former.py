# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers of an edition that is gone."""

import pytest
from flask.testing import FlaskClient

from appliance.content.catalog import Catalog
from appliance.content.item import Kind
from tests.functional.portal.shelf import Shelf


def test_a_reader_is_led_to_the_same_page_of_the_heir(client: FlaskClient, shelf: Shelf) -> None:
    old = shelf.put("Old", Kind.HTML)
    new = shelf.put("New", Kind.HTML)
    shelf.real.lead(old.id, new.id)
    shelf.real.remove(old.id)

    answer = client.get(f"/former/zim/{old.id}/A/Вода")

    assert answer.status_code == 302
    assert answer.location == f"/zim/{new.id}/A/%D0%92%D0%BE%D0%B4%D0%B0?led=1"


def test_nobody_is_led_in_a_circle_while_two_editions_change_places(
    client: FlaskClient, shelf: Shelf
) -> None:
    old, new = shelf.put("Old", Kind.HTML), shelf.put("New", Kind.HTML)
    shelf.real.lead(old.id, new.id)
    shelf.real.lead(new.id, old.id)

    there = client.get(f"/former/zim/{old.id}/A/missing")
    back = client.get(f"/former{there.location}")

    assert there.location == f"/zim/{new.id}/A/missing?led=1"
    assert back.status_code == 404


def test_what_never_was_is_not_found(client: FlaskClient) -> None:
    assert client.get("/former/zim/aaaaaaaaaaaaaaaa/A/page").status_code == 404


def test_an_undo_while_a_page_is_asked_for_leaves_nobody_without(
    client: FlaskClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item was gone when it was looked for; a moment later nothing has its place any more."""
    old, new = shelf.put("Old", Kind.HTML), shelf.put("New", Kind.HTML)
    shelf.real.lead(old.id, new.id)
    shelf.real.remove(old.id)
    monkeypatch.setattr(Catalog, "heir", lambda *_: "")

    answer = client.get(f"/item/{old.id}")

    assert answer.status_code == 302
    assert answer.location.endswith(f"/item/{new.id}")
