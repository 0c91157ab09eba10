# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiled templates are used as they are, and never stand in the way."""

from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from jinja2 import DictLoader
from jinja2.environment import Environment

from appliance.language import UI_LANGUAGES
from webapp.compile_templates import compile_templates, main
from webapp.language_template import Constants, LanguageEnvironment
from webapp.template_cache import TemplateCache


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.jinja_env.loader = DictLoader({"a.html": "{{ 6 * 7 }}"})
    return made


def _serving(app: Flask, folder: Path) -> Environment:
    served = app.jinja_env.overlay()
    served.bytecode_cache = TemplateCache(folder)
    return served


def test_what_was_compiled_is_not_compiled_again(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_templates(app, tmp_path)
    served = _serving(app, tmp_path)
    monkeypatch.setattr(served, "compile", lambda *_, **__: pytest.fail("it was compiled"))
    assert served.get_template("a.html").render() == "42"


def test_what_has_changed_since_is(app: Flask, tmp_path: Path) -> None:
    compile_templates(app, tmp_path)
    app.jinja_env.loader = DictLoader({"a.html": "{{ 6 * 8 }}"})
    assert _serving(app, tmp_path).get_template("a.html").render() == "48"


def test_serving_writes_nothing(app: Flask, tmp_path: Path) -> None:
    assert _serving(app, tmp_path).get_template("a.html").render() == "42"
    assert _serving(app, tmp_path / "none").get_template("a.html").render() == "42"
    assert not list(tmp_path.iterdir())


def test_each_language_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_templates(_of_languages(), tmp_path)
    served = _of_languages()
    served.jinja_env.bytecode_cache = TemplateCache(tmp_path)
    monkeypatch.setattr(LanguageEnvironment, "compile", lambda *_: pytest.fail("it was compiled"))

    shown = {
        language: cast(LanguageEnvironment, served.jinja_env)
        .in_language(language)
        .get_template("a.html")
        .render()
        for language in UI_LANGUAGES
    }

    assert shown == {language: f"Search in {language}" for language in UI_LANGUAGES}


def test_words_that_have_changed_are_compiled_again(tmp_path: Path) -> None:
    compile_templates(_of_languages(), tmp_path)
    compile_templates(_of_languages(" now"), tmp_path)
    served = _of_languages()
    served.jinja_env.bytecode_cache = TemplateCache(tmp_path)

    russian = cast(LanguageEnvironment, served.jinja_env).in_language("ru")

    assert russian.get_template("a.html").render() == "Search in ru now"


def _of_languages(more: str = "") -> Flask:
    made = Flask(__name__)
    made.jinja_environment = LanguageEnvironment
    environment = cast(LanguageEnvironment, made.jinja_env)
    environment.loader = DictLoader({"a.html": "{{ gettext('Search') }}"})
    environment.prepare(
        lambda: "tg", lambda language: Constants(lambda word: f"{word} in {language}{more}", {})
    )
    return made


def test_all_of_both_sites(tmp_path: Path) -> None:
    main(tmp_path)

    # Of the portal in each language, of the panel once: its words are looked up.
    for folder in (tmp_path, *(tmp_path / language for language in UI_LANGUAGES)):
        assert list(folder.glob("*.cache"))
