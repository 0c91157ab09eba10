# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma key`` and ``chashma pack`` where Linux is not: on Windows and macOS.

What these do not have is taken away from every interpreter that is started: modules, functions of
``os``, links, poppler and the other tools.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.content.pack.pack import read_pack
from appliance.learning.certificate_code import draw_code
from appliance.learning.certificate_school import school_text
from appliance.learning.certificate_statement import Statement, sign_statement
from tests.meta.project import ROOT
from tests.unit.appliance.content.cartridge.backups import write_backup
from tests.unit.appliance.content.cartridge.cartridges import write_cartridge
from tests.unit.appliance.content.inspect.test_timed import document
from tests.unit.appliance.content.making import make_sound

_SITE = """
import logging, os, selectors, shutil, socket, subprocess, sys, tempfile, threading, zipfile

for name in ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in (
    "chown", "fchmod", "fchown", "fdatasync", "fork", "forkpty", "geteuid", "getpgid", "getuid",
    "killpg", "mkfifo", "mknod", "pidfd_open", "posix_fadvise", "posix_fallocate", "setsid", "sync",
    "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK",
):
    delattr(os, name)

def forbidden(*args, **kwargs):
    raise OSError("a required privilege is not held by the client")

os.symlink = forbidden
"""
_COMMAND = "from appliance.cli.main import main; main()"


class Computer:
    """A computer of somebody at the district's office."""

    def __init__(self, folder: Path) -> None:
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
        self.folder = folder
        self._environment = {
            "PATH": str(folder / "no tools"),
            "PYTHONPATH": os.pathsep.join((str(folder / "site"), str(ROOT))),
            "LANG": "en_US.UTF-8",
        }

    def chashma(self, *words: object, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the command; it must end with that status, and without a trace of Python's."""
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, *map(str, words)],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """In ``tmp_path``."""
    return Computer(tmp_path)


@pytest.fixture
def maths(tmp_path: Path) -> Path:
    """A folder with a book and songs, one in a folder below, two with names of Windows' own."""
    folder = tmp_path / "Maths"
    (folder / "сурудҳо").mkdir(parents=True)
    for tone, name in enumerate(("сурудҳо/як.wav", "aux.wav", "чӣ: чаро?.wav")):
        make_sound(folder / name, tone)
    (folder / "ҷабр.pdf").write_bytes(document())
    return folder


def test_from_a_key_to_a_pack_that_boxes_take(
    computer: Computer, maths: Path, tmp_path: Path
) -> None:
    computer.chashma("key", "new", "-o", "district.key", "--no-password")
    for pack in ("a.chashma.zip", "b.chashma"):
        computer.chashma("pack", "create", maths, "-o", pack, "--key", "district.key", "--id", "m")
        computer.chashma("pack", "verify", pack, "--key", "district.key.pub")
        said: dict[str, Any] = json.loads(computer.chashma("pack", "show", pack, "--json").stdout)
        assert [one["metadata"]["title"] for one in said["publications"]].count("Ҷабр") == 1
        identifiers = {one.identifier for one in read_pack(tmp_path / pack).publications}
        assert len(identifiers) == 4
        assert any(one.endswith("/%D1%8F%D0%BA.wav") for one in identifiers)


def test_a_name_that_windows_forbids_is_mended(
    computer: Computer, maths: Path, tmp_path: Path
) -> None:
    computer.chashma("pack", "create", maths, "-o", "a.chashma")
    names = [path.name for path in (tmp_path / "a.chashma").rglob("*.wav")]
    assert sorted(names) == ["_aux.wav", "чӣ_ чаро_.wav", "як.wav"]


def test_what_a_box_would_refuse_is_told(computer: Computer, maths: Path, tmp_path: Path) -> None:
    (maths / "нимта.pdf").write_bytes(document()[:200])
    (maths / "қулф.pdf").write_bytes(document("secret"))
    done = computer.chashma("pack", "create", maths, "-o", "a.chashma", status=1)
    assert "нимта.pdf" in done.stdout
    assert "cut short" in done.stderr
    assert "password" in done.stderr
    assert not (tmp_path / "a.chashma").exists()


def test_signing_later_and_the_sheet(computer: Computer, maths: Path, tmp_path: Path) -> None:
    computer.chashma("pack", "template", "-o", maths / "catalog.xlsx")
    computer.chashma("key", "new", "-o", "key", "--no-password")
    computer.chashma("pack", "create", maths, "-o", "a.chashma")
    computer.chashma("pack", "sign", "a.chashma", "--key", "key")
    computer.chashma("pack", "verify", "a.chashma", "--key", "key.pub")
    computer.chashma("key", "revoke", "key.pub", "--key", "key")
    assert (tmp_path / "revoked-keys.txt.minisig").is_file()


def test_a_certificate_is_checked(computer: Computer) -> None:
    key = Ed25519PrivateKey.generate()
    said = Statement(draw_code(), "Ҷамшед", "Мактаб", "Об", 12, None, "2026-09-01", True)
    text = sign_statement(said, key).text
    (computer.folder / "schools.txt").write_text(school_text("Мактаб", key), encoding="utf-8")
    computer.chashma("certificate", "check", text, "--school", "schools.txt")
    computer.chashma("certificate", "check", text, status=1)
    assert "key" not in computer.chashma("certificate", "--help").stdout


def test_what_needs_a_shelf_is_not_offered(computer: Computer) -> None:
    assert "ingest" not in computer.chashma("--help").stdout
    done = computer.chashma("pack", "create", "--from-shelf", "-o", "a.chashma", status=2)
    assert "no shelf" in done.stderr


def test_courses_of_other_programs_become_packs(computer: Computer, tmp_path: Path) -> None:
    """The office converts a course, and makes the pack that forty schools get."""
    write_cartridge(tmp_path / "Вода.imscc")
    write_backup(tmp_path / "Об.mbz")
    for name, lessons in (("Вода.imscc", 3), ("Об.mbz", 5)):
        done = computer.chashma("course", "convert", name, "--json")
        said: dict[str, Any] = json.loads(done.stdout)
        assert len(said["came"]) == lessons
        assert said["left"]
        assert (tmp_path / said["folder"] / "course.xlsx").is_file()
    computer.chashma("pack", "create", "Вода", "-o", "a.chashma", "--id", "water")
    publications = read_pack(tmp_path / "a.chashma").publications
    titles = {one.metadata.title for one in publications}
    assert {"Что такое вода?", "Курс о воде"} <= titles
    assert len(publications) == 4
