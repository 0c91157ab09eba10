// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in every page of others' content and tells the portal's page around it where the reader is.
// It answers nobody and listens to no message: what it says may be forged by the content, so the
// portal must treat it as it treats an address that somebody typed.
(function () {
  "use strict";
  var portal = "@PORTAL_ORIGIN@";
  if (window.parent === window) return;

  function share() {
    var page = document.documentElement;
    var room = page.scrollHeight - window.innerHeight;
    return room > 0 ? Math.min(1, Math.max(0, window.scrollY / room)) : 0;
  }

  function tell(type) {
    window.parent.postMessage(
      {
        type: "chashma:" + type,
        path: location.pathname + location.hash,
        title: String(document.title).slice(0, 300),
        scroll: share(),
      },
      portal
    );
  }

  var waiting = 0;
  window.addEventListener("load", function () { tell("place"); });
  window.addEventListener("hashchange", function () { tell("place"); });
  window.addEventListener("pagehide", function () { tell("leave"); });
  window.addEventListener("scroll", function () {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 500, "place");
  }, { passive: true });
})();
