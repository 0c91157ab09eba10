# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses are put together as werkzeug does it, and only those that are asked for."""

import pytest
from werkzeug.routing import BuildError, Map, MapAdapter, Rule

from webapp.late_rule import LateRule

_ADDRESSES = {
    "home": "/",
    "item": "/item/<id>",
    "part": "/read/<id>/<path:file>",
    "page": "/page/<int:number>",
}


def _address_map(kind: type[Rule]) -> MapAdapter:
    rules = [kind(text, endpoint=name) for name, text in _ADDRESSES.items()]
    rules.append(kind("/page/", endpoint="page", defaults={"number": 1}))
    return Map(rules).bind("maktab.lan")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("home", {}),
        ("home", {"q": "об ва оташ", "page": 2}),
        ("item", {"id": "a/б"}),
        ("item", {"id": "a", "self": 1}),
        ("part", {"id": "a", "file": "b/c d.html", "cls": ["x", "y"]}),
        ("page", {"number": 1}),
        ("page", {"number": 7}),
    ],
)
@pytest.mark.parametrize("unknown", [True, False])
def test_builds_what_werkzeug_builds(name: str, values: dict[str, object], unknown: bool) -> None:
    late, usual = (
        _address_map(kind).build(name, values, append_unknown=unknown) for kind in (LateRule, Rule)
    )
    assert late == usual


def test_what_is_missing_is_an_error_as_ever() -> None:
    with pytest.raises(BuildError):
        _address_map(LateRule).build("item")


def test_each_is_made_once_and_at_need(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make = Rule._compile_builder

    def seen(rule: Rule, append_unknown: bool = True) -> object:
        made.append(rule.rule)
        return make(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", seen)
    addresses = _address_map(LateRule)
    assert addresses.match("/item/a") == ("item", {"id": "a"})
    assert made == []
    assert addresses.build("item", {"id": "a"}) == addresses.build("item", {"id": "a"})
    assert made == ["/item/<id>"]
