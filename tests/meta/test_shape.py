# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes, names and first lines of files."""

import ast
import re
from pathlib import Path

import pytest

from tests.meta.project import CODE, ROOT, name, parsed, python_files, texts

_LONGEST_FILE = 400
_LONGEST_FUNCTION = 60
_LICENCE = "# SPDX-License-Identifier: GPL-3.0-or-later"
_NOUNS_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}
# An __init__.py says nothing, but for those that make a web application.
_FACTORIES = {"webapp/portal/__init__.py", "webapp/admin/__init__.py"}
_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
_NAMES_THE_WORDS = {"CONTRIBUTING.md", Path(__file__).name}


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_files_and_functions_are_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _LONGEST_FILE
    long = [
        f"{node.name}: {_length(node)}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _length(node) > _LONGEST_FUNCTION
    ]
    assert not long


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_each_file_says_its_licence_and_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name == "__init__.py" and not text:
        return
    assert text.splitlines()[0] == _LICENCE or text.splitlines()[1] == _LICENCE
    assert ast.get_docstring(parsed(path))


def test_packages_say_nothing() -> None:
    spoken = {
        name(path)
        for path in python_files()
        if path.name == "__init__.py" and path.read_text(encoding="utf-8")
    }
    assert spoken <= _FACTORIES


def test_modules_are_nouns_of_something() -> None:
    named = {name(path) for path in python_files(*CODE) if path.stem in _NOUNS_OF_NOTHING}
    assert not named


def test_packages_of_python_can_be_imported() -> None:
    without = {
        name(path.parent)
        for path in python_files(*CODE, "sample", "benchmarks", "tests")
        if not (path.parent / "__init__.py").exists()
    }
    assert not without


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{name(path)}:{number}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _LATER.search(line) and path.name not in _NAMES_THE_WORDS
    ]
    assert not left


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in python_files(*CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_exceptions_from_rules_say_why() -> None:
    bare = [
        f"{name(path)}:{number}"
        for path in python_files(*CODE, "sample", "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# (?:noqa|type: ignore)", line)
        and not re.search(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z-, ]+\]) .*\w", line)
    ]
    assert not bare


def test_the_project_names_no_machine_of_ours() -> None:
    """Neither folders of a workplace nor mirrors: what is fetched is fetched from where it is."""
    private = re.compile(
        r"(?<![\w.$/}>-])/(?:work|home|Users)/\w|(?:mirror|artifactory|nexus|devpi)[\w-]*\.\w{2,}"
        r"|index-"
        r"url|\b(?:10|192\.168)(?:\.\d{1,3}){2,3}:\d+",
        re.IGNORECASE,
    )
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if private.search(line)
    ]
    assert not found


def test_pictures_of_the_guides_are_small() -> None:
    large = {
        name(path): path.stat().st_size
        for path in (ROOT / "docs").rglob("*")
        if path.suffix in {".png", ".webp", ".jpg"} and path.stat().st_size > 60_000
    }
    assert not large
