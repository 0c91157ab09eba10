# SPDX-License-Identifier: GPL-3.0-or-later
"""The admin."""

from flask import Flask

from appliance.config import Config


def create_app(config: Config) -> Flask:
    """A first page."""
    app = Flask(__name__)

    @app.get("/")
    def home() -> str:
        return f"Chashma {config.portal_host}"

    return app
