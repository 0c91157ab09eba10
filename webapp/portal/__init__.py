# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages for students and teachers: no account, no script needed."""

from flask import Flask

from appliance.config import Config
from appliance.school.moment import Clock, now
from webapp.late_rule import LateRule
from webapp.portal import (
    answer,
    browse,
    certificate,
    course,
    former,
    guard,
    home,
    home_code,
    home_copy,
    interface,
    item,
    join,
    learning,
    my,
    opds,
    person,
    places,
    play,
    quiz,
    read,
    reading,
    search,
    settings,
    voice,
)
from webapp.portal.library import Library


def create_app(config: Config, clock: Clock = now) -> Flask:
    """The portal over the library that lies in the configured state folder."""
    app = Flask(__name__, static_url_path="/static")
    app.url_rule_class = LateRule
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.extensions["chashma"] = Library(config, clock)
    interface.install(app)
    guard.install(app, config)
    person.install(app)
    places.install(app)
    learning.install(app)
    answer.install(app)
    for module in (
        *(home, browse, item, read, search, settings, opds, former, join),
        *(course, quiz, play, reading, my, voice, certificate, home_copy, home_code),
    ):
        app.register_blueprint(module.bp)
    return app
