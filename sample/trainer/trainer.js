// SPDX-License-Identifier: GPL-3.0-or-later
// The times table trainer: ten questions about one number or about all; no storage, no network.
(function () {
  "use strict";
  const COUNT = 10;
  const find = (id) => document.getElementById(id);
  let language = "tg";
  let chosen = 0; // 0: all numbers
  let questions = [];
  let place = 0;
  let missed = [];

  function random(from, to) {
    return from + Math.floor(Math.random() * (to - from + 1));
  }

  function sum(question) {
    return `${question[0]} × ${question[1]} = ${question[0] * question[1]}`;
  }

  function newQuestions() {
    const seen = new Set();
    const result = [];
    while (result.length < COUNT) {
      // One number alone has exactly ten questions: 1 to 10.
      const question = [chosen || random(2, 9), random(1, 10)];
      if (!seen.has(question.join())) {
        seen.add(question.join());
        result.push(question);
      }
    }
    return result;
  }

  function show(id) {
    for (const section of ["choice", "exercise", "result"]) {
      find(section).hidden = section !== id;
    }
  }

  function ask() {
    const words = WORDS[language];
    find("progress").textContent = words.progress(place + 1, COUNT);
    find("sum").textContent = `${questions[place][0]} × ${questions[place][1]} =`;
    find("answer").value = "";
    find("answer").focus();
  }

  function start() {
    questions = newQuestions();
    place = 0;
    missed = [];
    find("verdict").textContent = "";
    show("exercise");
    ask();
  }

  function answer(event) {
    event.preventDefault();
    const typed = find("answer").value.trim();
    if (!/^\d+$/.test(typed)) {
      return;
    }
    const question = questions[place];
    const right = Number(typed) === question[0] * question[1];
    if (!right) {
      missed.push(question);
    }
    find("verdict").textContent = right ? WORDS[language].right : WORDS[language].wrong(sum(question));
    find("verdict").className = right ? "right" : "wrong";
    place += 1;
    if (place < COUNT) {
      ask();
    } else {
      finish();
    }
  }

  function finish() {
    show("result");
    tellResult();
    find("again").focus();
  }

  function tellResult() {
    const words = WORDS[language];
    find("score").textContent = words.score(COUNT - missed.length, COUNT);
    const lines = missed.length ? [words.repeat].concat(missed.map(sum)) : ["★ ★ ★"];
    find("mistakes").replaceChildren(...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
  }

  function choose(number) {
    chosen = number;
    for (const button of find("numbers").children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.number) === chosen));
    }
  }

  function speak(code) {
    language = code;
    document.documentElement.lang = code;
    for (const element of document.querySelectorAll("[data-words]")) {
      element.textContent = WORDS[code][element.dataset.words];
    }
    for (const button of find("languages").children) {
      button.setAttribute("aria-pressed", String(button.dataset.language === code));
    }
    find("numbers").firstChild.textContent = WORDS[code].all;
    document.title = WORDS[code].title;
    if (!find("exercise").hidden) {
      ask();
    }
    tellResult();
  }

  function drawNumbers() {
    for (const number of [0, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.number = number;
      button.textContent = number;
      button.addEventListener("click", () => choose(number));
      find("numbers").append(button);
    }
  }

  drawNumbers();
  for (const button of find("languages").children) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  find("start").addEventListener("click", start);
  find("again").addEventListener("click", () => show("choice"));
  find("form").addEventListener("submit", answer);
  choose(0);
  speak("tg");
})();
