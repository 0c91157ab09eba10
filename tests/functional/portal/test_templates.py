# SPDX-License-Identifier: GPL-3.0-or-later
"""Every template of the portal, in every language of its pages."""

import pytest
from flask import current_app, g
from flask.testing import FlaskClient

from appliance.language import UI_LANGUAGES
from webapp.portal.visitor import Visitor


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_each_template_can_be_prepared_with_its_words(client: FlaskClient, language: str) -> None:
    with client.application.test_request_context():
        g.visitor = Visitor(language=language)
        environment = current_app.jinja_env
        names = environment.list_templates()
        assert "learn/question.html" in names
        for name in names:
            environment.get_template(name)
