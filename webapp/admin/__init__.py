# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages for staff: the shelf, its sources, the people and the state of the box."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from appliance.config import Config
from appliance.school.moment import Clock, now
from webapp.admin import (
    add,
    answer,
    banner,
    certificate_schools,
    certificates,
    class_cards,
    classes,
    export,
    gate,
    guard,
    home,
    hotspot,
    incoming,
    interface,
    jobs,
    packs,
    people,
    power,
    profile,
    pupils,
    record,
    reports,
    school,
    shelf,
    signing,
    state,
    stick,
    sticks,
    wizard,
)
from webapp.admin.office import Office
from webapp.admin.secret_key import secret_key
from webapp.late_rule import LateRule

_PAGES = (
    *(add, class_cards, classes, export, home, hotspot, jobs, packs, people, power),
    *(
        certificate_schools,
        certificates,
        profile,
        pupils,
        record,
        reports,
        school,
        shelf,
        signing,
        state,
        sticks,
        wizard,
    ),
)


def create_app(config: Config, clock: Clock = now) -> Flask:
    """The admin panel over the configured state folder."""
    app = Flask(__name__, static_url_path="/static")
    app.url_rule_class = LateRule
    desk = app.extensions["chashma"] = Office(config, clock)
    guard.configure(app, secret_key(config.state))
    # In this order: nothing of a form is read before it is known who sent it from where.
    guard.install(app)
    gate.install(app)
    incoming.install(app, desk)
    CSRFProtect(app)
    interface.install(app)
    answer.install(app)
    banner.install(app)
    stick.install(app)
    for module in _PAGES:
        app.register_blueprint(module.bp)
    return app
