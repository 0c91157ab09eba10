# SPDX-License-Identifier: GPL-3.0-or-later
"""On the box every process is a user of its own, and still all of them find what they need."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from appliance.content.item import Kind
from appliance.content.result import Status
from tests.functional.services.room import Seen

pytestmark = [pytest.mark.root, pytest.mark.data]


@pytest.fixture(scope="module")
def seen(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    files = [
        data / "zim" / "udhr_tg_all_2026-11.zim",
        data / "epub" / "idpf_haruko-jpeg.epub",
        data / "pdf" / "debian_install.ru.pdf",
    ]
    said = subprocess.run(
        [
            *("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"),
            *("--propagation", "private", "--mount-proc"),
            *(sys.executable, "-m", "tests.functional.services.room"),
            *(tmp_path_factory.mktemp("room"), *files),
        ],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
    )
    return msgspec.json.decode(said.stdout, type=Seen)


def _id(seen: Seen, kind: Kind) -> str:
    [found] = [result.id for result in seen.results if result.kind == kind]
    return found


def test_what_the_web_was_sent_the_worker_brings_in(seen: Seen) -> None:
    assert [result.status for result in seen.results] == [Status.INSTALLED] * 3
    assert "uploads/brought" not in seen.rights


def test_what_the_worker_brought_in_a_phone_reads(seen: Seen) -> None:
    zim, epub, pdf = (_id(seen, kind) for kind in (Kind.ZIM, Kind.EPUB, Kind.PDF))
    read = {address: status for address, status in seen.answers.items() if status < 400}
    assert {"maktab.lan/", "maktab.lan/search?q=a"} <= read.keys()
    for item in (zim, epub, pdf):
        for path in ("", "/read", "/download"):
            assert f"maktab.lan/item/{item}{path}" in read
        assert f"maktab.lan/media/{item}/cover.webp" in read
    # kiwix-serve opened the archive, nginx a page of the store; nginx sent what the web had drawn.
    assert f"read-maktab.lan/zim/{zim}/" in read
    assert any(address.startswith(f"read-maktab.lan/pages/{epub}/") for address in read)
    assert f"maktab.lan/item/{pdf}/page/1.jpg?w=900" in read


def test_nothing_of_the_state_is_for_everybody(seen: Seen) -> None:
    # Below a folder that is shut, it does not matter.
    inside = ("system/", "tls/", "cache/nginx/")
    open_to_all = [
        name
        for name, rights in seen.rights.items()
        if int(rights.split()[0][-1]) and not name.startswith(inside)
    ]
    assert open_to_all == []


def test_what_is_shared_is_shared_by_the_group_alone(seen: Seen) -> None:
    assert seen.rights["school.db"] == "600 chashma-web:chashma"
    assert seen.rights["jobs.db"] == "660 chashma-web:chashma"
    assert seen.rights["catalog.db"] == "660 chashma-content:chashma"
    assert seen.rights["library.xml"] == "640 chashma-content:chashma"
    assert seen.rights["admin-secret-key"] == "600 chashma-web:chashma"
    assert seen.rights["tls/admin.key"] == "600 www-data:www-data"
    assert seen.rights["system"] == "700 root:root"


def test_only_the_worker_can_change_the_shelf(seen: Seen) -> None:
    def may_write(user: str, *folders: str) -> list[str]:
        return [name for name in seen.touchable[user] if name.startswith(folders)]

    for user in ("www-data", "chashma-kiwix", "chashma-web"):
        assert may_write(user, "store") == []
    assert may_write("chashma-content", "store")
    for user in ("www-data", "chashma-kiwix", "chashma-content"):
        assert may_write(user, "school.db", "tls/admin.key", "admin-secret-key") == (
            ["tls/admin.key"] if user == "www-data" else []
        )
