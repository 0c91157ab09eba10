# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates that were compiled when the box was made, by ``webapp.compile_templates``.

To compile the templates of one page takes a Raspberry Pi about half a second, after each start and
in each process.
"""

from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "__pycache__"
"""Beside Python's own; who serves cannot write there."""


class TemplateCache(FileSystemBytecodeCache):
    """What was compiled before; what was not, or has changed since, is compiled each time."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """``folder`` need not exist."""
        super().__init__(str(folder))

    def below(self, name: str) -> "TemplateCache":
        """Another of its kind, in a folder of this one's."""
        return TemplateCache(Path(self.directory) / name)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is written while pages are served."""


def use_compiled(app: Flask) -> None:
    """Have an app take its templates as they were compiled."""
    app.jinja_env.bytecode_cache = TemplateCache()
