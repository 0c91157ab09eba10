# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma key`` and ``chashma pack sign``, ``verify``, ``show``, as they are typed."""

import json
import os
import stat
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result

from appliance.cli.main import main
from appliance.content.pack.secret_key import needs_password
from tests.pack_maker import KEY, Entry, Lies, book, make_pack, trusted


def _run(*arguments: str | Path, answers: str = "") -> Result:
    return CliRunner().invoke(main, [os.fspath(one) for one in arguments], input=answers)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "district.key"
    assert _run("key", "new", "-o", file, "--no-password").exit_code == 0
    return file


def test_a_key_is_for_its_owner_and_never_overwritten(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    again = _run("key", "new", "-o", key, "--no-password")
    assert again.exit_code == 1
    assert "nothing was changed" in again.output
    assert key.read_bytes() == before


def test_a_key_is_printed_for_the_box(tmp_path: Path) -> None:
    file = tmp_path / "a.key"
    said = json.loads(_run("key", "new", "-o", file, "--no-password", "--json").stdout)
    assert said["key"] in (tmp_path / "a.key.pub").read_text("utf-8")
    assert not needs_password(file.read_text("utf-8"))


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_pack_is_signed_and_verified(tmp_path: Path, key: Path, form: str) -> None:
    path = make_pack(
        tmp_path, [book(), Entry("b", {"b.mp3": b"la" * 99}, part=40)], key=None, form=form
    )
    assert _run("pack", "verify", path).exit_code == 0
    assert _run("pack", "verify", path, "--key", f"{key}.pub").exit_code == 1
    for _ in range(2):  # the second takes the place of the first
        assert _run("pack", "sign", path, "--key", key, "--until", "2099-01-01").exit_code == 0
    verified = _run("pack", "verify", path, "--key", f"{key}.pub")
    assert verified.exit_code == 0, verified.output
    assert "until 2099-01-01" in verified.output
    if form == "folder":
        bagit.Bag(str(path)).validate()


def test_volumes_are_not_signed_afterwards(tmp_path: Path, key: Path) -> None:
    path = make_pack(tmp_path, key=None, form="volumes", volume=500)
    said = _run("pack", "sign", path, "--key", key)
    assert said.exit_code == 1
    assert "pack create --key" in said.output


def test_a_damaged_pack_is_told_in_the_terminals_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "data/items/0001/light.pdf"
    path = make_pack(tmp_path, lies=Lies(payload={name: b"%PDF-1.4 not much of a BOOK\n"}))
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    said = _run("pack", "verify", path, "--key", trusted())
    assert said.exit_code == 1
    assert f"Файл набора повреждён или изменён: {name}" in said.output


def test_a_pack_is_shown(tmp_path: Path) -> None:
    path = make_pack(tmp_path)
    shown = json.loads(_run("pack", "show", path, "--json").stdout)
    assert shown["info"]["id"] == "test"
    assert shown["signature"]
    assert [one["identifier"] for one in shown["publications"]] == ["urn:chashma:pack:test:light"]
    assert (
        "Light" in _run("pack", "show", path).stdout
        or "Рӯшноӣ" in _run("pack", "show", path).stdout
    )


def test_a_list_of_revoked_keys_is_written(tmp_path: Path, key: Path) -> None:
    assert _run("key", "revoke", trusted(KEY), "--key", key, "-o", tmp_path).exit_code == 0
    assert trusted(KEY) in (tmp_path / "revoked-keys.txt").read_text("utf-8")
    assert (tmp_path / "revoked-keys.txt.minisig").is_file()


@pytest.mark.parametrize("wrong", ["nonsense", "a" * 56])
def test_what_is_no_key_is_told(tmp_path: Path, wrong: str) -> None:
    said = _run("pack", "verify", make_pack(tmp_path), "--key", wrong)
    assert said.exit_code == 1
    assert wrong in said.output
