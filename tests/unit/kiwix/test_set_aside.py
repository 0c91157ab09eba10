# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is blamed for the death of the search process."""

import subprocess
import sys

import pytest

from kiwix.set_aside import SetAside, Touched

DIE = """
import os, signal, sys, time
from pathlib import Path
from kiwix.set_aside import SetAside, Touched
aside = SetAside(Path(sys.argv[1]), "s", patience=0.2)
if sys.argv[2] == "between":
    os.abort()
with aside.touching(Touched("bad", 7, 8)):
    if sys.argv[2] == "hang":
        time.sleep(60)
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("death", "blamed"),
    [
        ("SIGSEGV", True),
        ("SIGABRT", True),
        ("SIGBUS", True),
        ("hang", True),
        ("SIGKILL", False),
        ("SIGTERM", False),
        ("between", False),
    ],
)
def test_only_what_the_archive_did_is_its_fault(tmp_path, death, blamed):
    subprocess.run(
        [sys.executable, "-c", DIE, tmp_path, death], check=False, stderr=subprocess.DEVNULL
    )
    for _ in range(2):  # and it stays so
        aside = SetAside(tmp_path, "s")
        assert (Touched("bad", 7, 8) in aside) == blamed
        assert Touched("bad", 7, 9) not in aside
        assert Touched("good", 7, 8) not in aside
        aside.close()


def test_files_that_a_power_cut_spoilt_are_no_obstacle(tmp_path):
    (tmp_path / "s.aside").write_bytes(b"\x00\x00")
    (tmp_path / "s.touching").write_bytes(b"\x00" * 300)
    (tmp_path / "s.crash").write_bytes(b"Fatal")
    aside = SetAside(tmp_path, "s")
    assert aside.blamed is None
    aside.close()
