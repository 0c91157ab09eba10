// SPDX-License-Identifier: GPL-3.0-or-later
// Plays an unpacked H5P exercise with h5p-standalone, in a frame of the portal. It is put right
// into this page, not into a frame of its own: that would need inline script, which our policy
// forbids, and with it what hostile content writes into its texts.
(function () {
  "use strict";
  const SAVE_MS = 3000, MOST_STATE = 65536;
  const DONE = /\/(completed|passed|failed|answered|mastered|consumed?)$/;
  let saved = "", done = false;

  function part(statement, ...path) {
    return path.reduce((value, name) => (value && typeof value === "object" ? value[name] : undefined), statement);
  }
  function words(map) {
    const all = map && typeof map === "object" ? Object.values(map) : [];
    return typeof all[0] === "string" ? all[0] : "";
  }
  // ADL xAPI 1.0.3, part 2, 2.4.5: scaled, else raw of max.
  function share(score) {
    if (!score) return null;
    const scaled = typeof score.scaled === "number" ? score.scaled : score.raw / score.max;
    return Number.isFinite(scaled) ? Math.min(1, Math.max(0, scaled)) : null;
  }

  function current(exercise) {
    if (!exercise || typeof exercise.getCurrentState !== "function") return "";
    try { return JSON.stringify(exercise.getCurrentState()) || ""; } catch (_) { return ""; }
  }

  function save() {
    const state = current(H5P.instances[0]);
    if (!state || state === saved || state.length > MOST_STATE) return;
    saved = state;
    channel.tell("state", {data: state});
  }

  function finish(score, passed) {
    done = true;
    channel.tell("score", {score: score, passed: passed, completed: true});
    save();
  }

  function listen(event) {
    const statement = part(event, "data", "statement");
    const verb = String(part(statement, "verb", "id"));
    const result = part(statement, "result") || {};
    const within = part(statement, "context", "contextActivities", "parent");
    if (/\/answered$/.test(verb)) {
      const about = part(statement, "object", "definition") || {};
      channel.tell("interaction", {
        id: String(part(statement, "object", "id") || "").split("subContentId=")[1] || "1",
        prompt: words(about.description).slice(0, 2000),
        answer: typeof result.response === "string" ? result.response.slice(0, 2000) : "",
        right: typeof result.success === "boolean" ? result.success : share(result.score) === 1,
        score: part(result, "score", "raw") || 0,
      });
    }
    if (DONE.test(verb) && !(within && within.length)) {
      finish(share(result.score), typeof result.success === "boolean" ? result.success : null);
    }
  }

  // What asks nothing is done when somebody has come to its end.
  function follow(exercise) {
    if (typeof exercise.getMaxScore === "function" && exercise.getMaxScore() > 0) return;
    const look = () => {
      const page = document.documentElement;
      if (done || window.innerHeight + window.scrollY < page.scrollHeight - 8) return;
      finish(null, null);
    };
    window.addEventListener("scroll", look, {passive: true});
    setTimeout(look, SAVE_MS);
  }

  channel.open((begin) => {
    document.documentElement.lang = begin.language;
    document.title = begin.title;
    const fail = (error) => {
      console.error(error);
      trouble(begin.trouble);
    };
    saved = begin.state;
    new H5PStandalone.H5P(document.getElementById("lesson"), {
      id: "lesson",
      h5pJsonPath: "/pages",
      frameJs: "/reader/vendor/h5p/frame.bundle.js",
      frameCss: "/reader/vendor/h5p/styles/h5p.css",
      embedType: "div",
      reportingIsEnabled: true,
      preventH5PInit: false,
      // Without it H5P hands no state to the exercise; its own saving would have nowhere to go.
      saveFreq: 86400,
      contentUserData: begin.state ? [{state: begin.state}] : undefined,
    }).then(() => {
      H5P.externalDispatcher.on("xAPI", listen);
      H5P.init();
      const exercise = H5P.instances[0];
      if (!exercise) return fail("nothing to play");
      follow(exercise);
      // As it is before anybody did anything: nothing worth keeping.
      if (!begin.state) saved = current(exercise);
      setInterval(save, SAVE_MS);
      channel.leaving((after) => { save(); if (after) after(); });
    }).catch(fail);
  });
})();
