// SPDX-License-Identifier: GPL-3.0-or-later
// What a player and the portal's page around it say to each other. The portal believes none of
// it: content runs on this very host and can say the same. So what comes counts for this item and
// the person who looks at it, and for nothing else.
(function () {
  "use strict";
  var portal = "@PORTAL_ORIGIN@";
  var seq = 0, begun = false;

  // A player alone has nobody to tell: the lesson is opened in the portal.
  if (window.parent === window) {
    location.replace(portal + "/item/" + location.hostname.split(".")[0] + "/read");
  }

  window.channel = {
    // Calls back once, with what the portal knows: titles, words, and the state to go on from.
    open: function (begin) {
      window.addEventListener("message", function (event) {
        if (event.source !== window.parent || event.origin !== portal) return;
        if (begun || !event.data || event.data.type !== "chashma:begin") return;
        begun = true;
        begin(event.data);
      });
      window.parent.postMessage({type: "chashma:ready"}, portal);
    },
    // kind is state, score or interaction; see webapp/portal/play_news.py.
    tell: function (kind, what) {
      var message = {type: "chashma:play", kind: kind, seq: ++seq};
      message[kind] = what;
      window.parent.postMessage(message, portal);
    },
    // Calls back each time that the page may be about to go. With a function to call, there is
    // time until that was called.
    leaving: function (save) {
      window.addEventListener("message", function (event) {
        if (event.source !== window.parent || event.origin !== portal) return;
        if (!event.data || event.data.type !== "chashma:close") return;
        save(function () { window.parent.postMessage({type: "chashma:closed"}, portal); });
      });
      window.addEventListener("pagehide", function () { save(null); });
      document.addEventListener("visibilitychange", function () {
        if (document.hidden) save(null);
      });
    },
  };

  window.trouble = function (words) {
    var place = document.getElementById("trouble");
    place.textContent = words || "";
    place.hidden = false;
  };
})();
