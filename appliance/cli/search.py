# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma search``: find things on the shelf and inside archives."""

from pathlib import Path

import click

from appliance.cli.archives import search_process
from appliance.cli.output import configuration, options, print_json, say
from appliance.content.item import Kind
from appliance.content.search.hit import Hit
from appliance.content.search.search import Search
from appliance.content.shelf import Shelf


@click.command("search")
@click.argument("query")
@click.option("--language", "languages", multiple=True, help="Only in this language (tg, ru, …).")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([k.value for k in Kind]))
@click.option("--limit", default=20, show_default=True, help="How many results at most.")
@options
@click.pass_context
def search_command(
    context: click.Context,
    query: str,
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    state: Path | None,
    as_json: bool,
) -> None:
    """Search everything for QUERY."""
    config = configuration(context, state)
    database = Shelf(config).catalog.database
    with search_process(config) as socket:
        found = Search(database, socket).search(
            query, languages=languages, kinds=[Kind(kind) for kind in kinds], limit=limit
        )
    if found.partial:
        say("The search inside archives did not answer; these are the other results.")
    if as_json:
        results = [_facts(hit, config.portal_url) for hit in found.hits]
        print_json({"query": query, "results": results, "did_you_mean": found.did_you_mean})
        return
    for hit in found.hits:
        title = f"{hit.place_title} — {hit.title}" if hit.place_title else hit.title
        click.echo(f"{title}  [{hit.kind}]\n    {config.portal_url}{hit.url}")
    if not found.hits:
        say(
            "Nothing found."
            + (f" Did you mean: {found.did_you_mean}" if found.did_you_mean else "")
        )


def _facts(hit: Hit, portal_url: str) -> dict[str, object]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": hit.title,
        "url": portal_url + hit.url,
        "snippet": hit.snippet,
        "language": hit.languages[0] if hit.languages else "",
        "place": hit.place,
        "place_title": hit.place_title,
    }
