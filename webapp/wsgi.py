# SPDX-License-Identifier: GPL-3.0-or-later
"""What gunicorn serves: the portal and the admin panel in one process tree.

nginx, the only one who can reach the socket, says in ``X-Chashma-Site`` which one is meant.
"""

import gc
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from werkzeug.exceptions import MisdirectedRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from appliance.config import Config, load_config
from appliance.school.opening import Records
from appliance.struct_types import prepare_structs
from webapp.late_site import LateSite
from webapp.portal import create_app as create_portal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def create_application(config: Config) -> "WSGIApplication":
    """One WSGI application that hands each request to the site it is for."""
    records = Records(config)
    sites: dict[str, WSGIApplication] = {
        "portal": create_portal(config),
        "admin": LateSite(lambda: _create_admin(config)),
    }

    def dispatch(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # Who asks first may come before the agent has read the card, or long after.
        records.take_card()
        site = sites.get(environ.get("HTTP_X_CHASHMA_SITE", ""))
        return (site or MisdirectedRequest())(environ, start_response)

    return ProxyFix(dispatch, x_for=1, x_proto=1, x_host=0, x_port=0, x_prefix=0)


def _create_admin(config: Config) -> "WSGIApplication":
    # The panel is a quarter of what would be loaded before a pupil sees the first page.
    return cast("WSGIApplication", import_module("webapp.admin").create_app(config))


_config = load_config()
application = create_application(_config)
prepare_structs()
# The workers are forked from here. What exists now is left alone by the garbage collector, which
# would otherwise write to every object, and so copy the memory that the workers share. The little
# garbage among it stays: looking for it would be a tenth of what the start costs.
gc.freeze()
