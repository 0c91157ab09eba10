# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is told whose machine cannot build an image."""

import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from image_build import preflight
from image_build.errors import NotReadyError


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(preflight, "_runs_here", lambda _arch: True)
    roomy = SimpleNamespace(f_flag=0, f_bavail=preflight.NEEDED_BYTES, f_frsize=1)
    monkeypatch.setattr(os, "statvfs", lambda _path: roomy)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("arch", ["arm64", "amd64"])
def test_a_ready_machine_is_told_nothing(tmp_path: Path, arch: str) -> None:
    preflight.check(arch, tmp_path / "build")
    assert (tmp_path / "build").is_dir()


@pytest.mark.usefixtures("ready")
def test_without_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NotReadyError, match="sudo make image"):
        preflight.check("arm64", tmp_path)


@pytest.mark.usefixtures("ready")
def test_all_that_is_missing_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        shutil, "which", lambda name: None if name in ("genimage", "mkimage") else f"/bin/{name}"
    )
    full = SimpleNamespace(f_flag=os.ST_NOEXEC, f_bavail=1024**3, f_frsize=1)
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    monkeypatch.setattr(preflight, "_runs_here", lambda _arch: False)
    monkeypatch.setattr(preflight, "_register", lambda _emulator: None)
    with pytest.raises(NotReadyError) as told:
        preflight.check("arm64", tmp_path)
    message = str(told.value)
    assert "genimage, mkimage (Debian packages: genimage u-boot-tools)" in message
    assert "noexec" in message
    assert "has 1.0 GiB free; a build needs 8 GiB" in message
    assert "update-binfmts --import qemu-aarch64" in message


@pytest.mark.usefixtures("ready")
def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotReadyError, match="build folder cannot be used"):
        preflight.check("arm64", tmp_path / "file" / "build")


@pytest.mark.usefixtures("ready")
def test_an_emulator_that_the_kernel_forgot_is_registered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_options: object) -> SimpleNamespace:
        commands.append([str(word) for word in command])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(preflight, "_BINFMT", tmp_path / "binfmt_misc")
    monkeypatch.setattr(preflight, "_runs_here", lambda _arch: bool(commands))
    monkeypatch.setattr(subprocess, "run", run)
    preflight.check("arm64", tmp_path)
    assert [command[0] for command in commands] == ["mount", "update-binfmts"]


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(NotReadyError, match=r"from http://127\.0\.0\.1:9/debian"):
        preflight.check_server("http://127.0.0.1:9/debian", "trixie")


def test_a_folder_of_packages_needs_no_network() -> None:
    preflight.check_server("file:///srv/debian", "trixie")
