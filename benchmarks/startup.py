# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the whole stack takes to answer with many archives: ``python -m benchmarks.startup``.

From the start of the supervisor to the first page of the portal and the first page of an archive,
beside the same with one archive.
"""

import argparse
import tempfile
import time
from pathlib import Path

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.progress import Progress
from appliance.content.shelf import Shelf
from benchmarks.archive import make_archive
from benchmarks.contestant import get, kiwix_serve_program, stack

_PORTS = (18780, 18781)
_PAUSE_S = 0.02


def main() -> None:
    """Measure, and print a line for each size of library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for count in (1, options.archives):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            config = Config(
                state=Path(folder) / "state",
                port=_PORTS[0],
                admin_port=_PORTS[1],
                kiwix_serve=kiwix_serve_program(),
            )
            item = _fill(config, Path(folder), count)
            times = [_seconds(config, item) for _ in range(options.rounds)]
            print(f"{count} archives: " + "/".join(f"{seconds:.2f}" for seconds in times) + " s")


def _fill(config: Config, folder: Path, count: int) -> str:
    """Put small archives on the shelf; the id of one of them."""
    source = folder / "source"
    source.mkdir()
    for number in range(count):
        make_archive(source / f"{number}.zim", {"main": f"<h1>Мақола {number}</h1>".encode()})
    results = list(ingest(list(discover([source])), Shelf(config), Progress()))
    return results[-1].id


def _seconds(config: Config, item: str) -> float:
    begun = time.monotonic()
    with stack(config):
        host = config.read_url.removeprefix("http://")
        while get(config.port, f"/zim/{item}/main", {"Host": host})[0] != 200:
            time.sleep(_PAUSE_S)
        return time.monotonic() - begun


if __name__ == "__main__":
    main()
