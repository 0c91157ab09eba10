// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a page or a question aloud: what was recorded for it, else by a voice of this device, else by
// sounds that the box makes. Where there is none of these, there is no button.
(function () {
  "use strict";
  const place = document.querySelector("[data-aloud]");
  const button = document.getElementById("aloud");
  const status = document.getElementById("aloud-status");
  if (!place || !button) return;
  const speech = window.speechSynthesis && window.SpeechSynthesisUtterance ? window.speechSynthesis : null;
  const player = new Audio();
  const TRIES = 5, AGAIN_MS = 2000;
  let run = 0; // what belongs to an older one has been stopped

  const all = () => Array.from(place.querySelectorAll("[data-say]"));
  const language = (part) => part.dataset.language || place.dataset.aloud;

  // Voices that live elsewhere are silent without internet.
  function voice(of) {
    if (!of || !speech) return null;
    return speech.getVoices().find((one) =>
      one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === of) || null;
  }
  const sounds = (part) => {
    const base = part.dataset.voice || (language(part) === place.dataset.aloud && place.dataset.voice);
    return base ? part.dataset.say.split(" ").filter(Boolean).map((name) => base + "/" + name + ".mp3") : [];
  };
  const words = (part) => part.dataset.words || part.textContent.trim()
    || Array.from(part.querySelectorAll("img"), (picture) => picture.alt).join(". ");
  const can = (part) => Boolean(part.dataset.sound || voice(language(part)) || sounds(part).length);

  function play(address, mine, done, tries) {
    player.onended = done;
    player.onerror = () => {
      if (mine !== run) return;
      // The box makes few at a time; the same address again would not be fetched anew.
      const again = address + (address.includes("?") ? "&" : "?") + "again=" + tries;
      if (tries < TRIES) setTimeout(() => { if (mine === run) play(again, mine, done, tries + 1); }, AGAIN_MS);
      else { stop(); status.textContent = status.dataset.trouble; }
    };
    player.src = address;
    const begun = player.play();
    if (begun) begun.catch((error) => { if (mine === run && error.name === "NotAllowedError") stop(); });
  }

  function say(part, mine, done) {
    const chosen = voice(language(part));
    if (part.dataset.sound) return play(part.dataset.sound, mine, done, 0);
    if (chosen) {
      if (!words(part)) return done();
      const one = new SpeechSynthesisUtterance(words(part));
      one.voice = chosen;
      one.lang = chosen.lang;
      one.rate = 0.9;
      one.onend = () => { if (mine === run) done(); };
      one.onerror = () => { if (mine === run) stop(); };
      say.last = one; // or some browsers forget it before it ends
      return speech.speak(one);
    }
    const left = sounds(part);
    const next = () => {
      if (mine !== run) return;
      if (left.length) play(left.shift(), mine, next, 0); else done();
    };
    next();
  }

  function stop() {
    run += 1;
    player.onended = player.onerror = null;
    player.pause();
    if (speech) speech.cancel();
    document.querySelectorAll(".saying").forEach((one) => one.classList.remove("saying"));
    document.querySelectorAll(".aloud").forEach((one) => one.setAttribute("aria-pressed", "false"));
  }

  function read(parts, pressed) {
    stop();
    const mine = run;
    status.textContent = "";
    pressed.setAttribute("aria-pressed", "true");
    const next = () => {
      if (mine !== run) return;
      document.querySelectorAll(".saying").forEach((one) => one.classList.remove("saying"));
      const part = parts.shift();
      if (!part) return stop();
      part.classList.add("saying");
      part.scrollIntoView({block: "nearest"});
      say(part, mine, next);
    };
    next();
  }

  function press(pressed, parts) {
    if (pressed.getAttribute("aria-pressed") === "true") stop(); else read(parts(), pressed);
  }

  // Those who cannot read have a button at each picture, too.
  function own(part) {
    const small = button.cloneNode(true);
    small.id = "";
    small.className = "aloud small-aloud";
    const name = small.querySelector("span");
    name.className = "unseen";
    name.textContent = status.dataset.listen + ": " + words(part);
    small.addEventListener("click", () => press(small, () => [part]));
    place.querySelectorAll("audio").forEach((one) => {
      if (one.getAttribute("src") === part.dataset.sound) one.hidden = true;
    });
    (part.closest("[data-speaker]") || part).insertAdjacentElement("afterend", small);
    return small;
  }

  const small = new Map();
  function look() {
    const able = all().filter(can);
    button.hidden = !able.length;
    if (place.closest(".little")) {
      all().filter((part) => part.closest("[data-speaker]") || part.querySelector("img")).forEach((part) => {
        if (can(part) && !small.has(part)) small.set(part, own(part));
        if (small.has(part)) small.get(part).hidden = !can(part);
      });
    }
  }
  button.addEventListener("click", () => press(button, () => all().filter(can)));
  window.addEventListener("pagehide", stop);
  // Many browsers find out their voices only after the page is there.
  if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", look);
  else if (speech) speech.onvoiceschanged = look;
  look();
})();
