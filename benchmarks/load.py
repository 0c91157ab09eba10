# SPDX-License-Identifier: GPL-3.0-or-later
"""Load: many requests for one page, each page of a list once, and a class that opens a lesson."""

import http.client
import re
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import msgspec

from benchmarks.contestant import Contestant

GZIP = {"Accept-Encoding": "gzip"}


class Load(msgspec.Struct, frozen=True):
    """What a load did to a server.

    Attributes:
        cpu_ms: of all processes of the server, for one request.
    """

    requests: int
    per_second: float
    cpu_ms: float


def hammer(
    server: Contestant,
    path: str,
    headers: Mapping[str, str],
    *,
    seconds: float = 5,
    connections: int = 4,
) -> Load:
    """Ask for one page as fast as the server answers, with wrk."""
    command = ["wrk", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--timeout", "30s"]
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    before = server.cpu_seconds()
    run = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True,
        text=True,
        check=True,
    )
    cpu = server.cpu_seconds() - before
    if "Non-2xx" in run.stdout:
        raise RuntimeError(f"{server.name} does not answer {path} with 200")
    requests = int(_number(r"(\d+) requests in", run.stdout))
    rate = _number(r"Requests/sec:\s+([\d.]+)", run.stdout)
    return Load(requests, rate, 1000 * cpu / requests)


def once_each(server: Contestant, paths: Sequence[str], headers: Mapping[str, str]) -> Load:
    """Ask for each page once, four at a time."""
    before = server.cpu_seconds()
    start = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda part: _ask_all(server.port, part, headers), _parts(paths, 4)))
    seconds = time.monotonic() - start
    cpu = server.cpu_seconds() - before
    return Load(len(paths), len(paths) / seconds, 1000 * cpu / len(paths))


def open_lesson(url: str, clients: int, rounds: int) -> list[float]:
    """Seconds until each of many clients, starting together, has a page and all that it needs."""
    with ThreadPoolExecutor(clients) as pool:
        seconds: list[float] = []
        for _ in range(rounds):
            seconds += pool.map(lambda _: _open_page(url), range(clients))
    return seconds


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which the share of all values lies."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def _parts(paths: Sequence[str], count: int) -> list[Sequence[str]]:
    return [paths[number::count] for number in range(count)]


def _ask_all(port: int, paths: Sequence[str], headers: Mapping[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
    connection.close()


def _open_page(url: str) -> float:
    """As a browser with an empty cache does: the page, then what it names, frames included."""
    connections: dict[str, http.client.HTTPConnection] = {}
    start = time.monotonic()
    wanted, seen = [url], {url}
    while wanted:
        address = wanted.pop(0)
        parts = urlsplit(address)
        connection = connections.setdefault(
            parts.netloc, http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
        )
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", path, headers={"Host": parts.netloc})
        response = connection.getresponse()
        body = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{address}: {response.status}")
        if "text/html" in response.headers.get("Content-Type", ""):
            for found in _named(body.decode("utf-8", "replace")):
                full = urljoin(address, found).partition("#")[0]
                if full.startswith("http") and full not in seen:
                    seen.add(full)
                    wanted.append(full)
    return time.monotonic() - start


def _named(page: str) -> list[str]:
    """What a browser fetches by itself: scripts, styles, pictures, frames."""
    found = re.findall(r"<(?:script|img|iframe|source|track)\b[^>]*?\ssrc=\"([^\"]+)\"", page)
    for link in re.findall(r"<link\b[^>]*>", page):
        if re.search(r"rel=\"(?:stylesheet|icon)\"", link):
            found += re.findall(r"href=\"([^\"]+)\"", link)
    return [address.replace("&amp;", "&") for address in found]


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"wrk says: {text}")
    return float(found.group(1))
