# SPDX-License-Identifier: GPL-3.0-or-later
"""Why the agent says no, in words."""

import ast

import pytest

from appliance.agent.protocol import Refusal
from appliance.agent.refusals import REFUSALS, sentence
from tests.meta.project import parsed, python_files


def _given() -> set[str]:
    """The codes that the agent's own code gives."""
    return {
        str(node.args[0].value)
        for path in python_files("appliance")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"Refusal", "RefusedError"}
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_refusal_has_its_words_and_every_sentence_is_needed() -> None:
    assert _given() == set(REFUSALS)


@pytest.mark.parametrize("code", [*REFUSALS, "from-a-newer-agent"])
def test_it_is_said_in_each_language(code: str) -> None:
    said = {sentence(Refusal(code), language) for language in ("tg", "ru", "en")}
    assert len(said) == 3
