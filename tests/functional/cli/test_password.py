# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back in when nobody knows a password any more."""

from pathlib import Path

from appliance.card.read import read_text
from appliance.config import Config
from appliance.hotspot.settings import HotspotSettings
from appliance.school.activity import Action, Activity
from appliance.school.database import open_school
from appliance.school.password import verify_password
from appliance.school.staff import NewMember, Role, Staff
from tests.functional.cli.test_chashma import chashma

ZEBO = NewMember(
    name="Zebo",
    display_name="Зебо Раҳимова",
    role=Role.ADMINISTRATOR,
    language="tg",
    password="чойи сабз бо нон",
)


def test_a_new_first_password_is_printed_and_noted(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "state")
    school = open_school(config)
    staff = Staff(school)
    staff.add_first(ZEBO)
    run = chashma("password", "zebo", state=config.state)
    member = staff.authenticate("Zebo", run.out.strip())
    assert member is not None
    assert member.temporary
    assert staff.authenticate("Zebo", ZEBO.password) is None
    entries, _ = Activity(school).page()
    assert [entry.action for entry in entries] == [Action.MEMBER_PASSWORD_RESET]


def test_a_name_that_nobody_has_is_told(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "state")
    Staff(open_school(config)).add_first(ZEBO)
    run = chashma("password", "зебо", state=config.state)
    assert run.status == 1
    assert "Zebo" in run.err
    assert run.out == ""


def test_a_password_for_the_card_of_a_box(tmp_path: Path) -> None:
    run = chashma("password", "--card", state=tmp_path / "state")
    password, line = run.out.splitlines()
    settings, problems = read_text(line.encode(), HotspotSettings())
    assert problems == ()
    assert verify_password(settings.administrator_password_hash or "", password)
    assert chashma("password", state=tmp_path / "state").status != 0
