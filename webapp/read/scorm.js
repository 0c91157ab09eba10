// SPDX-License-Identifier: GPL-3.0-or-later
// Plays the lessons of a SCORM 1.2 package with scorm-again, in a frame of the portal. A lesson
// finds its API in this window, as the standard says (SCORM 1.2 RTE, 3.3).
(function () {
  "use strict";
  const MOST_STATE = 65536, MOST_TEXT = 4096, SILENT_MS = 5000;
  const ENDED = ["passed", "completed", "failed"];
  const element = (id) => document.getElementById(id);
  let begin, kept, current = null, savedState = "", savedScore = "";

  function read(state) {
    try {
      const found = JSON.parse(state);
      return found && typeof found.scos === "object" && found.scos ? found : {scos: {}};
    } catch (_) {
      return {scos: {}};
    }
  }
  const text = (value) => String(value === undefined || value === null ? "" : value).slice(0, MOST_TEXT);
  const about = (sco) => (Object.prototype.hasOwnProperty.call(kept.scos, sco.id) ? kept.scos[sco.id] : {});

  // What a lesson finds when it begins, and what it may not change.
  function load(api, sco) {
    const past = about(sco);
    api.loadFromJSON({
      core: {
        student_id: "", student_name: "", credit: "credit", lesson_mode: "normal",
        lesson_location: text(past.location), lesson_status: text(past.status) || "not attempted",
        entry: past.status ? (past.exit === "suspend" ? "resume" : "") : "ab-initio",
        total_time: text(past.time) || "0000:00:00",
        score: {raw: text(past.raw), min: text(past.min), max: text(past.max)},
      },
      suspend_data: text(past.data),
      launch_data: text(sco.launch_data),
      student_data: typeof sco.mastery === "number" ? {mastery_score: String(sco.mastery)} : {},
    });
  }

  function take() {
    if (!current) return;
    const {api, sco, ended} = current, core = api.cmi.core, score = core.score;
    if (!current.began) return;
    // The time of this visit is added once, when it is over; until then to what was before.
    const total = ended ? current.total : api.cmi.getCurrentTotalTime();
    kept.scos[sco.id] = {
      status: text(core.lesson_status), location: text(core.lesson_location),
      data: text(api.cmi.suspend_data), exit: text(current.exit), time: text(total),
      raw: text(score.raw), min: text(score.min), max: text(score.max),
    };
  }

  function share(past) {
    const raw = parseFloat(past.raw), max = parseFloat(past.max) || 100, min = parseFloat(past.min) || 0;
    if (!Number.isFinite(raw) || max <= min) return null;
    return Math.min(1, Math.max(0, (raw - min) / (max - min)));
  }

  // All lessons together: done when each is, passed when none failed and one passed.
  function whole() {
    const all = begin.scos.map(about);
    const scores = all.map(share).filter((one) => one !== null);
    const is = (status) => all.filter((one) => one.status === status).length;
    const ended = all.filter((one) => ENDED.includes(one.status)).length;
    return {
      share: ended / all.length,
      score: scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null,
      passed: is("failed") ? false : is("passed") ? true : null,
      completed: ended === all.length,
    };
  }

  function interactions(api) {
    api.cmi.interactions.childArray.slice(0, 200).forEach((one, number) => {
      channel.tell("interaction", {
        id: (text(one.id) || String(number)).slice(0, 255), prompt: "",
        answer: text(one.student_response).slice(0, 2000),
        right: one.result === "correct", score: parseFloat(one.result) || Number(one.result === "correct"),
      });
    });
  }

  function save() {
    take();
    const state = JSON.stringify(kept), all = whole();
    if (state !== savedState && state.length <= MOST_STATE) {
      savedState = state;
      channel.tell("state", {data: state, share: all.share});
    }
    const score = JSON.stringify([all.score, all.passed]);
    if (!all.completed || score === savedScore) return;
    savedScore = score;
    if (current) interactions(current.api);
    channel.tell("score", {score: all.score, passed: all.passed, completed: true});
  }
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(save, 300); };

  function launch(sco) {
    const api = new Scorm12API({autocommit: false, lmsCommitUrl: false, mastery_override: true, autoCompleteLessonStatus: true, logLevel: 5});
    const visit = {api: api, sco: sco, began: false, ended: false, exit: about(sco).exit || "", total: ""};
    load(api, sco);
    current = visit;
    api.on("LMSInitialize", () => {
      visit.began = true;
      // What says nothing of itself is completed when it ends (3.4.4.3); scorm-again takes the
      // status that it begins with for its own word.
      if (api.cmi.core.lesson_status === "not attempted") api.statusSetByModule = false;
    });
    api.on("LMSSetValue.cmi.core.exit", (_, value) => { visit.exit = value; });
    api.on("LMSSetValue.cmi.*", soon);
    api.on("LMSCommit", save);
    api.on("BeforeTerminate", () => { visit.total = api.cmi.getCurrentTotalTime(); });
    api.on("LMSFinish", () => {
      visit.ended = true;
      interactions(api);
      if (current === visit) save();
    });
    window.API = api;
    kept.last = sco.id;
    const frame = element("lesson");
    frame.title = sco.title;
    // A lesson that never asks for the API has been seen when it has been looked at (3.1.1).
    frame.onload = () => setTimeout(() => {
      if (current !== visit || visit.began) return;
      kept.scos[sco.id] = Object.assign({}, about(sco), {status: about(sco).status || "completed"});
      save();
    }, SILENT_MS);
    frame.contentWindow.location.replace("/pages/" + sco.href);
    soon(); // where one is now is kept even if the lesson never says a word
  }

  // The lesson's own page goes first: what it says then still belongs to it.
  function close(after) {
    if (!current) return after();
    const frame = element("lesson");
    frame.onload = () => { save(); current = null; after(); };
    frame.contentWindow.location.replace("about:blank");
  }
  const go = (number) => close(() => show(number));
  function show(number) {
    element("choice").selectedIndex = number;
    element("back").disabled = number === 0;
    element("further").disabled = number === begin.scos.length - 1;
    launch(begin.scos[number]);
  }

  channel.open((said) => {
    begin = said;
    document.documentElement.lang = begin.language;
    document.title = begin.title;
    if (!begin.scos || !begin.scos.length || !window.Scorm12API) return trouble(begin.trouble);
    kept = read(begin.state);
    savedState = begin.state;
    const all = whole();
    savedScore = all.completed ? JSON.stringify([all.score, all.passed]) : "";
    const choice = element("choice");
    begin.scos.forEach((sco) => choice.add(new Option(sco.title, sco.id)));
    choice.setAttribute("aria-label", begin.lessons);
    element("back").setAttribute("aria-label", begin.back);
    element("further").setAttribute("aria-label", begin.further);
    element("lessons").hidden = begin.scos.length === 1;
    choice.addEventListener("change", () => go(choice.selectedIndex));
    element("back").addEventListener("click", () => go(choice.selectedIndex - 1));
    element("further").addEventListener("click", () => go(choice.selectedIndex + 1));
    channel.leaving((after) => {
      save();
      if (after) close(after);
    });
    const wanted = begin.scos.findIndex((sco) => (begin.at ? sco.href === begin.at : sco.id === kept.last));
    go(Math.max(0, wanted));
  });
})();
