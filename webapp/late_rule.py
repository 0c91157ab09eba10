# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses whose builders are made when a page first names them."""

from collections.abc import Callable
from functools import cache

from werkzeug.routing import Rule


class LateRule(Rule):
    """An address of a site.

    werkzeug writes, parses and compiles two functions for each, which put the address together:
    for all addresses of the portal a tenth of what its start costs. A page names a dozen of them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made = cache(super()._compile_builder)

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            return made(append_unknown)(rule, **values)

        return build
