# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles the templates of both sites, for a box: ``python3 -P -m webapp.compile_templates``."""

import tempfile
from pathlib import Path

from flask import Flask
from jinja2 import Environment, FileSystemBytecodeCache

from appliance.config import Config
from appliance.language import UI_LANGUAGES
from webapp.admin import create_app as create_admin
from webapp.language_template import LanguageEnvironment
from webapp.portal import create_app as create_portal
from webapp.template_cache import FOLDER


def compile_templates(app: Flask, folder: Path = FOLDER) -> None:
    """Compile every template of an app.

    Args:
        folder: which exists; ``webapp.template_cache`` finds them there.

    Raises:
        jinja2.TemplateSyntaxError: one is wrong.
        OSError: it cannot be written.
    """
    environment = app.jinja_env
    if isinstance(environment, LanguageEnvironment):
        for language in UI_LANGUAGES:
            _compile_all(environment.in_language(language), folder / language)
    else:
        _compile_all(environment, folder)


def _compile_all(environment: Environment, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    environment.bytecode_cache = cache = FileSystemBytecodeCache(str(folder))
    # What was compiled before may hold other words, and a template does not tell of that.
    cache.clear()
    for name in environment.list_templates():
        environment.get_template(name)


def main(folder: Path = FOLDER) -> None:
    """Compile those of the portal and of the panel."""
    with tempfile.TemporaryDirectory() as state:
        for create_app in (create_portal, create_admin):
            app = create_app(Config(state=Path(state)))
            with app.app_context():
                compile_templates(app, folder)


if __name__ == "__main__":
    main()
