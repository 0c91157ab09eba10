# SPDX-License-Identifier: GPL-3.0-or-later
"""Each box makes a key of its own, once, and keeps it to itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from webapp.admin.secret_key import secret_key


def test_it_is_made_once_and_readable_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) == 32
    assert secret_key(tmp_path) == key
    [file] = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").mkdir()
    assert secret_key(tmp_path / "other") != key


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path), range(64)))
    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_that_a_power_cut_left_short_is_replaced(tmp_path: Path) -> None:
    secret_key(tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(b"")
    assert len(secret_key(tmp_path)) == 32
