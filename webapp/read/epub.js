// SPDX-License-Identifier: GPL-3.0-or-later
// Shows an unpacked EPUB with epub.js. Runs on the host for others' content, in a frame of the
// portal, which says in the part after # which book, where, and how it shall look. The book's own
// scripts never run: epub.js shows each chapter in a frame that is sandboxed without scripts.
(function () {
  "use strict";
  const said = new URLSearchParams(location.hash.slice(1));
  const portal = "@PORTAL_ORIGIN@";
  const element = (id) => document.getElementById(id);
  const book = said.get("book") || "";
  const pages = /^\/pages\/[a-z2-7]{16}\//.exec(book);
  const THEMES = {light: ["#fbf6ec", "#22302f", "#0a6a75"], dark: ["#17211f", "#f1ece0", "#7fd3d6"], contrast: ["#000", "#fff", "#ffe94a"]};
  const theme = THEMES[said.get("theme")] ? said.get("theme") : "light";
  const SIZES = [90, 100, 115, 130, 150, 175, 205];
  let size = {normal: 1, large: 3, largest: 4}[said.get("text")] || 1;

  document.documentElement.lang = said.get("language") || "";
  document.body.className = theme;
  ["back", "further", "smaller", "larger"].forEach((name) => {
    element(name).setAttribute("aria-label", said.get(name) || "");
  });
  element("book").setAttribute("aria-label", said.get("title") || "");
  document.title = said.get("title") || "";

  function trouble() {
    element("trouble").textContent = said.get("trouble") || "";
    element("trouble").hidden = false;
  }
  if (!pages) return trouble();

  const opened = ePub(new URL(book, location.href).href, {openAs: "opf"});
  const narrow = window.matchMedia("(max-width: 50em)").matches;
  const rendition = opened.renderTo("book", {
    width: "100%", height: "100%", flow: "paginated", allowScriptedContent: false,
    spread: narrow ? "none" : "auto",
  });
  const [paper, ink, water] = THEMES[theme];
  const rules = {body: {background: paper + " !important", "line-height": "1.5"}};
  rules.body.color = ink + " !important";
  if (theme !== "light") {
    rules["*"] = {color: "inherit !important", "background-color": "transparent !important"};
    rules["a, a *"] = {color: water + " !important"};
  }
  rendition.themes.default(rules);
  const resize = () => {
    rendition.themes.fontSize(SIZES[size] + "%");
    element("smaller").disabled = size === 0;
    element("larger").disabled = size === SIZES.length - 1;
  };
  resize();

  // A place is the path of a chapter inside the book's folder, as the catalogue and the search
  // know it, and behind a # an exact position.
  const folder = book.slice(pages[0].length).replace(/[^/]*$/, "");
  function open(at) {
    const exact = /#(epubcfi\(.*\))$/.exec(at);
    let path = at.replace(/#epubcfi\(.*$/, "");
    if (folder && path.startsWith(decodeURIComponent(folder))) path = path.slice(decodeURIComponent(folder).length);
    const chapter = () => rendition.display(path || undefined).catch(() => rendition.display());
    return (exact ? rendition.display(exact[1]).catch(chapter) : chapter()).catch(trouble);
  }

  function chapterTitle(href) {
    let title = "";
    const look = (entries) => entries.forEach((entry) => {
      if (entry.href && href.endsWith(entry.href.split("#")[0].replace(/^(\.\.\/)+/, ""))) title = title || entry.label.trim();
      look(entry.subitems || []);
    });
    if (opened.navigation) look(opened.navigation.toc || []);
    return title;
  }

  rendition.on("relocated", (location_) => {
    const start = location_.start;
    const title = chapterTitle(start.href);
    element("where").textContent = start.displayed.total ? start.displayed.page + " / " + start.displayed.total : "";
    element("back").disabled = Boolean(location_.atStart);
    element("further").disabled = Boolean(location_.atEnd);
    if (window.parent !== window) {
      const path = pages[0] + folder + start.href.split("/").map(encodeURIComponent).join("/");
      window.parent.postMessage({type: "chashma:place", path: path + "#" + start.cfi, title: title, scroll: 0}, portal);
    }
  });
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.origin === portal && event.data
        && event.data.type === "chashma:open" && typeof event.data.at === "string") open(event.data.at);
  });

  const turn = (event) => {
    if (event.key === "ArrowRight" || event.key === "PageDown") rendition.next();
    if (event.key === "ArrowLeft" || event.key === "PageUp") rendition.prev();
  };
  document.addEventListener("keydown", turn);
  rendition.on("keydown", turn);
  element("back").addEventListener("click", () => rendition.prev());
  element("further").addEventListener("click", () => rendition.next());
  element("smaller").addEventListener("click", () => { size = Math.max(0, size - 1); resize(); });
  element("larger").addEventListener("click", () => { size = Math.min(SIZES.length - 1, size + 1); resize(); });
  let from = null;
  rendition.on("touchstart", (event) => { from = event.changedTouches[0]; });
  rendition.on("touchend", (event) => {
    if (!from) return;
    const to = event.changedTouches[0], x = to.screenX - from.screenX;
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(to.screenY - from.screenY)) {
      if (x < 0) rendition.next(); else rendition.prev();
    }
    from = null;
  });
  opened.ready.catch(trouble);
  open(said.get("at") || "");
})();
