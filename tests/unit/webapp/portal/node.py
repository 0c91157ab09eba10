# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts of the portal run without a browser."""

import json
import subprocess
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[4] / "webapp" / "portal" / "home"


def run(files: list[str], expression: str, given: object) -> Any:
    """What an expression gives after these files of the lesson at home; ``given`` is its input."""
    source = "\n".join((HOME / name).read_text("utf-8") for name in files)
    program = f"""{source}
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({expression}));
"""
    done = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(given).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)
