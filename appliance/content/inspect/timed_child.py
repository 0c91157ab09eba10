# SPDX-License-Identifier: GPL-3.0-or-later
"""The child of ``timed``: a job a line on standard input, what becomes of it on standard output."""

import os
import shutil
import sys

import msgspec

from appliance.content.inspect.messages import Ended, Job, Message
from appliance.content.inspect.pdf_without_poppler import inspect_pdf_without_poppler
from appliance.content.inspect.workbench import INSPECTORS, work
from appliance.content.item import Kind

_POPPLER = ("pdfinfo", "pdftotext", "pdftoppm")


def main() -> None:
    """Serve until nobody asks any more."""
    inspectors = dict(INSPECTORS)
    if not all(map(shutil.which, _POPPLER)):
        inspectors[Kind.PDF] = inspect_pdf_without_poppler
    answers = os.dup(sys.stdout.fileno())
    null = os.open(os.devnull, os.O_WRONLY)  # what libraries print is no answer
    os.dup2(null, sys.stdout.fileno())

    def send(message: Message) -> None:
        with open(answers, "wb", closefd=False) as out:
            out.write(b"\n" + msgspec.json.encode(message) + b"\n")

    for line in sys.stdin.buffer:
        work(msgspec.json.decode(line, type=Job), send, inspectors)
        send(Ended(signal=0, timed_out=False))


if __name__ == "__main__":
    main()
