# SPDX-License-Identifier: GPL-3.0-or-later
"""What the whole stack holds in memory, idle and after load: ``python -m benchmarks.memory``.

PSS: a page that several processes share counts in parts. supervisord is told apart, because the
box has systemd in its place. Needs wrk and an archive: ``--zim FILE``.
"""

import argparse
import tempfile
from pathlib import Path

import psutil

from appliance.config import Config
from benchmarks.contestant import Contestant, free_ports, kiwix_serve_program, stack
from benchmarks.library import filled
from benchmarks.load import GZIP, hammer, once_each
from benchmarks.serve import articles

_MEGA = 1_000_000


def main() -> None:
    """Measure, and print a line for each process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zim", type=Path, required=True)
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
        with stack(config) as running:
            portal = {"Host": config.portal_url.removeprefix("http://"), **GZIP}
            read = {"Host": config.read_url.removeprefix("http://"), **GZIP}
            hammer(running, "/", portal, seconds=1)
            tell("idle", running)
            once_each(running, [f"/zim/{item}/{path}" for path in articles(options.zim)], read)
            for page in ("/browse", f"/item/{item}", "/search?q=%D1%84%D0%B0%D0%B9%D0%BB"):
                hammer(running, page, portal, connections=20)
            tell("after load", running)


def tell(when: str, running: Contestant) -> None:
    """Print what each process of the stack holds, and all of them together."""
    services = 0.0
    for process in running.processes():
        held = process.memory_full_info().pss / _MEGA
        words = process.cmdline()
        if not {"appliance.services.stack", "supervisor.supervisord"} & set(words):
            services += held
        print(f"  {held:6.1f} MB  {_short(process, words)}")
    print(f"{when}: {services:.0f} MB without the runner and supervisord")


def _short(process: psutil.Process, words: list[str]) -> str:
    return words[words.index("-m") + 1] if "-m" in words else process.name()


if __name__ == "__main__":
    main()
