# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the spreadsheet for questions to standard output; for a child process: ``… LANGUAGE``."""

import sys
import tempfile
from pathlib import Path

from appliance.content.quiz.template import write_quiz_template


def main() -> None:
    """Write it, with its help in the language that the command line names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "quiz.xlsx")
        write_quiz_template(path, sys.argv[1])
        sys.stdout.buffer.write(path.read_bytes())


if __name__ == "__main__":
    main()
