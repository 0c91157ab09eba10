# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates with their messages in them: each language says its own, and nothing else changes."""

from collections import Counter

import pytest
from flask import Flask, g, render_template
from jinja2 import DictLoader, TemplateAssertionError

from webapp.language_template import Constants, LanguageEnvironment

_WORDS = {
    "tg": {"Hello": "Салом", "Hello, %(name)s": "Салом, %(name)s", "100%%": "100%%", "<b>": "<i>"},
    "ru": {"Hello": "Привет", "Hello, %(name)s": "Привет, %(name)s"},
}
_TEMPLATES = {
    "base.html": "{{ _('Hello') }}|{% block main %}{% endblock %}",
    "page.html": "{% extends 'base.html' %}{% from 'part.html' import part %}"
    "{% block main %}{{ part(name) }}{% endblock %}",
    "part.html": "{% macro part(name) %}{{ _('Hello, %(name)s', name=name) }}{% endmacro %}",
    "trans.html": "{% trans name=name %}Hello, {{ name }}{% endtrans %}",
    "percent.html": "{{ _('100%%') }} {{ gettext('<b>') }} {{ _(message) }}",
    "plain.txt": "{{ _('Hello') }} {{ name }}",
    "icon.html": "{{ icon('drop') }}{{ icon(name) }}",
    "shadow.html": "{% for icon in (1, 2) %}{{ icon }}{% endfor %}",
    "import.html": "{% from 'part.html' import part as icon %}{{ icon(1) }}",
    "macro.html": "{% macro icon(name) %}{% endmacro %}",
}


class _Site:
    """A small app; ``calls`` counts what was asked of its function ``icon``."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.app = Flask(__name__)
        self.app.jinja_environment = LanguageEnvironment
        jinja = self.app.jinja_env
        assert isinstance(jinja, LanguageEnvironment)
        jinja.loader = DictLoader(_TEMPLATES)
        jinja.add_extension("jinja2.ext.i18n")
        jinja.install_gettext_callables(  # type: ignore[attr-defined] # added by the extension
            lambda text: self.say(g.language, text), lambda one, many, number: one, newstyle=True
        )
        jinja.globals["icon"] = self.icon
        jinja.prepare(
            lambda: str(g.language),
            lambda language: Constants(lambda text: self.say(language, text), {"icon": self.icon}),
        )

    def say(self, language: str, text: str) -> str:
        return _WORDS.get(language, {}).get(text, text)

    def icon(self, name: str) -> str:
        self.calls[name] += 1
        return f"<{name}>"

    def page(self, template: str, language: str, /, **values: object) -> str:
        with self.app.test_request_context():
            g.language = language
            return render_template(template, **values)


@pytest.fixture
def site() -> _Site:
    return _Site()


def test_each_language_has_its_own_words_also_in_what_is_inherited_and_imported(
    site: _Site,
) -> None:
    for _ in range(2):
        assert site.page("page.html", "tg", name="Зебо") == "Салом|Салом, Зебо"
        assert site.page("page.html", "ru", name="Зебо") == "Привет|Привет, Зебо"
        assert site.page("page.html", "en", name="Zebo") == "Hello|Hello, Zebo"


@pytest.mark.parametrize("template", ["page.html", "trans.html"])
def test_what_a_person_wrote_stays_text(site: _Site, template: str) -> None:
    page = site.page(template, "tg", name="<script>")
    assert "Салом, &lt;script&gt;" in page
    assert "<script>" not in page


def test_a_message_may_say_percent_and_one_that_is_known_late_is_translated_too(
    site: _Site,
) -> None:
    assert site.page("percent.html", "tg", message="Hello") == "100% <i> Салом"


def test_where_nothing_is_escaped_messages_are_left_as_they_were(site: _Site) -> None:
    assert site.page("plain.txt", "tg", name="<b>") == "Салом <b>"


def test_a_constant_is_asked_for_once_for_each_language(site: _Site) -> None:
    for language in ("tg", "ru", "tg"):
        assert site.page("icon.html", language, name="eye") == "&lt;drop&gt;&lt;eye&gt;"
    assert site.calls == {"drop": 2, "eye": 3}


@pytest.mark.parametrize("template", ["shadow.html", "import.html", "macro.html"])
def test_a_template_cannot_give_such_a_name_to_something_else(site: _Site, template: str) -> None:
    with pytest.raises(TemplateAssertionError, match="icon"):
        site.page(template, "tg")
