# SPDX-License-Identifier: GPL-3.0-or-later
"""Content that tries to get at the portal: the same script in an archive, a book and web pages."""

from libzim.writer import Creator, Hint, Item, StringProvider

from appliance.config import Config
from appliance.content.item import Details, Kind
from appliance.content.item import Item as ShelfItem
from tests.functional.portal.shelf import Shelf

EVIL = "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script>\"'"

# Each try tells its name and what came of it; "" where nothing did.
PROBE = """
window.tried = {};
const portal = "@PORTAL@", admin = "@ADMIN@";
const note = (name, value) => { window.tried[name] = String(value === undefined ? "" : value); };
const attempt = (name, act) => { try { note(name, act()); } catch (e) { note(name, ""); } };
attempt("cookie", () => document.cookie);
attempt("toss", () => { document.cookie = "language=ru; domain=localhost; path=/"; });
attempt("parent", () => window.parent.document.title);
attempt("top", () => window.top.location.href);
attempt("parent storage", () => window.parent.localStorage.length);
attempt("navigate", () => { window.top.location.href = portal + "/browse?stolen=1"; });
attempt("open", () => { const w = window.open(portal + "/"); return w && w.document.title; });
attempt("beacon", () => { navigator.sendBeacon(portal + "/settings", "language=ru"); });
attempt("image", () => { new Image().src = portal + "/item/aaaaaaaaaaaaaaaa/read?at=stolen"; });
attempt("frame", () => {
  const frame = document.createElement("iframe");
  frame.src = portal + "/";
  document.body.appendChild(frame);
});
attempt("form", () => {
  for (const target of [portal + "/settings", admin + "/sign-in"]) {
    const form = document.createElement("form");
    form.method = "post"; form.action = target; form.target = "_blank";
    const field = document.createElement("input");
    field.name = "language"; field.value = "ru";
    form.appendChild(field); document.body.appendChild(form); form.submit();
  }
});
attempt("flood", () => {
  for (let i = 0; i < 3000; i++) {
    window.parent.postMessage({type: "chashma:place", path: "/zim/../../" + i, title: i}, "*");
    window.parent.postMessage({type: "chashma:place", path: "javascript:alert(1)"}, "*");
    window.parent.postMessage({type: "chashma:place", path: {}, title: {}}, "*");
    window.parent.postMessage(null, "*");
  }
});
const asks = [];
for (const [name, address] of [["portal", portal + "/"], ["settings", portal + "/settings"],
    ["catalogue", portal + "/opds/v2"], ["admin", admin + "/"]]) {
  for (const mode of ["cors", "no-cors"]) {
    const method = name === "settings" ? "POST" : "GET";
    asks.push(fetch(address, {mode, method, credentials: "include"})
      .then((answer) => note("fetch " + name + " " + mode, answer.status + answer.type),
        () => note("fetch " + name + " " + mode, "")));
  }
}
if (navigator.serviceWorker) {
  asks.push(navigator.serviceWorker.register("probe.js", {scope: "/"})
    .then(() => note("worker", "registered"), () => note("worker", "")));
}
Promise.all(asks).then(() => { window.done = true; });
"""

PAGE = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Evil &lt;b></title></head>"
    "<body onload='window.pwned=1'><p>Матн</p><script src='probe.js'></script></body></html>"
)
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>
<dc:title>x</dc:title><dc:language>tg</dc:language></metadata>
<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml" properties="scripted"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
NAV = (
    "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head>"
    "<title>n</title></head><body><nav epub:type='toc'><ol><li><a href='a.xhtml'>A</a></li></ol>"
    "</nav></body></html>"
)


class _Entry(Item):
    def __init__(self, path: str, content: bytes, mime: str) -> None:
        super().__init__()
        self.path, self.content, self.mime = path, content, mime

    def get_path(self) -> str:
        return self.path

    def get_title(self) -> str:
        return EVIL

    def get_mimetype(self) -> str:
        return self.mime

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self.content)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: True}


def probe(config: Config) -> bytes:
    """The script, aimed at a school."""
    aimed = PROBE.replace("@PORTAL@", config.portal_url).replace("@ADMIN@", config.admin_url)
    return aimed.encode()


def put_pages(config: Config) -> ShelfItem:
    """Web pages with the script, put on the shelf past every check."""
    files = {
        "files/a.zip": b"x",
        "pages/index.html": PAGE.encode(),
        "pages/probe.js": probe(config),
    }
    return Shelf(config).put(
        f"Саҳифаҳо {EVIL}", Kind.HTML, files=files, details=Details(entry="index.html")
    )


def put_book(config: Config) -> ShelfItem:
    """A book with the script."""
    files = {
        "files/a.epub": b"x",
        "pages/p.opf": PACKAGE.encode(),
        "pages/a.xhtml": PAGE.encode(),
        "pages/nav.xhtml": NAV.encode(),
        "pages/probe.js": probe(config),
    }
    return Shelf(config).put(
        f"Китоб {EVIL}",
        Kind.EPUB,
        files=files,
        details=Details(entry="p.opf", contents=((EVIL, "a.xhtml"),)),
        description=EVIL,
        authors=(EVIL,),
        collection=EVIL,
        subject=EVIL,
        date=EVIL,
    )


def put_archive(config: Config, archive: bytes | None = None) -> ShelfItem:
    """An archive with the script, or another one, put on the shelf past every check."""
    shelf = Shelf(config)
    name = "Бойгонӣ" if archive is None else "Бойгонии дигар"
    item_id = shelf.id_of(f"{name} {EVIL}", Kind.ZIM)
    if archive is None:
        file = config.state / "hostile.zim"
        with Creator(file) as creator:
            creator.set_mainpath("index.html")
            creator.add_item(_Entry("index.html", PAGE.encode(), "text/html"))
            creator.add_item(_Entry("probe.js", probe(config), "application/javascript"))
        archive = file.read_bytes()
    return shelf.put(
        f"{name} {EVIL}",
        Kind.ZIM,
        files={f"files/{item_id}.zim": archive},
        details=Details(entry="index.html"),
        description=EVIL,
    )


def put_album(config: Config) -> ShelfItem:
    """An album whose file names and picture are hostile."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned=1</script></svg>'
    files = {f"files/1 {EVIL.replace('/', '')}.svg": drawing}
    return Shelf(config).put(f"Албом {EVIL}", Kind.ALBUM, files=files)
