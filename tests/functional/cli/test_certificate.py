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
from appliance.learning.certificate_school import Schools
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
    """The command on the box that gave the certificate."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return lambda *words, status=0: _run(config.state, *words, status=status)


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chashma:
    """The command on a computer that is no box."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return lambda *words, status=0: _run(tmp_path / "nothing", *words, status=status)


def _run(state: Path, *words: object, status: int) -> Result:
    done = CliRunner().invoke(main, ["--state", str(state), *map(str, words)])
    assert done.exit_code == status, done.output
    return done


def _revoke(config: Config, code: str) -> None:
    school = open_school(config)
    head = Staff(school).add(NewMember("head", "H", Role.ADMINISTRATOR, "en", "чойи сабз бо нон"))
    Revocations(school).revoke(head, code, "хато")


def test_a_certificate_whose_key_nobody_brought(
    district: Chashma, given: Certificate, tmp_path: Path
) -> None:
    told = district("certificate", "check", given.sealed.text, status=1).output
    assert told.startswith("? The signature is right, so nothing was changed. But the key")
    assert "Ҷамшед Ғуломӣ" in told
    assert spaced_code(given.code) in told
    assert not (tmp_path / "nothing").exists(), "a check leaves nothing behind"


def test_with_the_school_s_key_and_then_its_list(
    chashma: Chashma, district: Chashma, given: Certificate, config: Config, tmp_path: Path
) -> None:
    known, text = tmp_path / "schools.txt", tmp_path / "text.txt"
    text.write_text(f"HTTP://MAKTAB.LAN/C/{given.sealed.text}\n")
    known.write_text(chashma("certificate", "key").output)
    told = district("certificate", "check", text, "--school", known).output
    assert "✓ This certificate is real" in told
    assert "Мактаби №5, Хуҷанд" in told
    _revoke(config, given.code)
    listed = tmp_path / "revoked.txt"
    listed.write_text(chashma("certificate", "key", "--revoked").output)
    asked = ("certificate", "check", text, "--school", known, "--school", listed)
    assert "✗" in district(*asked, status=1).output
    found = json.loads(district(*asked, "--json", status=1).output)
    assert found["finding"] == "revoked"
    assert found["school"] == "Мактаби №5, Хуҷанд"


def test_the_box_itself_knows_its_codes(
    chashma: Chashma, given: Certificate, config: Config
) -> None:
    for asked in (given.code, spaced_code(given.code).lower(), given.sealed.text):
        told = chashma("certificate", "check", asked).output
        assert "✓ This certificate is real. It was given here and holds." in told
        assert "Ҷамшед Ғуломӣ" in told
    assert "No certificate has this code" in chashma("certificate", "check", "A2", status=1).output
    _revoke(config, given.code)
    for asked in (given.code, given.sealed.text):
        assert "does not hold any more" in chashma("certificate", "check", asked, status=1).output


def test_a_box_knows_the_schools_that_its_panel_was_given(
    chashma: Chashma, given: Certificate, config: Config, tmp_path: Path
) -> None:
    other = Config(state=tmp_path / "other")
    Schools(open_school(other)).take(chashma("certificate", "key").output, "Панҷум")
    asked = ("certificate", "check", given.sealed.text)
    assert "Панҷум" in _run(other.state, *asked, status=0).output
    _revoke(config, given.code)
    listed = tmp_path / "revoked.txt"
    listed.write_text(
        chashma("certificate", "key").output + chashma("certificate", "key", "--revoked").output
    )
    told = _run(other.state, *asked, "--school", listed, status=1).output
    assert "does not hold any more" in told
    assert "Панҷум" in told


@pytest.mark.parametrize(
    ("language", "name", "date"),
    [
        ("tg", "Ном ", "1 сентябри соли 2026"),
        ("ru", "Имя ", "1 сентября 2026"),
        ("en", "Name ", "1 September 2026"),
    ],
)
def test_all_of_the_answer_is_in_one_language(
    chashma: Chashma,
    given: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    name: str,
    date: str,
) -> None:
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    told = chashma("certificate", "check", given.code).output
    assert f"  {name}" in told
    assert date in told


def test_what_is_cut_or_forged_or_none(
    district: Chashma, given: Certificate, tmp_path: Path
) -> None:
    text = given.sealed.text
    assert "missing" in district("certificate", "check", text[:150], status=1).output
    forged = text[:200] + ("B" if text[200] == "A" else "A") + text[201:]
    told = district("certificate", "check", forged, status=1).output
    assert "This is not real" in told
    assert "Ҷамшед" not in told
    for none in (given.code, "салом", tmp_path):
        assert "short code" in district("certificate", "check", none, status=1).output


def test_lines_of_schools_that_do_not_count_are_named(
    chashma: Chashma, district: Chashma, given: Certificate, tmp_path: Path
) -> None:
    known = tmp_path / "schools.txt"
    key, listed = (chashma("certificate", "key", *words).output for words in ((), ("--revoked",)))
    known.write_text(f"# of the district\nrubbish\n{key}")
    done = district("certificate", "check", given.sealed.text, "--school", known)
    assert "Line 2 of the schools does not count: it has neither a key" in done.output
    known.write_text(f"{listed}{key[:99]}\n")
    done = district("certificate", "check", given.sealed.text, "--school", known, status=1)
    assert "Line 1 of the schools does not count: it is the list of a school whose" in done.output
    assert "Line 2 of the schools does not count: a part of it is missing." in done.output
    missing = tmp_path / "missing"
    district("certificate", "check", given.sealed.text, "--school", missing, status=1)
