# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents say what there is: commands, decisions, roles; and their links lead somewhere."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from appliance.agent.actions.table import ACTIONS
from appliance.cli.main import main
from appliance.config import Config
from appliance.services.service import services
from tests.meta.project import CODE, ROOT, imports, name, python_files
from webapp.admin.gate import ACCESS, ANYBODY, EVERYONE

_DECISIONS = ROOT / "docs" / "decisions"
_PAGES = sorted(chain(ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md")))
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_WHO = {
    "anybody": frozenset[str](ANYBODY),
    "all staff": frozenset[str](EVERYONE),
    "administrator, district": frozenset({"administrator", "district"}),
    "administrator, teacher": frozenset({"administrator", "teacher"}),
    "administrator": frozenset({"administrator"}),
}


def _text(*path: str) -> str:
    return ROOT.joinpath(*path).read_text(encoding="utf-8")


def test_every_decision_stands_in_the_index_with_its_title() -> None:
    index = dict(
        re.findall(
            r"\[\d{4}\]\(([^)]+)\) \| (.+?) \|$", _text("docs", "decisions", "README.md"), re.M
        )
    )
    written = {
        path.name: path.read_text("utf-8").splitlines()[0].removeprefix(f"# {path.name[:4]} ")
        for path in _DECISIONS.glob("[0-9]*.md")
    }
    assert index == written


def test_no_number_of_a_decision_is_given_twice() -> None:
    numbers = [path.name[:4] for path in _DECISIONS.glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", sorted(_DECISIONS.glob("[0-9]*.md")), ids=name)
def test_decisions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 60


@pytest.mark.parametrize("path", _PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = [one or other for one, other in _LINK.findall(path.read_text("utf-8"))]
    broken = [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target)
        and not (path.parent / target.partition("#")[0]).exists()
    ]
    assert not broken


@pytest.mark.parametrize("path", _PAGES, ids=name)
def test_paths_that_are_named_exist(path: Path) -> None:
    """A folder that was renamed must not live on in a document."""
    named = re.findall(
        r"`((?:appliance|webapp|kiwix|tests|docs|tools|sample)/[\w./-]+)`", path.read_text("utf-8")
    )
    lost = [one for one in named if not (ROOT / one).exists()]
    assert not lost


def test_every_target_of_the_makefile_has_its_line_in_help() -> None:
    makefile = _text("Makefile")
    targets = set(re.findall(r"^\.PHONY: ([\w -]+)$", makefile, re.M))
    explained = set(re.findall(r"^([a-z][\w-]*):.*## \S", makefile, re.M))
    assert targets - explained <= {"system"}  # installs for others; nobody calls it


def test_commands_for_contributors_exist() -> None:
    explained = set(re.findall(r"^([a-z][\w-]*):.*## \S", _text("Makefile"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)", "".join(page.read_text("utf-8") for page in _PAGES)))
    assert named <= explained


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"\bchashma {command}\b", _text("docs", "command.md"))
    assert main.commands[command].get_short_help_str()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_is_documented(command: str) -> None:
    page = _text("docs", "command.md")
    options = {
        option
        for parameter in main.commands[command].params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {option for option in options if f"`{option}" not in page} == set()


@pytest.mark.parametrize("page", ["architecture.md", "privilege.md"])
def test_every_service_has_its_row(page: str) -> None:
    names = [service.name for service in services(Config(state=Path("nowhere")))]
    assert [one for one in names if f"\n| {one} |" not in _text("docs", page)] == []


def test_the_roles_on_paper_are_those_of_the_gate() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| ((?:`[\w.]+` ?)+) \| ([^|]+) \|$", _text("docs", "privilege.md"), re.M
    )
    said = {
        endpoint: _WHO[who.removesuffix(", until an account exists")]
        for endpoints, who in rows
        for endpoint in re.findall(r"`([\w.]+)`", endpoints)
    }
    assert said == {endpoint: frozenset(map(str, roles)) for endpoint, roles in ACCESS.items()}


def test_hooks_run_only_what_is_installed_here() -> None:
    hooks = _text(".pre-commit-config.yaml")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert {
        path for path in re.findall(r"entry: (\S+)", hooks) if not path.startswith(".venv/")
    } == set()


def test_every_library_is_used_and_pinned() -> None:
    """What nobody imports would still be installed on every box."""
    names = {
        "argon2-cffi": "argon2",
        "markdown-it-py": "markdown_it",
        "pillow": "PIL",
        "pystemmer": "Stemmer",
    }
    imported = {
        module.partition(".")[0] for path in python_files(*CODE) for module in imports(path)
    }
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = {re.split(r"[<>=]", one)[0] for one in project["dependencies"]}
    unused = {one for one in wanted if names.get(one, one.replace("-", "_")) not in imported}
    assert not unused
    pinned = set(re.findall(r"^([\w-]+)==", _text("requirements", "constraints.txt"), re.M))
    assert wanted <= pinned


def test_the_licence_is_the_same_everywhere() -> None:
    licence = tomllib.loads(_text("pyproject.toml"))["project"]["license"]["text"]
    assert licence == "GPL-3.0-or-later"
    assert _text("LICENSE").lstrip().startswith("GNU GENERAL PUBLIC LICENSE")


def test_every_action_of_root_is_told() -> None:
    said = re.findall(
        r"^\| `(\w+\.\w+)` \| [^|]+ \| [^|]+ \|$", _text("docs", "privilege.md"), re.M
    )
    assert sorted(said) == sorted(str(one.__struct_config__.tag) for one in ACTIONS)
