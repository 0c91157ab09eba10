# SPDX-License-Identifier: GPL-3.0-or-later
"""The way in for whoever put a key on the card."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from appliance.agent.ssh import open_ssh
from appliance.process import ToolFailedError

_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA it"


class _Machine:
    def __init__(self) -> None:
        self.called: list[str] = []

    def run(self, argv: Sequence[str]) -> None:
        self.called.append(" ".join(argv[:3]))
        if argv[0] == "ssh-keygen":
            done = subprocess.run(argv, capture_output=True, check=False)
            if done.returncode:
                raise ToolFailedError(argv[0], done.returncode, done.stderr.decode())


def test_keys_of_the_card_come_in_and_the_box_keeps_its_own(tmp_path: Path) -> None:
    machine, keys, authorized = _Machine(), tmp_path / "ssh", tmp_path / "run" / "authorized_keys"
    open_ssh([_KEY], keys, machine.run, authorized)
    assert authorized.read_text() == f"{_KEY}\n"
    assert authorized.stat().st_mode & 0o777 == 0o600
    own = keys / "ssh_host_ed25519_key"
    assert own.stat().st_mode & 0o777 == 0o600
    first = own.read_bytes()
    assert sorted(one.name for one in keys.iterdir()) == [own.name, f"{own.name}.pub"]
    assert machine.called[-1] == "systemctl --no-block start"
    open_ssh([_KEY, _KEY], keys, machine.run, authorized)
    assert own.read_bytes() == first
    assert authorized.read_text() == f"{_KEY}\n{_KEY}\n"


@pytest.mark.parametrize("left", [b"", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"])
def test_a_key_that_a_power_cut_spoiled_is_made_anew(tmp_path: Path, left: bytes) -> None:
    own = tmp_path / "ssh" / "ssh_host_ed25519_key"
    own.parent.mkdir()
    own.write_bytes(left)
    own.chmod(0o600)
    (own.parent / ".new").write_bytes(b"half")
    open_ssh([_KEY], own.parent, _Machine().run, tmp_path / "run" / "keys")
    assert b"PRIVATE KEY" in own.read_bytes()
    assert own.read_bytes() != left
    assert not (own.parent / ".new").exists()


def test_without_a_host_key_nothing_is_started(tmp_path: Path) -> None:
    called: list[str] = []

    def fail(argv: Sequence[str]) -> None:
        called.append(argv[0])
        raise ToolFailedError(argv[0], 1, "no")

    with pytest.raises(ToolFailedError):
        open_ssh([_KEY], tmp_path / "ssh", fail, tmp_path / "run" / "keys")
    assert set(called) == {"ssh-keygen"}
