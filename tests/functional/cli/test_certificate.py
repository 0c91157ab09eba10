# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma certificate``: what the district sees of a school's certificates."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.cli.main import main
from appliance.config import Config
from appliance.learning.certificate import Certificate, Certificates
from appliance.learning.certificate_code import spaced_code
from appliance.learning.certificate_revocation import Revocations
from appliance.school.database import open_school
from appliance.school.staff import NewMember, Role, Staff
from tests.unit.appliance.learning.certificates.finished import ITEM, finish

Chashma = Callable[..., Result]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state")


@pytest.fixture
def given(config: Config) -> Certificate:
    school = open_school(config)
    [person] = finish(school, ["Ҷамшед Ғуломӣ"])
    return Certificates(school, config).issue(person.id, ITEM)


@pytest.fixture
def chashma(config: Config, monkeypatch: pytest.MonkeyPatch) -> Chashma:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(*words: object, status: int = 0) -> Result:
        done = CliRunner().invoke(main, ["--state", str(config.state), *map(str, words)])
        assert done.exit_code == status, done.output
        return done

    return run


def test_a_certificate_whose_key_nobody_brought(chashma: Chashma, given: Certificate) -> None:
    told = chashma("certificate", "check", given.sealed.text, status=1).output
    assert told.startswith("? The signature is right, so nothing was changed. But the key")
    assert "Ҷамшед Ғуломӣ" in told
    assert spaced_code(given.code) in told


def test_with_the_school_s_key_and_then_its_list(
    chashma: Chashma, given: Certificate, config: Config, tmp_path: Path
) -> None:
    known, text = tmp_path / "schools.txt", tmp_path / "text.txt"
    text.write_text(f"HTTP://MAKTAB.LAN/C/{given.sealed.text}\n")
    known.write_text(chashma("certificate", "key").output)
    told = chashma("certificate", "check", text, "--school", known).output
    assert "✓ This certificate is real" in told
    assert "Мактаби №5, Хуҷанд" in told
    school = open_school(config)
    head = Staff(school).add(NewMember("head", "H", Role.ADMINISTRATOR, "en", "чойи сабз бо нон"))
    Revocations(school).revoke(head, given.code, "хато")
    listed = tmp_path / "revoked.txt"
    listed.write_text(chashma("certificate", "key", "--revoked").output)
    asked = ("certificate", "check", text, "--school", known, "--school", listed)
    assert "✗" in chashma(*asked, status=1).output
    found = json.loads(chashma(*asked, "--json", status=1).output)
    assert found["finding"] == "revoked"
    assert found["school"] == "Мактаби №5, Хуҷанд"


def test_what_is_cut_or_forged_or_none(
    chashma: Chashma, given: Certificate, tmp_path: Path
) -> None:
    text = given.sealed.text
    assert "missing" in chashma("certificate", "check", text[:150], status=1).output
    forged = text[:200] + ("B" if text[200] == "A" else "A") + text[201:]
    told = chashma("certificate", "check", forged, status=1).output
    assert "This is not real" in told
    assert "Ҷамшед" not in told
    for none in (given.code, "салом", tmp_path):
        assert "short code" in chashma("certificate", "check", none, status=1).output


def test_lines_of_schools_that_do_not_count_are_named(
    chashma: Chashma, given: Certificate, tmp_path: Path
) -> None:
    known = tmp_path / "schools.txt"
    known.write_text(f"# of the district\nrubbish\n{chashma('certificate', 'key').output}")
    done = chashma("certificate", "check", given.sealed.text, "--school", known)
    assert "line 2 does not count" in done.output
    missing = tmp_path / "missing"
    chashma("certificate", "check", given.sealed.text, "--school", missing, status=1)
