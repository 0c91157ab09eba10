// SPDX-License-Identifier: GPL-3.0-or-later
// Comfort in the readers: remembers the place as one reads on, turns pages by key and finger.
(function () {
  "use strict";
  const reader = document.querySelector("[data-reader]");
  if (!reader) return;
  const item = reader.dataset.item;
  const YEAR = 31536000, COOKIE_BYTES = 3600, PLACE_BYTES = 1000, KEPT = 20;

  // The same form as webapp/portal/places.py reads: id:place|id:place, the latest first. On a shared
  // tablet the cookie is of this session alone, and goes with the browser's window.
  const name = document.querySelector("meta[name=places]").content;
  const life = name === "places" ? "; Max-Age=" + YEAR : "";
  function remember(at) {
    const place = encodeURIComponent(at);
    if (place.length > PLACE_BYTES) return;
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(name + "=")) || name + "=";
    const others = cookie.slice(name.length + 1).replace(/^"|"$/g, "").split("|")
      .filter((part) => /^[a-z2-7]{16}:[\w\-.!~*'()%]*$/.test(part) && !part.startsWith(item));
    let all = [item + ":" + place].concat(others).slice(0, KEPT);
    while (all.join("|").length > COOKIE_BYTES) all.pop();
    document.cookie = name + "=" + all.join("|") + "; Path=/; SameSite=Lax" + life;
    latest = at;
    if (Date.now() - told > 20000) tell();
  }

  // Whoever is in a class finds the place on any device. Only comfort: the box sees each page that is
  // opened, and what a beacon did not bring the cookie brings with the next page.
  const csrf = document.querySelector("meta[name=csrf]");
  let latest = null, told = Date.now();
  function tell() {
    if (!csrf || latest === null || !navigator.sendBeacon) return;
    const form = new FormData();
    form.append("csrf", csrf.content);
    form.append("at", latest);
    form.append("seconds", ((Date.now() - told) / 1000).toFixed(0));
    if (navigator.sendBeacon("/item/" + item + "/seen", form)) { latest = null; told = Date.now(); }
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell(); else told = Date.now();
  });
  window.addEventListener("pagehide", tell);
  function show(at, words) {
    const address = new URL(location.href);
    address.searchParams.set("at", at);
    history.replaceState(null, "", address.pathname + address.search);
    document.querySelectorAll("input[name=next]").forEach((field) => {
      field.value = address.pathname + address.search;
    });
    const where = document.getElementById("where");
    if (words && where) where.textContent = words;
  }

  // Others' pages in the frame say where they are. They may lie and they may shout: whatever
  // comes is only a place in this very item, and is written down at most twice a second.
  function listen(frame, base) {
    const home = new URL(base);
    let news = null, waiting = 0;
    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== home.origin) return;
      const said = event.data;
      if (!said || said.type !== "chashma:place" || typeof said.path !== "string") return;
      if (said.path.length > 2000 || !said.path.startsWith(home.pathname)) return;
      news = said;
      if (!waiting) waiting = setTimeout(take, 500);
    });
    function take() {
      waiting = 0;
      let at = news.path.slice(home.pathname.length);
      // The name of an archive's entry may hold a "#" of its own.
      if (home.pathname.startsWith("/zim/")) at = at.split("#")[0];
      try { at = decodeURIComponent(at); } catch (_) { return; }
      const words = typeof news.title === "string" ? news.title.slice(0, 120) : "";
      remember(at);
      show(at, words);
      const alone = document.getElementById("alone");
      if (alone) alone.href = home.origin + news.path;
    }
  }

  const kinds = {
    frame() { listen(reader, reader.dataset.base); },

    epub() {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
      frame.title = reader.dataset.title;
      frame.src = reader.dataset.source;
      reader.appendChild(frame);
      listen(frame, reader.dataset.base);
      const origin = new URL(reader.dataset.base).origin;
      document.querySelectorAll("a[data-place]").forEach((link) => {
        link.addEventListener("click", (event) => {
          event.preventDefault();
          frame.contentWindow.postMessage({type: "chashma:open", at: link.dataset.place}, origin);
          window.scrollTo(0, 0);
          frame.focus();
        });
      });
    },

    media() {
      const player = reader.querySelector("video,audio");
      const start = Number(reader.dataset.start) || 0;
      const links = Array.from(reader.querySelectorAll("a[data-second]"));
      let saved = start;
      const save = () => {
        saved = player.currentTime;
        remember(saved.toFixed(0));
        show(saved.toFixed(0), "");
      };
      player.addEventListener("loadedmetadata", () => {
        if (start && Math.abs(player.currentTime - start) > 1) player.currentTime = start;
      });
      player.addEventListener("timeupdate", () => {
        const now = player.currentTime;
        if (Math.abs(now - saved) >= 5) save();
        let current = null;
        links.forEach((link) => { if (Number(link.dataset.second) <= now + 0.2) current = link; });
        links.forEach((link) => {
          if (link === current) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      });
      player.addEventListener("pause", save);
      links.forEach((link) => link.addEventListener("click", (event) => {
        event.preventDefault();
        player.currentTime = Number(link.dataset.second);
        player.play();
      }));
    },

    pages() {
      const follow = (rel) => {
        const link = document.querySelector("a[rel=" + rel + "]");
        if (link) link.click();
      };
      const busy = () => /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
      document.addEventListener("keydown", (event) => {
        if (busy() || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === "ArrowRight" || event.key === "PageDown") follow("next");
        if (event.key === "ArrowLeft" || event.key === "PageUp") follow("prev");
      });
      let from = null;
      reader.addEventListener("touchstart", (event) => {
        const zoomed = window.visualViewport && window.visualViewport.scale > 1.05;
        const wide = event.target.closest(".zoom-2,.zoom-3");
        from = event.touches.length === 1 && !zoomed && !wide ? event.touches[0] : null;
      }, {passive: true});
      reader.addEventListener("touchend", (event) => {
        if (!from) return;
        const to = event.changedTouches[0], x = to.clientX - from.clientX;
        if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(to.clientY - from.clientY)) {
          follow(x < 0 ? "next" : "prev");
        }
      }, {passive: true});
      // When a class opens the same book at once, the box asks some to come again.
      reader.querySelectorAll("img[data-patient]").forEach((image) => {
        const address = image.src;
        let tries = 0;
        const again = () => {
          if (tries++ < 8) setTimeout(() => { image.src = address + "&again=" + tries; }, 1500);
        };
        image.addEventListener("error", again);
        if (image.complete && !image.naturalWidth) again();
      });
    },
  };
  kinds[reader.dataset.reader]();
})();
