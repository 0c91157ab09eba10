# SPDX-License-Identifier: GPL-3.0-or-later
"""A long look for bytes that pack reading cannot take: ``make fuzz MINUTES=30 SEED=1``."""

import argparse
import time
from collections import Counter
from itertools import cycle

from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.pack_reading import PROPERTIES

_ROUND = 100
_QUIET = settings(
    max_examples=_ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def main() -> None:
    """Try one property after the other, each with new examples, until the time is over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    tried: Counter[str] = Counter()
    end, number = time.monotonic() + options.minutes * 60, options.seed
    for name in cycle(PROPERTIES):
        if time.monotonic() > end:
            break
        _round(name, number, tried)
        number += 1
    for name, count in tried.items():
        print(f"{count:>9}  {name}")
    print(f"{tried.total():>9}  examples, none of which was read wrongly")


def _round(name: str, number: int, tried: Counter[str]) -> None:
    strategy, check = PROPERTIES[name]

    def counted(example: object) -> None:
        tried[name] += 1
        check(example)

    _QUIET(seed(number)(given(strategy)(counted)))()


if __name__ == "__main__":
    main()
