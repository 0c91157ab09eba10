# SPDX-License-Identifier: GPL-3.0-or-later
"""What the box is given of systemd and nginx."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.config import load_config
from appliance.content.store import ContentStore
from appliance.services.box import CONFIG, MACHINE, box_services, write_box
from appliance.services.units import unit_name
from tests.meta.project import ROOT


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root")
    write_box(folder)
    return folder


def test_the_store_finds_its_folders_made(root: Path, tmp_path: Path) -> None:
    """The web opens the store before the worker ever ran, and may make nothing in it."""
    made = (root / "usr/lib/tmpfiles.d/chashma.conf").read_text("utf-8")
    ContentStore(tmp_path / "store")

    folders = [path.name for path in (tmp_path / "store").iterdir()]

    assert "partial" in folders
    for name in folders:
        assert re.search(rf"^d /data/store/{name} +2750 chashma-content chashma$", made, re.M)


def _tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_the_same_comes_out_again_and_over_what_is_there(root: Path, tmp_path: Path) -> None:
    write_box(tmp_path)
    write_box(tmp_path)
    assert _tree(tmp_path) == _tree(root)


def test_the_box_reads_the_configuration_that_was_written(root: Path) -> None:
    file = root / "etc/chashma/config.toml"
    assert load_config({"CHASHMA_CONFIG": str(file)}) == CONFIG


def test_every_service_of_the_table_has_a_unit_that_the_target_wants(root: Path) -> None:
    units = root / "etc/systemd/system"
    target = (units / "chashma.target").read_text()
    for service in box_services():
        text = (units / unit_name(service.name)).read_text()
        assert f"ExecStart={' '.join(service.command)}\n" in text
        assert f"Wants={unit_name(service.name)}\n" in target
    assert (units / "multi-user.target.wants/chashma.target").resolve() == units / "chashma.target"


def test_programs_are_named_by_their_place_on_the_box() -> None:
    for service in box_services():
        assert service.command[0] in {MACHINE.python, MACHINE.nginx, MACHINE.kiwix_serve}


def test_nothing_but_the_agent_runs_as_root(root: Path) -> None:
    for unit in (root / "etc/systemd/system").glob("chashma-*.service"):
        is_root = "User=root\n" in unit.read_text() or "User=" not in unit.read_text()
        assert is_root == (unit.name == "chashma-agent.service"), unit.name


def _is_a_moment(unit: Path) -> bool:
    return "Type=oneshot\n" in unit.read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_what_runs_all_the_time_is_shut_in(root: Path) -> None:
    """At most 4.0 of 10 by systemd's own measure; the rest is in docs/privilege.md, by name."""
    units = [
        *(root / "etc/systemd/system").glob("chashma-*.service"),
        *ROOT.glob("provisioning/roles/*/files/etc/systemd/system/chashma-*.service"),
    ]
    loose = set()
    for unit in sorted(units):
        asked = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=40", unit],
            capture_output=True,
            check=False,
        )
        if asked.returncode:
            loose.add(unit.stem)
            assert unit.stem == "chashma-agent" or _is_a_moment(unit), asked.stdout.decode()
    page = (ROOT / "docs/privilege.md").read_text("utf-8")
    assert {name for name in loose if f"`{name}`" not in page} == set()


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="systemd-sysusers is not here")
def test_users_have_the_same_numbers_on_every_box(root: Path, tmp_path: Path) -> None:
    """``/data`` outlives the root that names its owners."""
    asked = subprocess.run(
        ["systemd-sysusers", "--dry-run", root / "usr/lib/sysusers.d/chashma.conf"],
        env={"PATH": os.environ["PATH"], "SYSTEMD_LOG_COLOR": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = asked.stdout + asked.stderr
    assert "not" not in said.replace("/nologin", "")
    for name, number in {"web": 901, "kiwix": 902, "content": 903}.items():
        assert re.search(rf"user 'chashma-{name}' \(.*\) with UID {number} and GID {number}", said)
    assert re.search(r"group 'chashma' with GID 900", said)
