# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates that are compiled once for each language, with their messages already translated.

A page has some thirty messages that are the same for everybody. Asked for one by one each time,
they take longer than everything that the page looks up in the database.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import Template, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from webapp.template_cache import TemplateCache

Say = Callable[[str], str]
"""A message in words, or a drawing by its name: what depends on nothing but its argument."""

_MESSAGES = ("_", "gettext")


class _Generator(CodeGenerator):
    """Compiles a template after its constants have been put in."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        environment = self.environment
        if isinstance(environment, LanguageEnvironment) and environment.constants is not None:
            _refuse_other_meanings(node, environment.constants.names, self)
            if nodes.EvalContext(environment, self.name).autoescape:
                environment.constants.visit(node)
        super().visit_Template(node, frame)


class LanguageEnvironment(Environment):
    """The templates of an app, in each language that is asked for."""

    code_generator_class = _Generator
    constants: "Constants | None" = None
    """Those of one language; nothing in what all languages have in common."""

    def prepare(self, language: Callable[[], str], constants: Callable[[str], "Constants"]) -> None:
        """Say what is put into templates, when everything else about them has been said.

        Args:
            language: of the page that is being made.
            constants: for a language.
        """
        self._language, self._constants = language, constants
        self._of_language: dict[str, LanguageEnvironment] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All of them in one dictionary: Jinja goes through them for each page."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template in the language of the page that is being made."""
        if self.constants is not None:
            return super().get_template(name, parent, globals)
        return self.in_language(self._language()).get_template(name, parent, globals)

    def in_language(self, language: str) -> "LanguageEnvironment":
        """The templates of one language; what was compiled for another is none of theirs."""
        if language not in self._of_language:
            own = self.overlay()
            own.constants = self._constants(language)
            if isinstance(own.bytecode_cache, TemplateCache):
                own.bytecode_cache = own.bytecode_cache.below(language)
            self._of_language[language] = own
        return self._of_language[language]


class Constants(NodeTransformer):
    """Puts what never changes in place of calls whose argument is a plain text."""

    def __init__(self, gettext: Say, others: Mapping[str, Say]) -> None:
        """Args: ``gettext`` is that of a language; ``others`` have one argument, like it."""
        self._gettext = gettext
        self._others = others

    @property
    def names(self) -> frozenset[str]:
        """Of the functions; no template may call anything else so."""
        return frozenset((*_MESSAGES, *self._others))

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        """As a constant where that can be; a message with variables as what they are put into."""
        self.generic_visit(node)
        text = _only_text(node)
        if text is None or not isinstance(node.node, nodes.Name):
            return node
        name, line = node.node.name, node.lineno
        if name in self._others and not node.kwargs:
            return nodes.Const(self._others[name](text), lineno=line)
        if name not in _MESSAGES:
            return node
        # As jinja2.ext does it, where every message may have variables: they are escaped.
        message = self._gettext(text)
        if not node.kwargs:
            return nodes.MarkSafe(nodes.Const(message % {}), lineno=line)
        pairs = [nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]
        return nodes.Mod(nodes.MarkSafe(nodes.Const(message)), nodes.Dict(pairs), lineno=line)


def _only_text(call: nodes.Call) -> str | None:
    if call.dyn_args or call.dyn_kwargs or len(call.args) != 1:
        return None
    argument = call.args[0]
    if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
        return argument.value
    return None


def _refuse_other_meanings(
    template: nodes.Template, names: frozenset[str], generator: CodeGenerator
) -> None:
    """Raises TemplateAssertionError: a template gives one of these names to something else."""
    given = {one.name for one in template.find_all(nodes.Name) if one.ctx != "load"}
    given |= {macro.name for macro in template.find_all(nodes.Macro)}
    for imported in template.find_all(nodes.FromImport):
        given |= {one if isinstance(one, str) else one[1] for one in imported.names}
    if given & names:
        raise TemplateAssertionError(
            f"{sorted(given & names)} mean something else in every other template",
            *(1, generator.name, generator.filename),
        )
