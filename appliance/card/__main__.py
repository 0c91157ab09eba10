# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m appliance.card FILE``: check a ``chashma.toml`` before it goes on a card."""

import argparse
import sys
from pathlib import Path

from appliance.card.read import read_text
from appliance.card.report import problem_text
from appliance.hotspot.settings import HotspotSettings
from appliance.language import UI_LANGUAGES


def main() -> int:
    """Print what is wrong; 0 if nothing is."""
    parser = argparse.ArgumentParser(prog="python -m appliance.card", description=__doc__)
    parser.add_argument("file", type=Path, help="the chashma.toml to check")
    parser.add_argument("--language", choices=UI_LANGUAGES, default="en")
    options = parser.parse_args()
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
