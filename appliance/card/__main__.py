# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m appliance.card FILE``: check a ``chashma.toml`` before it goes on a card."""

import argparse
import getpass
import sys
from pathlib import Path

from argon2 import PasswordHasher

from appliance.card.read import read_text
from appliance.card.report import problem_text
from appliance.hotspot.settings import HotspotSettings
from appliance.language import UI_LANGUAGES

# As the box itself makes them (appliance.school.password), so that checking one fits its memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def main() -> int:
    """Print what is wrong; 0 if nothing is."""
    parser = argparse.ArgumentParser(prog="python -m appliance.card", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, help="the chashma.toml to check")
    what.add_argument(
        "--hash", action="store_true", help="ask for a password, print its hash for the file"
    )
    parser.add_argument("--language", choices=UI_LANGUAGES, default="en")
    options = parser.parse_args()
    if options.hash:
        print(_HASHER.hash(getpass.getpass()))  # noqa: T201 - a command speaks
        return 0
    try:
        content = options.file.read_bytes()
    except OSError as exc:
        parser.error(str(exc))
    _, problems = read_text(content, HotspotSettings())
    for problem in problems:
        print(problem_text(problem, options.language))  # noqa: T201 - a command speaks
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
