# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the project, as the rules look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("appliance", "webapp", "kiwix")
PYTHON = (*CODE, "sample", "benchmarks", "tests", "tools")
_BUILT = {"__pycache__", "node_modules", ".venv", ".cache", ".run", ".git", "build", "dist"}


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the project, by default below all."""
    return [path for path in _files(*(folders or PYTHON)) if path.suffix == ".py"]


def texts() -> list[Path]:
    """Every file that people wrote: not vendored, not built, not a picture."""
    own = [
        path for path in ROOT.iterdir() if path.is_file() and path.name not in {"LICENSE", ".git"}
    ]
    return [
        path
        for path in (*own, *_files(*PYTHON, "docs", "requirements", ".ci"))
        if "vendor" not in path.parts and b"\0" not in path.read_bytes()
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> set[str]:
    """Modules imported when the program runs, at once or late, not only when types are checked."""
    tree = parsed(path)
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        # With an "else" the program has the module as well: a late one.
        if isinstance(node, ast.If)
        and ast.unparse(node.test) == "TYPE_CHECKING"
        and not node.orelse
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name(path: Path) -> str:
    """The path below the project's root, as tests name it."""
    return path.relative_to(ROOT).as_posix()


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not _BUILT & set(path.parts):
                yield path
