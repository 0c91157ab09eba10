# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface's language, and the words and numbers that every template may use."""

import gettext as catalogs
from functools import cache
from pathlib import Path
from typing import cast

from flask import Flask, g, request
from markupsafe import Markup
from werkzeug.local import LocalProxy

from appliance.content.catalog_row import Card
from appliance.content.item import Item
from appliance.content.search.hit import Hit
from appliance.language import OWN_NAMES, UI_LANGUAGES, language_name, size_in_words
from appliance.language import translations as appliance_translations
from appliance.learning.picture_pin import PICTURES
from appliance.school.settings import Settings
from webapp.asset import asset
from webapp.language_template import Constants, LanguageEnvironment
from webapp.portal import amount, names
from webapp.portal.library import library
from webapp.portal.visitor import TEXT_SIZES, THEMES, Visitor, visitor
from webapp.template_cache import use_compiled

_TRANSLATIONS = Path(__file__).parents[1] / "translations"

me: Visitor = cast(Visitor, LocalProxy(lambda: g.visitor))


@cache
def translations(language: str) -> catalogs.NullTranslations:
    """The portal's messages in a language, and behind them those of the appliance."""
    found = catalogs.translation("portal", _TRANSLATIONS, languages=[language], fallback=True)
    found.add_fallback(appliance_translations(language))
    return found


def gettext(message: str) -> str:
    """A message in the visitor's language."""
    return translations(g.visitor.language).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """A message with a number, in the visitor's language."""
    return translations(g.visitor.language).ngettext(one, many, number)


def install(app: Flask) -> None:
    """Find out the visitor before each request, and give templates what they need."""
    app.before_request(_meet)
    app.jinja_environment = LanguageEnvironment
    use_compiled(app)
    jinja = cast(LanguageEnvironment, app.jinja_env)
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.add_extension("jinja2.ext.i18n")
    jinja.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    jinja.filters.update(
        size=lambda size: size_in_words(size, g.visitor.language),
        duration=amount.duration,
        number=amount.number,
        language=lambda code: language_name(code, g.visitor.language),
        kind=lambda kind: gettext(names.KINDS[kind]),
        one_of_kind=lambda kind: gettext(names.ONE_OF_KIND[kind]),
        audience=lambda audience: gettext(names.AUDIENCES[audience]),
        subject=lambda subject: gettext(names.subject(subject)),
        grade=lambda grade: names.grade(grade, gettext),
        picture_name=lambda name: gettext(PICTURES[name]),
        xml=amount.xml_text,
        title_of=lambda thing: thing.title_in(g.visitor.language),
        title_lang=_title_language,
        place=lambda at, item: names.place(at, item, gettext),
    )
    jinja.globals.update(
        asset=asset, icon=icon, own_names=OWN_NAMES, text_sizes=TEXT_SIZES, themes=THEMES
    )
    jinja.prepare(lambda: cast(str, g.visitor.language), _constants)
    app.context_processor(_page_facts)


def icon(name: str) -> Markup:
    """A drawing from the sheet of icons; it says nothing that the words beside it do not say."""
    address = f"{asset('icons.svg')}#{name}"
    looks = "icon after" if name == "next" else "icon"  # it stands behind its words
    return Markup(
        '<svg class="{1}" aria-hidden="true" focusable="false">'
        '<use xlink:href="{0}" href="{0}"></use></svg>'
    ).format(address, looks)


def _constants(language: str) -> Constants:
    return Constants(translations(language).gettext, {"asset": asset, "icon": icon})


def _title_language(thing: Item | Card | Hit) -> str:
    """The language that ``title_of`` gives the title in; empty where nobody knows."""
    if g.visitor.language in thing.titles:
        return cast(str, g.visitor.language)
    languages = thing.shown.languages if isinstance(thing, Item) else thing.languages
    return languages[0] if languages else ""


def _meet() -> None:
    # First what the page that reports an error needs, should the next line raise one.
    g.settings, g.visitor = Settings(), Visitor()
    g.settings = library().settings()
    default = g.settings.language if g.settings.language in UI_LANGUAGES else UI_LANGUAGES[0]
    g.visitor = visitor(request.cookies, default)


def _page_facts() -> dict[str, object]:
    return {
        "me": g.visitor,
        "school": g.settings.school_name,
        "read_url": library().config.read_url,
        "admin_url": library().config.admin_url,
        "here": request.full_path.rstrip("?"),
    }
