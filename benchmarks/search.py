# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a search takes: ``python -m benchmarks.search [--items 50000] [--folder F]``.

50,000 made-up items in three languages, and two real archives where the test data has them. The
library is made once in the folder and used again.
"""

import argparse
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from appliance.content.catalog import MIGRATIONS
from appliance.content.catalog_row import insert
from appliance.content.search.index import index_item
from appliance.content.search.query import parse
from appliance.content.search.search import Search
from appliance.content.search.shelf import Scope, find
from appliance.database import Database
from benchmarks.search_library import archive_item, made_up_items

QUERIES = (
    *("хукук", "ҳуқуқ", "huquq", "точики", "tojiki", "забони точики", "китоб", "kitob", "мактаб"),
    *("хукуки инсон", "таърихи чумхури", "биология 7", "хучайра", "кӯҳ Помир", "шеъри Рудаки"),
    *("школьник", "школьников", "таблица", "формула ячейка", "русский язык 5 класс", "право"),
    *("история", "вода", "права человека", "учитель литература", "документ текст", "сказка"),
    *("rights", "human rights", "cell biology", "the book of nature", "studies", "table formula"),
    *("по", "а", "7", "об", "книга или китоб", "математика физика химия", "ва дар аз"),
    *("школнег", "хукик", "биалогия", "zzzzqq", "матиматика", "knowlejge"),
)
TYPED = ("к", "ки", "кит", "китоб", "ху", "хук", "huq", "маты", "школ", "таб", "s", "sch", "прав")
ARCHIVES = (
    ("ruzim", "libreoffice-help_ru_all_2026-11.zim", "ru"),
    ("tgzim", "udhr_tg_all_2026-11.zim", "tg"),
)
_ROUNDS = 5
_BATCH = 2_000
_GOAL_MS = 50
_PROJECT = Path(__file__).parent.parent


def build(folder: Path, count: int, data: Path) -> Database:
    """The library in ``folder``; made where it is not there."""
    database = Database(folder / "catalog.db", MIGRATIONS, synchronous="NORMAL")
    connection = database.connection
    if connection.execute("SELECT count(*) FROM item").fetchone()[0]:
        return database
    start, items = time.perf_counter(), made_up_items(count)
    for _ in range(0, count, _BATCH):
        with database.transaction():
            for (item, passages), _ in zip(items, range(_BATCH), strict=False):
                index_item(connection, insert(connection, item), item, passages)
    for item_id, name, language in ARCHIVES:
        if (data / "zim" / name).exists():
            target = folder / "store" / "items" / item_id / "files" / f"{item_id}.zim"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(data / "zim" / name, target)
            item = archive_item(item_id, name, language)
            with database.transaction():
                index_item(connection, insert(connection, item), item)
    print(f"made {count} items in {time.perf_counter() - start:.0f} s")
    return database


def _spread(milliseconds: Sequence[float]) -> str:
    p95 = statistics.quantiles(milliseconds, n=20)[-1]
    return f"p50 {statistics.median(milliseconds):5.1f} p95 {p95:6.1f} ms"


class Meter:
    """Measures the searches of this process and of the search process that it asks."""

    def __init__(self, process_id: int) -> None:
        """Count the search process's time too."""
        self._other = psutil.Process(process_id)

    def measure(self, name: str, work: Callable[[str], object], texts: Sequence[str]) -> None:
        """Print how long ``work`` takes for each of the texts, several times over."""
        taken: dict[str, list[float]] = {text: [] for text in texts}
        spent: list[float] = []
        for _ in range(_ROUNDS):
            for text in texts:
                start, spent_before = time.perf_counter(), self._processor_seconds()
                work(text)
                taken[text].append((time.perf_counter() - start) * 1000)
                spent.append((self._processor_seconds() - spent_before) * 1000)
        every = [milliseconds for times in taken.values() for milliseconds in times]
        slowest = sorted(texts, key=lambda text: -statistics.median(taken[text]))[:3]
        slow = ", ".join(f"{text!r} {statistics.median(taken[text]):.0f}" for text in slowest)
        print(f"{name:<24} {_spread(every)}   CPU {_spread(spent)}   slowest: {slow}")

    def _processor_seconds(self) -> float:
        # https://docs.kernel.org/scheduler/sched-stats.html: nanoseconds on the processor
        other = Path(f"/proc/{self._other.pid}/schedstat").read_text(encoding="ascii").split()[0]
        return time.process_time() + int(other) / 1e9

    def print_memory(self) -> None:
        """Print what the search process takes."""
        memory = self._other.memory_full_info()
        print(f"search process: RSS {memory.rss / 1e6:.0f}, PSS {memory.pss / 1e6:.0f} MB")


def print_sizes(database: Database) -> None:
    """Print what the index takes on disk."""
    connection = database.connection
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"catalog.db {database.path.stat().st_size / 1e6:.0f} MB")
    for table in ("item_words", "passage_words"):
        size = connection.execute(f"SELECT sum(length(block)) FROM {table}_data").fetchone()[0]
        print(f"  {table:<14} {size / 1e6:6.1f} MB")
    text = connection.execute("SELECT sum(length(body)) FROM passage").fetchone()[0]
    print(f"  text, compressed {text / 1e6:4.1f} MB")


def main() -> int:
    """Measure and print."""
    logging.getLogger("kiwix.search").setLevel(logging.ERROR)  # it misses the process on purpose
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="keep the library here for the next time")
    options = parser.parse_args()
    data = Path(os.environ.get("CHASHMA_TEST_DATA", _PROJECT.parent / "shared" / "data"))
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        database = build(folder, options.items, data)
        socket = Path(temporary) / "search.sock"
        command = [sys.executable, "-m", "kiwix.search_server", "--socket", str(socket)]
        with subprocess.Popen([*command, "--store", str(folder / "store")]) as process:
            try:
                while not socket.exists() and process.poll() is None:
                    time.sleep(0.01)
                meter = Meter(process.pid)
                run(database, socket, meter)
                meter.print_memory()
            finally:
                process.terminate()
        database.close()
    return 0


def run(database: Database, socket: Path, meter: Meter) -> None:
    """All measurements of one library."""
    search = Search(database, socket)
    search.search("warm")
    nobody = Search(database, socket.with_name("nobody.sock"))
    meter.measure("everything", search.search, QUERIES)
    meter.measure(
        "everything, Tajik only", lambda text: search.search(text, languages=["tg"]), QUERIES
    )
    meter.measure("everything, page 5", lambda text: search.search(text, offset=80), QUERIES)
    meter.measure("catalogue only", nobody.search, QUERIES)
    meter.measure("catalogue, matching", lambda text: _find(database, text), QUERIES)
    meter.measure("suggestions", search.suggest, TYPED)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"goal: p95 of everything under {_GOAL_MS} ms; load of each core was {load:.1f}")
    print_sizes(database)


def _find(database: Database, text: str) -> object:
    return find(database.connection, parse(text), Scope())


if __name__ == "__main__":
    sys.exit(main())
