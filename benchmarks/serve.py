# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page costs, beside nginx, kiwix-serve and Kolibri: ``python -m benchmarks.serve``.

All servers run on this machine in one run, one after the other, so that the ratios say something
wherever it runs. Needs wrk, and an archive: ``--zim FILE``. With ``--kolibri FOLDER`` Kolibri from
PyPI is measured too, in a virtual environment that is made in that folder.
"""

import argparse
import contextlib
import gzip
import os
import statistics
import tempfile
from pathlib import Path

from libzim.reader import Archive

from appliance.config import Config
from benchmarks import kolibri
from benchmarks.contestant import (
    Contestant,
    free_ports,
    get,
    kiwix_serve_program,
    plain_kiwix,
    plain_nginx,
    stack,
)
from benchmarks.library import filled
from benchmarks.load import GZIP, Load, hammer, once_each, open_lesson, percentile

_ROUNDS = 3
_CLIENTS = 40


def main() -> None:
    """Measure, and print one line for each comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zim", type=Path, required=True)
    parser.add_argument("--kolibri", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port, admin_port = free_ports(2)
        config = Config(
            state=Path(folder) / "state",
            port=port,
            admin_port=admin_port,
            kiwix_serve=kiwix_serve_program(),
        )
        item = filled(config, options.zim)
        entries = articles(options.zim)
        _comparearticles(config, Path(folder), item, entries)
        _compare_pages(config, item, options.kolibri)
        _open_as_a_class(config, item, entries[0])


def _comparearticles(config: Config, folder: Path, item: str, entries: list[str]) -> None:
    host = {"Host": config.read_url.removeprefix("http://"), **GZIP}
    with contextlib.ExitStack() as running:
        ours = running.enter_context(stack(config))
        kiwix = running.enter_context(plain_kiwix(config, free_ports(1)[0]))
        paths = [f"/zim/{item}/{entry}" for entry in entries]
        uncached = once_each(ours, paths, host)
        alone = once_each(kiwix, [f"/content/{item}/{entry}" for entry in entries], GZIP)
        _tell("uncached articles, each once", uncached, alone, "kiwix-serve")
        path = _median_sized(ours, paths, host)
        body = get(ours.port, path, host)[1]
        nginx = running.enter_context(_nginx_with(folder, body))
        loads = [
            (hammer(ours, path, host), hammer(nginx, "/article", GZIP)) for _ in range(_ROUNDS)
        ]
        _tell(f"cached article, {len(body)} bytes", *_typical(loads), "nginx")


def _compare_pages(config: Config, item: str, kolibri_folder: Path | None) -> None:
    host = {"Host": config.portal_url.removeprefix("http://"), **GZIP}
    pages = {
        "home": "/",
        "item page": f"/item/{item}",
        "search": "/search?q=%D1%84%D0%B0%D0%B9%D0%BB",
    }
    with stack(config) as ours:
        loads = {name: hammer(ours, path, host, connections=20) for name, path in pages.items()}
    for name, load in loads.items():
        print(f"{name}: {load.per_second:.0f} requests/s, {load.cpu_ms:.2f} ms CPU")
    if kolibri_folder is None:
        return
    with kolibri.started(kolibri_folder, free_ports(1)[0]) as (peer, headers):
        learn = hammer(peer, "/en/learn/", headers, connections=20)
    print(f"Kolibri's learn page: {learn.per_second:.0f} requests/s, {learn.cpu_ms:.2f} ms CPU")
    print(f"home / learn: {loads['home'].per_second / learn.per_second:.1f} times the requests/s")


def _open_as_a_class(config: Config, item: str, entry: str) -> None:
    others = sorted(os.sched_getaffinity(0))[1:]
    with stack(config, core=min(os.sched_getaffinity(0))):
        before = os.sched_getaffinity(0)
        if others:
            os.sched_setaffinity(0, others)
        seconds = open_lesson(f"{config.portal_url}/item/{item}/read?at={entry}", _CLIENTS, 5)
        os.sched_setaffinity(0, before)
    print(
        f"{_CLIENTS} clients open one lesson page, server on one core: "
        f"median {statistics.median(seconds):.2f} s, p95 {percentile(seconds, 0.95):.2f} s"
    )


def _nginx_with(folder: Path, body: bytes) -> "contextlib.AbstractContextManager[Contestant]":
    files = folder / "nginx" / "files"
    files.mkdir(parents=True)
    (files / "article.gz").write_bytes(body)
    (files / "article").write_bytes(gzip.decompress(body))
    return plain_nginx(folder / "nginx", free_ports(1)[0])


def articles(zim: Path) -> list[str]:
    """Paths of all HTML entries, as they stand in an address."""
    archive = Archive(zim)
    found = []
    for number in range(archive.all_entry_count):
        entry = archive._get_entry_by_id(number)
        if not entry.is_redirect and entry.get_item().mimetype.startswith("text/html"):
            found.append(entry.path)
    return [path for path in found if path.isascii() and not set(path) & set(" ?#%&")]


def _median_sized(server: Contestant, paths: list[str], headers: dict[str, str]) -> str:
    sizes = sorted((len(get(server.port, path, headers)[1]), path) for path in paths[:200])
    return sizes[len(sizes) // 2][1]


def _typical(loads: list[tuple[Load, Load]]) -> tuple[Load, Load]:
    return sorted(loads, key=lambda pair: pair[0].cpu_ms / pair[1].cpu_ms)[len(loads) // 2]


def _tell(what: str, ours: Load, theirs: Load, name: str) -> None:
    print(
        f"{what}: {ours.cpu_ms:.3f} ms CPU, {ours.per_second:.0f} requests/s; "
        f"{name} {theirs.cpu_ms:.3f} ms, {theirs.per_second:.0f}; "
        f"{ours.cpu_ms / theirs.cpu_ms:.2f} times its CPU"
    )


if __name__ == "__main__":
    main()
