# SPDX-License-Identifier: GPL-3.0-or-later
"""An archive is replaced while a class reads it: nobody notices but by what is new in it."""

import shutil
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from libzim.writer import Creator

from appliance.config import Config
from appliance.content.check import check
from appliance.content.item import Kind
from appliance.content.policy import StickPolicy, TrustedKey, write_policy
from appliance.content.shelf import Shelf
from appliance.jobs.job import State, Undo
from appliance.jobs.queue import JobQueue
from tests.conftest import free_ports, kiwix_serve_program, running
from tests.pack_maker import INFO, Entry, make_pack, trusted
from tests.zim_maker import Page

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack"), pytest.mark.timeout(900)]

READERS = 40
# Each reader has pages of its own: what many have read nginx keeps for two minutes.
PAGES_EACH = 100
PAGES = READERS * PAGES_EACH
PATIENCE_S = 400


@pytest.fixture
def config() -> Iterator[Config]:
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        port, admin_port = free_ports(2)
        yield Config(
            state=Path(folder), port=port, admin_port=admin_port, kiwix_serve=kiwix_serve_program()
        )


def make_edition(file: Path, year: int) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with Creator(file).config_indexing(True, "tgk") as creator:
        for number in range(PAGES):
            creator.add_item(Page(f"p{number}", f"Саҳифа {number}", f"Нашри {year}. " * 20))
        creator.set_mainpath("p0")
        for name, value in {
            "Language": "tgk",
            "Title": "Китоб",
            "Name": "kitob_tg_all",
            "Date": f"{year}-01-01",
            "Creator": "Мактаб",
            "Publisher": "Мактаб",
            "Description": "Китоб",
        }.items():
            creator.add_metadata(name, value)
    return file


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"not in {PATIENCE_S} s: {what}"
        time.sleep(0.1)


def fetch(config: Config, url: str) -> tuple[int, str]:
    """Status and text, redirects followed; ``*.localhost`` is this machine without any DNS."""
    for _ in range(4):
        host = url.split("/")[2]
        here = url.replace(host, f"127.0.0.1:{config.port}", 1)
        request = urllib.request.Request(here, headers={"Host": host})
        try:
            with OPENER.open(request, timeout=60) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as exc:
            if exc.code not in (301, 302):
                return exc.code, ""
            to = exc.headers["Location"]
            url = to if to.startswith("http") else "/".join(url.split("/")[:3]) + to
    return 0, "redirected without end"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(_Stay)


class Reader(threading.Thread):
    """Turns the pages of one edition, on and on, and looks at the item's page in between."""

    def __init__(self, config: Config, item_id: str, first: int, over: threading.Event) -> None:
        super().__init__()
        self.config, self.item_id, self.page, self.over = config, item_id, first, over
        self.failed: list[str] = []
        self.asked = 0
        self.newest = ""

    def run(self) -> None:
        while not self.over.is_set():
            self.page = (self.page + 1) % PAGES
            self._ask(f"{self.config.read_url}/zim/{self.item_id}/p{self.page}", "Нашри")
            if self.page % 5 == 0:
                self._ask(f"{self.config.portal_url}/item/{self.item_id}", "Китоб")
            time.sleep(0.4)  # a child who looks at a page

    def _ask(self, url: str, expected: str) -> None:
        status, text = fetch(self.config, url)
        self.asked += 1
        if status != 200 or expected not in text:
            self.failed.append(f"{status} {url}")
        for year in ("2026", "2027"):
            if f"Нашри {year}" in text:
                self.newest = year


def plug(config: Config, name: str, archive: Path, version: int) -> None:
    hidden = config.drives / f".{name}"
    hidden.mkdir(parents=True)
    info = INFO.__class__(INFO.id, version, INFO.title, INFO.publisher, INFO.made)
    make_pack(hidden, [Entry("kitob", {"kitob.zim": archive}, title="Китоб")], info=info)
    hidden.rename(config.drives / name)


def test_forty_readers_notice_neither_a_replacement_nor_its_undo(
    config: Config, tmp_path: Path
) -> None:
    with running(config):
        # The panel writes its own when it starts; from then on only what changes.
        write_policy(config.stick_policy, StickPolicy(keys=(TrustedKey(trusted()),)))
        queue = JobQueue(config.jobs_db)
        plug(config, "a", make_edition(tmp_path / "1" / "kitob.zim", 2026), 1)
        until(lambda: [job for job in queue.recent(5) if job.over], "the first edition")
        (old,) = Shelf(config).catalog.of_kind(Kind.ZIM)
        page = f"{config.read_url}/zim/{old.id}/p0"
        until(lambda: fetch(config, page)[0] == 200, "it is read")
        over = threading.Event()
        readers = [Reader(config, old.id, number * PAGES_EACH, over) for number in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            plug(config, "b", make_edition(tmp_path / "2" / "kitob.zim", 2027), 2)
            until(lambda: len([j for j in queue.recent(5) if j.over]) == 2, "the second edition")
            until(
                lambda: all(reader.newest == "2027" for reader in readers), "all read the new one"
            )
            (new,) = Shelf(config).catalog.of_kind(Kind.ZIM)
            assert new.id != old.id
            assert new.former == (old.id,)
            # Half of the class has followed the link that the library shows now.
            for reader in readers[::2]:
                reader.item_id = new.id
            undo = queue.submit(Undo(queue.recent(1)[0].id), "administrator")
            until(lambda: queue.get(undo).over, "the undo")
            until(
                lambda: all(reader.newest == "2026" for reader in readers), "all read the old one"
            )
        finally:
            over.set()
            for reader in readers:
                reader.join()
        assert queue.recent(1)[0].state is State.DONE
        failed = [line for reader in readers for line in reader.failed]
        print(f"\n{sum(reader.asked for reader in readers)} requests, {len(failed)} failed")
        assert failed == []
        (back,) = Shelf(config).catalog.of_kind(Kind.ZIM)
        assert back.id == old.id
        assert list(check(Shelf(config))) == []
        shutil.rmtree(config.drives / "b")
