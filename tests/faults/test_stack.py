# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole stack under kills and rot: it comes back, and the shelf is whole."""

import os
import random
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.item import Kind
from appliance.content.progress import Progress
from appliance.content.result import Status
from appliance.content.search.search import Search
from appliance.content.shelf import Shelf
from appliance.jobs.job import Ingest, Remove, State
from appliance.jobs.queue import JobQueue
from appliance.services import lease
from appliance.services.launch import lease_file
from appliance.services.readiness import wait_until_ready
from appliance.services.service import services
from tests.conftest import free_ports, kiwix_serve_program, running
from tests.unit.appliance.content.making import make_picture, make_sound

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack"), pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("CHASHMA_STACK_KILLS", "40"))
SEED = int(os.environ.get("CHASHMA_SEED", str(random.randrange(10**6))))
PATIENCE_S = 120
TAJIK, RUSSIAN = "udhr_tg_all_2026-11.zim", "libreoffice-help_ru_all_2026-11.zim"


@pytest.fixture
def config() -> Iterator[Config]:
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        port, admin_port = free_ports(2)
        yield Config(
            state=Path(folder), port=port, admin_port=admin_port, kiwix_serve=kiwix_serve_program()
        )


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"not in {PATIENCE_S} s: {what}"
        time.sleep(0.1)


def status(url: str) -> int:
    """What a browser is told; ``*.localhost`` is this machine without asking any DNS."""
    host = url.split("/")[2]
    port = host.rpartition(":")[2]
    request = urllib.request.Request(
        url.replace(host, f"127.0.0.1:{port}", 1), headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as exc:
        return exc.code
    except OSError:
        return 0


def put(config: Config, *paths: Path) -> dict[str, str]:
    """Bring files onto the shelf; their ids by name."""
    results = list(ingest(list(discover(paths)), Shelf(config), Progress()))
    assert all(result.status is Status.INSTALLED for result in results), results
    return {result.file: result.id for result in results}


@pytest.mark.data
@pytest.mark.parametrize("rot", ["truncated", "deleted"])
def test_an_archive_that_rots_on_disk_takes_nothing_else_down(
    config: Config, data: Path, rot: str
) -> None:
    ids = put(config, data / "zim" / TAJIK, data / "zim" / RUSSIAN)
    rotten, sound = ids[RUSSIAN], ids[TAJIK]
    with running(config):
        pages = {
            item: f"{config.read_url}/zim/{item}/{Shelf(config).catalog.get(item).details.entry}"
            for item in (rotten, sound)
        }
        for page in pages.values():
            until(lambda page=page: status(page) == 200, page)
        archive = Shelf(config).archives.path(rotten)
        if rot == "truncated":
            os.truncate(archive, 4096)
        else:
            archive.unlink()
        status(f"{config.read_url}/zim/{rotten}/ru/text/shared/main0212.html")
        search = Search(Shelf(config).catalog.database, config.search_socket)
        search.search("таблица")
        until(lambda: status(pages[sound]) == 200, "the other archive is read")
        assert status(config.portal_url + "/") == 200
        assert status(f"{config.portal_url}/item/{rotten}") == 200
        until(
            lambda: any(hit.place for hit in search.search("озодӣ").hits),
            "the other archive is searched",
        )


@pytest.mark.slow
def test_any_process_is_killed_while_content_comes_in(config: Config) -> None:
    print(f"\n{KILLS} kills, seed {SEED}")
    chance = random.Random(SEED)
    stick = config.drives / "stick"
    for number in range(20):
        make_sound(stick / f"{number}.wav", tone=number)
        make_picture(stick / f"album{number}" / "1.png", (number, 0, 0))
    with running(config):
        queue = JobQueue(config.jobs_db)
        for _ in range(KILLS):
            job = queue.submit(Ingest("stick"), "fault")
            time.sleep(chance.random())
            service = chance.choice(services(config))
            for process in lease.holders(lease_file(config, service.name)):
                process.kill()
            wait_until_ready(config, seconds=PATIENCE_S)
            until(lambda job=job: queue.get(job).over, "the job")
            assert queue.get(job).state is State.DONE
            results = queue.results(job)
            assert len(results) == 40
            assert all(result.id for result in results), results
            for result in chance.sample(results, 5):
                queue.submit(Remove(result.id), "fault")
            assert queue.wait(queue.submit(Remove(results[0].id), "fault"), PATIENCE_S).over
            shelf = Shelf(config)
            assert list(check(shelf)) == []
            assert {item.kind for item in shelf.store.items()} == {Kind.AUDIO, Kind.ALBUM}
            shelf.catalog.database.close()
