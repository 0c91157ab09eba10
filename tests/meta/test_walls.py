# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may start processes, read the environment, catch all: what import-linter cannot see."""

import ast
import re
from pathlib import Path

import pytest

from tests.meta.project import CODE, ROOT, imports, name, parsed, python_files

_STARTS_PROCESSES = {
    "appliance/process.py": "the one place that runs external tools",
    "appliance/own_module.py": "starts modules of this program as processes of their own",
    "appliance/services/stack.py": "keeps supervisord on a laptop, in place of systemd",
}
_FORKS = {
    "appliance/content/inspect/zygote.py": "forks a limited child for each file",
    "appliance/services/launch.py": "becomes the service that it was asked for",
}
_CATCHES_ALL = {
    "appliance/agent/sticks.py": "a stick must not end the watch over the others",
    "appliance/agent/server.py": "one action must not end the agent",
    "appliance/agent/networks.py": "without its looks no trial of the hotspot would ever end",
    "appliance/agent/__main__.py": "a box whose card is odd still has its hotspot",
    "appliance/jobs/worker.py": "one job must not end the worker",
    "appliance/jobs/watch.py": "a stick must not keep the others from being looked at",
    "appliance/content/patience.py": "what its thread met is raised where the answer is wanted",
    "appliance/content/inspect/workbench.py": "parsers raise whatever they like",
    "appliance/content/inspect/zygote.py": "a forked child never returns into its parent's code",
}
_CONFIGURATION = {"appliance/config.py"}


def _calls(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}


def test_only_the_named_places_start_processes() -> None:
    starting = {name(path) for path in python_files(*CODE) if "subprocess" in imports(path)}
    assert starting == set(_STARTS_PROCESSES)


def test_no_shell_is_ever_used() -> None:
    forbidden = re.compile(r"os\.(?:system|popen|spawn\w+)|pty\.spawn")
    assert not {name(path) for path in python_files(*CODE) if forbidden.search(_source(path))}


def test_only_the_named_places_fork() -> None:
    forking = {
        name(path)
        for path in python_files(*CODE)
        if any(re.fullmatch(r"os\.(?:fork|exec\w+)", call) for call in _calls(path))
    }
    assert forking == set(_FORKS)


def test_only_the_configuration_reads_its_variables() -> None:
    reading = {
        name(path)
        for path in python_files(*CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Subscript | ast.Call)
        and re.search(r"environ", ast.unparse(node))
        and re.search(r"['\"]CHASHMA_", ast.unparse(node))
        and re.match(r"os\.(?:environ|getenv)", ast.unparse(node))
    }
    assert reading <= _CONFIGURATION


def test_everything_is_caught_only_where_a_loop_must_go_on() -> None:
    catching = {
        name(path)
        for path in python_files(*CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in node.body)
    }
    assert catching <= set(_CATCHES_ALL)


@pytest.mark.parametrize("word", ["eval", "exec", "pickle", "marshal", "shelve", "yaml"])
def test_nothing_that_is_read_becomes_code(word: str) -> None:
    using = {
        name(path) for path in python_files(*CODE) if word in imports(path) or word in _calls(path)
    }
    assert not using


def test_only_the_store_knows_its_folders() -> None:
    """Nobody else joins ``items``, ``trash`` or ``staging``: a path is asked for.

    kiwix, which may not know the appliance, reads archives where the store has put them.
    """
    joining = {
        name(path)
        for path in python_files(*CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Div)
        and isinstance(node.right, ast.Constant)
        and node.right.value in {"items", "trash", "staging"}
    }
    assert joining == {"appliance/content/store.py", "kiwix/archive_pool.py"}


def test_templates_trust_nothing() -> None:
    """``|safe`` on anything but a literal would let a title be HTML."""
    trusting = [
        name(path)
        for path in (ROOT / "webapp").rglob("*.html")
        if re.search(r"[^\"]\|\s*safe\b|autoescape\s+false|\{%-?\s*raw", path.read_text("utf-8"))
    ]
    assert not trusting
    marking = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("webapp")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"Markup", "render_template_string"}
        and not all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert not marking


def test_templates_carry_no_script_and_no_style_of_their_own() -> None:
    """The policy of portal and panel forbids both, so they would silently not work."""
    inline = [
        f"{name(path)}:{number}"
        for path in (ROOT / "webapp").rglob("templates/**/*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:", line)
    ]
    assert not inline


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")
