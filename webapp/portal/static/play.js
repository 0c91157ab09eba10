// SPDX-License-Identifier: GPL-3.0-or-later
// Stands between a player in the frame and the box. Content runs where the player runs, so each
// message may come from it: who sent it, its form, its size and how many there are is checked
// here, and all but the sender once more by the box.
(function () {
  "use strict";
  const place = document.querySelector("[data-play]");
  const status = document.getElementById("play-status");
  if (!place || !window.fetch) return;
  const address = place.dataset.play, home = new URL(place.dataset.source).origin;
  const token = document.querySelector("meta[name=csrf]");
  const frame = document.createElement("iframe");
  const MOST_STATE = 65536, MOST_TEXT = 300, MOST_INTERACTIONS = 100;
  const STATE_MS = 5000, RETRY_MS = 5000, CLOSE_MS = 1500, BEACON_BYTES = 60000;
  const BURST = 60, BURST_MS = 10000;

  const isText = (value, most) => typeof value === "string" && value.length <= most;
  const isShare = (value) => value === null || value === undefined
    || (typeof value === "number" && value >= 0 && value <= 1);
  const isMaybe = (value) => value === null || typeof value === "boolean";
  const CHECKS = {
    state: (one) => isText(one.data, MOST_STATE) && isShare(one.share),
    score: (one) => isShare(one.score) && isMaybe(one.passed) && typeof one.completed === "boolean",
    interaction: (one) => isText(one.id, 255) && isText(one.prompt, 2000) && isText(one.answer, 2000)
      && typeof one.right === "boolean" && Number.isFinite(one.score),
  };

  let begin = null, lastSeq = 0, sent = 0, posting = false, refused = false;
  let state = null, score = null, stateAt = 0, retryAt = 0, timer = 0, closed = null;
  const interactions = new Map();

  // Seconds that the page was in front since they were last told.
  let seconds = 0, since = document.hidden ? 0 : Date.now();
  function count() {
    if (since) seconds += (Date.now() - since) / 1000;
    since = document.hidden ? 0 : Date.now();
  }

  // Who shouts is not heard for a while; the newest state comes again by itself.
  let room = BURST, roomAt = Date.now();
  function hears() {
    const now = Date.now();
    room = Math.min(BURST, room + (now - roomAt) * BURST / BURST_MS);
    roomAt = now;
    if (room < 1) return false;
    room -= 1;
    return true;
  }

  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home || !hears()) return;
    const said = event.data;
    if (!said || typeof said !== "object") return;
    if (said.type === "chashma:ready" && begin) give();
    if (said.type === "chashma:closed" && closed) closed();
    if (said.type !== "chashma:play" || !begin || !begin.keeps) return;
    const check = Object.prototype.hasOwnProperty.call(CHECKS, said.kind) && CHECKS[said.kind];
    const what = check && said[said.kind];
    if (!what || typeof what !== "object" || !Number.isInteger(said.seq) || said.seq <= lastSeq) return;
    if (!check(what)) return;
    lastSeq = said.seq;
    take(said.kind, what);
  });

  function take(kind, what) {
    if (kind === "interaction") {
      const id = what.id || String(interactions.size);
      if (interactions.size >= MOST_INTERACTIONS && !interactions.has(id)) return;
      interactions.set(id, {
        id: id, prompt: what.prompt.slice(0, MOST_TEXT), answer: what.answer.slice(0, MOST_TEXT),
        right: what.right, score: what.score,
      });
      return;
    }
    if (kind === "state") state = {data: what.data, share: what.share === undefined ? null : what.share};
    if (kind === "score") score = {score: what.score === undefined ? null : what.score, passed: what.passed, completed: what.completed};
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (refused || posting || (!state && !score)) return;
    const now = Date.now(), due = score ? now : stateAt + STATE_MS;
    timer = setTimeout(post, Math.max(0, Math.max(due, retryAt) - now));
  }

  // One after the other, so that what is newer also arrives later: first where somebody is, then
  // how they did.
  function next() {
    count();
    const news = {seq: ++sent, seconds: Math.min(3600, Math.max(0, seconds))};
    if (state) return Object.assign(news, {kind: "state", state: state});
    return Object.assign(news, {kind: "score", score: score, interactions: Array.from(interactions.values())});
  }
  function send(news, keepalive) {
    return fetch(address, {
      method: "POST", credentials: "same-origin", keepalive: keepalive, body: JSON.stringify(news),
      headers: {"Content-Type": "application/json", "X-Csrf": token ? token.content : ""},
    });
  }
  function post() {
    if (!state && !score) return Promise.resolve();
    if (posting) return posting;
    const news = next(), told = seconds;
    const again = () => { retryAt = Date.now() + RETRY_MS; say("unsaved"); };
    posting = send(news, false).then((answer) => {
      if (answer.status === 429 || answer.status >= 500) return again();
      if (!answer.ok) { refused = answer.status !== 400; if (refused) return say("refused"); }
      seconds -= told;
      if (news.state) stateAt = Date.now();
      if (news.state === state) state = null;
      if (news.score && news.score === score) { score = null; interactions.clear(); }
      if (answer.ok) say("saved");
    }, again).then(() => { posting = false; plan(); });
    return posting;
  }

  // The page goes: there is no time to wait for an answer, and browsers let only little pass.
  function flush() {
    for (let i = 0; i < 2 && (state || score) && !refused; i++) {
      const news = next();
      if (JSON.stringify(news).length < BEACON_BYTES) send(news, true).catch(() => {});
      seconds = 0;
      if (news.state) state = null; else score = null;
    }
  }
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => {
    count();
    if (document.hidden) post();
  });

  // That all is well is for ears alone, and takes no room; trouble is for everybody, and its end.
  function say(name) {
    const words = status.dataset[name] || "";
    if (name !== "saved") status.className = "notice";
    if (status.textContent !== words) status.textContent = words;
  }

  // Whoever goes on by a link leaves the lesson first, so that it can say where they were.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.target || !begin || !begin.keeps || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    const empty = (tries) => (tries && (state || score) && !refused ? post().then(() => empty(tries - 1)) : Promise.resolve());
    const go = () => { closed = null; empty(3).then(() => { location.href = link.href; }); };
    const waiting = setTimeout(go, CLOSE_MS);
    closed = () => { clearTimeout(waiting); go(); };
    frame.contentWindow.postMessage({type: "chashma:close"}, home);
  });

  function give() {
    frame.contentWindow.postMessage(Object.assign({}, begin, {type: "chashma:begin", at: place.dataset.at}), home);
  }
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-modals");
  frame.referrerPolicy = "no-referrer";
  frame.title = place.dataset.title;
  place.appendChild(frame);
  fetch(address, {credentials: "same-origin"})
    .then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
    .then((said) => { begin = said; frame.src = place.dataset.source; })
    .catch(() => say("trouble"));
})();
