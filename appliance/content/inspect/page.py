# SPDX-License-Identifier: GPL-3.0-or-later
"""A page in Markdown, made into HTML that can do no harm.

CommonMark with tables and strikethrough (https://spec.commonmark.org, GitHub's tables). HTML in it
stays the letters that it is; what the renderer writes goes through a list of what is allowed.
"""

import nh3
from markdown_it import MarkdownIt

from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.markup import Page, decode_page
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.plain import languages
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

INDEX = "index.html"
_LARGEST = 1_000_000
_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "em", "strong"),
    *("s", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "img"),
}
_ATTRIBUTES = {"ol": {"start"}, "img": {"src", "alt"}}


def inspect_page(staged: Staged) -> Inspection:
    """Render a page and read its words.

    Raises:
        RefusalError: page-too-large, or no-text-or-pages.
    """
    if staged.main.stat().st_size > _LARGEST:
        raise RefusalError("page-too-large", limit=_LARGEST)
    text = decode_page(staged.main.read_bytes())
    html = _rendered(text)
    page = Page(html)
    if not page.text.strip():
        raise RefusalError("no-text-or-pages")
    staged.pages.mkdir()
    (staged.pages / INDEX).write_text(html, encoding="utf-8")
    title = page.heading or staged.title
    with PassageWriter(staged.folder) as passages:
        passages.add("", page.text)
    return Inspection(
        metadata=Metadata(title=title, languages=languages([guess_language(page.text)])),
        details=Details(),
        cover=make_cover(staged, Kind.PAGE, title, ()),
    )


def _rendered(text: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set())
