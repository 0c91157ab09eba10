# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the rows of the spreadsheet named on its command line; for a child with limits."""

import sys
from itertools import islice
from pathlib import Path

import msgspec

from appliance.content.sheet_rows import sheet_rows
from appliance.errors import RefusalError

_MOST_ROWS = 1001


def main() -> int:
    """Print JSON: rows of cells, as texts. 1: it cannot be read."""
    try:
        rows = list(islice(sheet_rows(Path(sys.argv[1])), _MOST_ROWS))
    except RefusalError:
        return 1
    sys.stdout.buffer.write(msgspec.json.encode([[cell[:200] for cell in row] for row in rows]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
