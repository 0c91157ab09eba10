# SPDX-License-Identifier: GPL-3.0-or-later
"""A late module is there as soon as it is asked for something, and not before."""

import sys
from pathlib import Path

import pytest

from appliance.late_module import LateModule


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "chashma_late_example"
    (tmp_path / f"{name}.py").write_text("made = []\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    # So that it is forgotten again.
    monkeypatch.setitem(sys.modules, name, sys)
    monkeypatch.delitem(sys.modules, name)
    return name


def test_it_is_loaded_at_first_use(module: str) -> None:
    late = LateModule(module)
    assert module not in sys.modules
    late.made.append(1)  # type: ignore[attr-defined] # the module's own
    assert sys.modules[module].made == [1]
    assert late.made is sys.modules[module].made


def test_what_it_does_not_have_is_an_error(module: str) -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = LateModule(module).nothing


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError, match="chashma_is_not_there"):
        _ = LateModule("chashma_is_not_there").made
