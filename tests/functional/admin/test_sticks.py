# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of rules and keys, as an administrator uses it."""

import pytest

from appliance.config import Config
from appliance.content.policy import (
    FromSticks,
    StickPolicy,
    TrustedKey,
    read_policy,
    write_policy,
)
from appliance.school.activity import Action
from appliance.school.opening import Records
from tests.functional.admin.conftest import Browser
from webapp.admin import create_app
from webapp.admin.office import Office

KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


def add(browser: Browser, name: str = "Khujand", key: str = KEY) -> str:
    answer = browser.post(
        "/sticks/add", {"name": name, "key": key}, page="/sticks/add", follow_redirects=True
    )
    return answer.text


def test_the_start_of_the_web_writes_the_policy(config: Config) -> None:
    Records(config)
    assert config.stick_policy.stat().st_mode & 0o777 == 0o640
    assert read_policy(config.stick_policy).from_sticks is FromSticks.ASK


def test_a_panel_that_is_opened_late_leaves_the_policy(config: Config) -> None:
    """Each worker makes its own panel when it is asked for; another may have told more by then."""
    told = StickPolicy(keys=(TrustedKey(KEY),))
    Records(config)
    write_policy(config.stick_policy, told)
    create_app(config)
    assert read_policy(config.stick_policy) == told


def test_a_key_comes_gets_a_name_and_goes(
    config: Config, office: Office, administrator: Browser
) -> None:
    page = add(administrator, key=f"untrusted comment: x\n{KEY}\n")
    assert "E762 0F18 42B4 E81F" in page
    assert "Khujand" in page
    assert [one.key for one in read_policy(config.stick_policy).keys] == [KEY]
    administrator.post("/sticks/key/1", {"name": "Хуҷанд"}, page="/sticks/key/1")
    assert read_policy(config.stick_policy).keys[0].name == "Хуҷанд"
    assert "Remove this key?" in administrator.get("/sticks/key/1/remove").text
    assert read_policy(config.stick_policy).keys
    administrator.post("/sticks/key/1/remove", page="/sticks/key/1/remove")
    assert read_policy(config.stick_policy).keys == ()
    assert "removed the key" in administrator.get("/activity?topic=box").text


def test_a_revoked_key_stays_in_the_list(config: Config, administrator: Browser) -> None:
    add(administrator)
    assert "Revoke this key?" in administrator.get("/sticks/key/1/revoke").text
    administrator.post("/sticks/key/1/revoke", page="/sticks/key/1/revoke")
    assert read_policy(config.stick_policy).revoked == (KEY,)
    page = administrator.get("/sticks").text
    assert "revoked" in page
    assert "Khujand" in page
    assert "This key was revoked" in add(administrator)
    administrator.post("/sticks/key/1/remove", page="/sticks/key/1/revoke")
    assert read_policy(config.stick_policy).revoked == (KEY,)
    administrator.post("/sticks/key/1/trust", page="/sticks/key/1/trust")
    assert [one.key for one in read_policy(config.stick_policy).keys] == [KEY]


@pytest.mark.parametrize("key", ["", "RWQ", "x" * 5000, KEY[:-1], "<script>alert(1)</script>"])
def test_what_is_no_key_is_told_and_shown_as_text(
    config: Config, administrator: Browser, key: str
) -> None:
    page = add(administrator, key=key)
    assert 'class="problem"' in page
    assert "<script>alert" not in page
    assert read_policy(config.stick_policy).keys == ()


@pytest.mark.parametrize("name", ["", "x" * 61, "a\u202eb", "a\x00b"])
def test_names_that_deceive_are_refused(config: Config, administrator: Browser, name: str) -> None:
    assert 'class="problem"' in add(administrator, name)
    assert read_policy(config.stick_policy).keys == ()


def test_the_rules(config: Config, office: Office, administrator: Browser) -> None:
    page = administrator.get("/sticks").text
    assert 'value="ask" checked' in page
    administrator.post("/sticks", {"from_sticks": "nothing"}, page="/sticks")
    policy = read_policy(config.stick_policy)
    assert (policy.from_sticks, policy.reports) == (FromSticks.NOTHING, False)
    administrator.post("/sticks", {"from_sticks": "signed", "reports": "y"}, page="/sticks")
    policy = read_policy(config.stick_policy)
    assert (policy.from_sticks, policy.reports) == (FromSticks.SIGNED, True)
    answer = administrator.post("/sticks", {"from_sticks": "everything"}, page="/sticks")
    assert answer.status_code == 200
    assert read_policy(config.stick_policy) == policy
    said = [entry.action for entry in office.activity.page()[0]]
    assert said.count(Action.STICKS_DECIDED) == 2
    assert "decided what sticks may bring" in administrator.get("/activity").text


def test_a_full_disk_is_told(
    config: Config, office: Office, administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("appliance.school.stick_trust.write_policy", full)
    answer = administrator.post("/sticks", {"from_sticks": "nothing"}, page="/sticks")
    assert answer.status_code == 302
    assert "the disk is full or failing" in administrator.get("/sticks").text
    assert office.settings.load().from_sticks is FromSticks.ASK
    assert "the disk is full or failing" in add(administrator)
    assert office.sticks.all() == []


@pytest.mark.parametrize("language", ["tg", "ru"])
def test_in_each_language(office: Office, administrator: Browser, language: str) -> None:
    add(administrator, "<b>Хуҷанд</b>")
    administrator.post("/language", {"language": language, "next": "/"}, page="/")
    for path in ("", "/add", "/key/1", "/key/1/revoke", "/key/1/remove", "/key/1/trust"):
        page = administrator.get(f"/sticks{path}").text
        assert f'<html lang="{language}">' in page, path
        assert "<b>Хуҷанд" not in page
        for english in ("Trusted keys", "Whose key is it", "Revoke", "Keep the", "No, leave it"):
            assert english not in page, (path, english)
