# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface's language, and the words and numbers that every template may use."""

import gettext as catalogs
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal
from flask import Flask, g, get_flashed_messages, request, session
from markupsafe import Markup

from appliance.content.subject import SUBJECTS
from appliance.language import (
    DEFAULT,
    OWN_NAMES,
    UI_LANGUAGES,
    language_name,
    moment_in_words,
    size_in_words,
)
from appliance.language import translations as appliance_translations
from appliance.learning.picture_pin import PICTURES
from webapp.admin import wording
from webapp.admin.office import office
from webapp.asset import asset
from webapp.template_cache import use_compiled

_TRANSLATIONS = Path(__file__).parents[1] / "translations"


@cache
def translations(language: str) -> catalogs.NullTranslations:
    """The admin pages' messages in a language, and behind them those of the appliance."""
    found = catalogs.translation("admin", _TRANSLATIONS, languages=[language], fallback=True)
    found.add_fallback(appliance_translations(language))
    return found


def gettext(message: str) -> str:
    """A message in the reader's language."""
    return translations(g.language).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """A message with a number, in the reader's language."""
    return translations(g.language).ngettext(one, many, number)


def reader_language() -> str:
    """The language to show a page in: the person's, else this browser's, else the school's."""
    if g.member is not None:
        wanted = g.member.language
    else:
        wanted = session.get("language") or g.settings.language
    return wanted if wanted in UI_LANGUAGES else DEFAULT


def install(app: Flask) -> None:
    """Give templates what they need; ``gate`` has set the language before."""
    use_compiled(app)
    jinja = app.jinja_env
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.add_extension("jinja2.ext.i18n")
    jinja.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    jinja.filters.update(
        size=lambda size: size_in_words(size, g.language),
        number=lambda number: format_decimal(number, locale=g.language),
        language=lambda code: language_name(code, g.language),
        subject=lambda subject: gettext(SUBJECTS.get(subject, subject)),
        role=lambda role: gettext(wording.ROLES[role]),
        kind=lambda kind: gettext(wording.KINDS[kind]),
        audience=lambda audience: gettext(wording.AUDIENCES[audience]),
        moment=moment,
        picture_name=lambda name: gettext(PICTURES[name]),
        title_of=lambda thing: thing.title_in(g.language),
    )
    jinja.globals.update(own_names=OWN_NAMES, icon=icon)
    app.context_processor(_page_facts)


def moment(at: str | datetime) -> str:
    """A UTC time (``YYYY-MM-DDTHH:MM:SSZ``) as a date and time of the box's own zone."""
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return moment_in_words(when.astimezone(), g.language)


def icon(name: str) -> Markup:
    """A drawing from the sheet of icons; it says nothing that the words beside it do not say."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        asset("icons.svg"), name
    )


def _page_facts() -> dict[str, object]:
    return {
        "me": g.member,
        "language": g.language,
        "school": g.settings.school_name,
        "portal_url": office().config.portal_url,
        "asset": asset,
        "notices": get_flashed_messages(with_categories=True),
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
    }
