# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings new messages of the sources into the translations; ``make translations`` runs it.

A translation that needs nothing new stays as it is: one message a line, entries where they stand,
the head untouched. A new message comes after the one that precedes it in the sources, so that what
two people translate at the same time meets in few places.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
# Domain: the folder whose messages it has, and the folder of its translations.
DOMAINS = {
    "appliance": ("appliance", "appliance/translations"),
    "portal": ("webapp/portal", "webapp/translations"),
    "admin": ("webapp/admin", "webapp/translations"),
}
_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}


def messages(folder: str) -> Catalog:
    """All messages of a folder's sources, in the order in which they stand there."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    template = Catalog()
    found = extract_from_dir(ROOT / folder, methods, options, keywords=_KEYWORDS)
    for _, _, message, _, _ in found:
        template.add(message)
    return template


def translations(domain: str) -> list[Path]:
    """The translations of a domain, one a language."""
    return sorted((ROOT / DOMAINS[domain][1]).glob(f"*/LC_MESSAGES/{domain}.po"))


def merged(text: str, template: Catalog) -> str:
    """A translation's text with what is new in ``template``, empty, and without what has gone."""
    head, _, _ = text.partition("\n\n")
    old = read_po(io.BytesIO(text.encode()), locale=None)
    new = read_po(io.BytesIO(head.encode()), locale=None)  # the plural forms are in the head
    for message in _in_order(old, template):
        here = old.get(message.id)
        kept = here is not None and message.pluralizable == here.pluralizable
        new.add(message.id, here.string if here and kept else None, flags=message.flags)
    body = io.BytesIO()
    write_po(body, new, width=0, omit_header=True)
    return head + "\n\n" + body.getvalue().decode().rstrip("\n") + "\n"


def _in_order(old: Catalog, template: Catalog) -> list[Message]:
    wanted = [one for one in template if one.id]
    order = [found for one in old if one.id and (found := template.get(one.id))]
    for before, one in zip([None, *wanted], wanted, strict=False):
        if one not in order:
            order.insert(order.index(before) + 1 if before else 0, one)
    return order


if __name__ == "__main__":
    for domain, (folder, _) in DOMAINS.items():
        template = messages(folder)
        for path in translations(domain):
            path.write_text(merged(path.read_text(encoding="utf-8"), template), encoding="utf-8")
