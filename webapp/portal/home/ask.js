// SPDX-License-Identifier: GPL-3.0-or-later
// The quiz in a lesson at home: asks one question after the other, says what is right, and ends
// with the code for the box. All text is set as text.
"use strict";

const MOST_ANSWERS = 500;
const facts = JSON.parse(unpacked("facts"));
const quiz = facts.quiz;
const words = facts.words;
const place = document.getElementById("quiz");
const memory = "chashma-home-" + facts.copy;

let turn = null; // {order, answers, round, at, marks, firsts, looks}

learnFigures(quiz.zeros);

function unpacked(id) {
  const bytes = atob(document.getElementById(id).textContent.trim());
  return decodeURIComponent(bytes.replace(/[\s\S]/g, (byte) =>
    "%" + ("0" + byte.charCodeAt(0).toString(16)).slice(-2)));
}

function make(tag, values, inside) {
  const made = document.createElement(tag);
  Object.keys(values || {}).forEach((name) => {
    if (name in made && name !== "list") made[name] = values[name];
    else made.setAttribute(name, values[name]);
  });
  [].concat(inside === undefined ? [] : inside).forEach((each) => {
    if (each === null || each === "") return;
    made.appendChild(typeof each === "string" ? document.createTextNode(each) : each);
  });
  return made;
}

function say(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}

function file(number) {
  return document.getElementById("m" + number).textContent.trim();
}

function media(thing) {
  const shown = [];
  if (thing.picture !== null) shown.push(make("img", { src: file(thing.picture), alt: "" }));
  if (thing.sound !== null) shown.push(make("audio", { controls: true, src: file(thing.sound) }));
  return shown;
}

function picture(number) {
  return number === null ? null : make("img", { src: file(number), alt: "" });
}

function show(parts) {
  while (place.firstChild) place.removeChild(place.firstChild);
  place.appendChild(make("h2", { id: "quiz-title", tabIndex: -1 }, facts.title));
  parts.forEach((part) => { if (part) place.appendChild(part); });
}

function button(text, act, isQuiet) {
  const made = make("button", { type: "button", className: isQuiet ? "quiet" : "" }, text);
  made.addEventListener("click", act);
  return made;
}

function shuffled(things) {
  const found = things.slice();
  for (let i = found.length - 1; i > 0; i--) {
    const j = drawn(i + 1);
    const held = found[i];
    found[i] = found[j];
    found[j] = held;
  }
  return found;
}

// Options in the order in which they are shown; things to put in order never stand right already.
function laidOut(question) {
  if (question.type === "order") {
    const mixed = shuffled(question.options);
    const stands = mixed.every((each, i) => each.alike === question.order[i]);
    return stands ? mixed.slice(1).concat(mixed[0]) : mixed;
  }
  return quiz.shuffle_options ? shuffled(question.options) : question.options;
}

function rightSides(question) {
  return shuffled(question.pairs).filter((pair, i, all) =>
    all.findIndex((each) => each.alike === pair.alike) === i);
}

function select(label, choices, before) {
  const made = make("select", {}, [make("option", { value: "" }, words.choose)].concat(
    choices.map((each) => make("option", { value: each[0] }, each[1]))));
  const shown = make("label", {}, [].concat(before || [], make("span", {}, label), made));
  return { shown: shown, read: () => made.value };
}

function options(question, several, laid) {
  const boxes = [];
  const shown = make("div", { className: question.type === "picture" ? "options pictures" : "options" },
    laid.map((option, i) => {
      const box = make("input", { type: several ? "checkbox" : "radio", name: "a", value: option.id });
      boxes.push(box);
      const text = option.text || say(words.picture, { number: i + 1 });
      const hidden = question.type === "picture" && option.picture !== null && option.text;
      return make("label", { className: "option" }, [box, make("span", {},
        media(option).concat(make("span", { className: hidden ? "unseen" : "" }, text)))]);
    }));
  return {
    shown: [several ? make("p", { className: "note" }, words.several) : null, shown],
    read: () => boxes.filter((box) => box.checked).map((box) => box.value).sort(),
  };
}

function trueFalse() {
  const both = [["true", words.yes], ["false", words.no]];
  return options({ type: "true-false" }, false, both.map((each) =>
    ({ id: each[0], text: each[1], picture: null, sound: null })));
}

function typed(question) {
  const isNumber = question.type === "number";
  const box = make("input", { type: "text", maxLength: 500, autocapitalize: "off", autocomplete: "off",
    spellcheck: false });
  if (isNumber) box.setAttribute("inputmode", "decimal");
  return {
    shown: [make("label", {}, [make("span", {}, isNumber ? words.number : words.answer_here), box])],
    read: () => (box.value.trim() ? [box.value.trim()] : []),
  };
}

function match(question) {
  const rights = rightSides(question);
  const list = rights.some((each) => each.right_picture !== null)
    ? make("ol", {}, rights.map((each) => make("li", {}, [picture(each.right_picture), each.right])))
    : null;
  const choices = rights.map((each, i) => [each.id, each.right || String(i + 1)]);
  const made = question.lefts.map((id, i) => {
    const pair = byId(question.pairs, id);
    return select(pair.left || say(words.picture, { number: i + 1 }), choices,
      pair.left_picture === null ? [] : [picture(pair.left_picture)]);
  });
  return {
    shown: [make("p", { className: "note" }, words.match), list].concat(made.map((each) => each.shown)),
    read: () => made.map((each) => each.read()),
    missing: (answer) => (answer.every(Boolean) ? "" : words.unfinished),
  };
}

function order(question) {
  const laid = laidOut(question);
  const choices = laid.map((each, i) => [each.id, each.text || String(i + 1)]);
  const list = laid.some((each) => each.picture !== null)
    ? make("ol", {}, laid.map((each) => make("li", {}, [picture(each.picture), each.text]))) : null;
  const made = laid.map((_, i) => select(i + 1 + ".", choices));
  return {
    shown: [make("p", { className: "note" }, words.order), list].concat(made.map((each) => each.shown)),
    read: () => made.map((each) => each.read()),
    missing: (answer) => {
      if (!answer.every(Boolean)) return words.unfinished;
      return new Set(answer).size < answer.length ? words.twice : "";
    },
  };
}

function gaps(question) {
  const fields = [];
  const inside = [];
  question.text.split(/\[\[[0-9]+\]\]/).forEach((part, i) => {
    inside.push(part);
    if (i === question.gaps.length) return;
    const choices = question.words[i] || [];
    const label = say(words.gap, { number: i + 1 });
    const field = choices.length
      ? make("select", { "aria-label": label }, [make("option", { value: "" }, words.choose)].concat(
        choices.map((word) => make("option", { value: word }, word))))
      : make("input", { type: "text", maxLength: 500, size: 10, autocapitalize: "off",
        autocomplete: "off", spellcheck: false, "aria-label": label });
    fields.push(field);
    inside.push(field);
  });
  return {
    shown: [make("p", { className: "gaps" }, inside)],
    read: () => fields.map((field) => field.value.trim()),
  };
}

const FORMS = {
  "choice": (question) => options(question, false, laidOut(question)),
  "picture": (question) => options(question, false, laidOut(question)),
  "choices": (question) => options(question, true, laidOut(question)),
  "true-false": trueFalse,
  "number": typed,
  "text": typed,
  "match": match,
  "order": order,
  "gaps": gaps,
};

function isAgain() {
  return quiz.mastery.rule !== "all";
}

function points() {
  return sum(quiz.questions.map((each) => each.points));
}

function reached() {
  return verdict(quiz.mastery, quiz.questions.length, points(), turn.firsts);
}

function begin() {
  const places = quiz.questions.map((_, i) => i);
  turn = {
    order: quiz.shuffle_questions ? shuffled(places) : places,
    at: 0, marks: 0, firsts: [], looks: [],
  };
  ask();
}

function ask() {
  if (reached().over || turn.firsts.length >= MOST_ANSWERS) {
    finish();
    return;
  }
  const index = turn.order[turn.at % turn.order.length];
  const question = quiz.questions[index];
  const form = FORMS[question.type](question);
  const problem = make("p", { className: "problem", role: "alert" });
  const hints = make("div", { "aria-live": "polite" });
  const more = button(words.hint, () => {
    hints.appendChild(make("p", { className: "hint" }, question.hints[hints.childNodes.length]));
    more.hidden = hints.childNodes.length >= question.hints.length;
  }, true);
  more.hidden = !question.hints.length;
  const head = make("h3", { tabIndex: -1 }, question.type === "gaps" ? words.fill : question.text);
  const take = (answer) => answered(index, question, answer, body, buttons);
  const buttons = make("div", {}, [
    button(words.answer, () => {
      const answer = form.read();
      problem.textContent = !answer.some(Boolean)
        ? words.empty : (form.missing ? form.missing(answer) : "");
      if (!problem.textContent) take(answer);
    }),
    more,
    button(words.skip, () => take([]), true),
  ]);
  const body = make("fieldset", {}, [make("legend", {}, head)].concat(media(question), form.shown));
  const where = isAgain() ? words.question : words.question_of;
  show([
    make("p", { className: "where" }, say(where, { place: turn.at + 1, total: quiz.questions.length })),
    body, problem, hints, buttons,
  ]);
  head.focus();
  place.scrollIntoView();
}

function answered(index, question, answer, body, buttons) {
  const graded = grade(question, answer);
  turn.firsts.push({ isRight: graded.isRight, score: graded.score });
  if (graded.isRight && turn.at < quiz.questions.length && index < facts.most_marks) {
    turn.marks |= 1 << index;
  }
  if (!graded.isRight && turn.looks.indexOf(index) < 0) turn.looks.push(index);
  turn.at += 1;
  body.disabled = true;
  let word = words.wrong;
  if (graded.isRight) word = words.right;
  else if (graded.score > 0) word = words.partly;
  const said = make("div", { className: graded.isRight ? "verdict good" : "verdict", tabIndex: -1 },
    [make("p", { className: "word" }, word)].concat(graded.feedback.map((each) => make("p", {}, each))));
  place.replaceChild(said, buttons);
  const on = place.appendChild(button(reached().over ? words.to_result : words.next, ask));
  said.focus();
  on.scrollIntoView(false);
}

function grouped(code) {
  return code.match(/.{5}/g).join(" ");
}

function coded(now) {
  const share = now.points ? Math.round(100 * Math.min(now.score / now.points, 1)) : 100;
  return writeCode({
    school: facts.school,
    copy: facts.copy % (1 << 20),
    run: drawn(1 << 12),
    passed: now.passed ? 1 : 0,
    share: share,
    marks: quiz.questions.length > facts.most_marks ? 0 : turn.marks,
  }, facts.key);
}

function finish() {
  const now = reached();
  const code = coded(now);
  keep(code);
  const looks = turn.looks.map((index) => {
    const question = quiz.questions[index];
    return make("li", {}, [
      make("p", {}, question.text.replace(/\[\[[0-9]+\]\]/g, "…")),
      make("p", {}, [words.right_is + " ", make("b", {}, question.answer.join("; "))]),
    ].concat(question.answer_pictures.map(picture)));
  });
  show([
    make("div", { className: now.passed ? "verdict good" : "verdict" }, [
      make("p", { className: "word" }, now.passed ? words.passed : words.failed),
      make("p", {}, say(words.points, reachedOf(now))),
    ]),
    codeCard(code),
    looks.length ? make("h3", {}, words.looks) : null,
    looks.length ? make("ol", {}, looks) : null,
    button(words.again, begin, true),
  ]);
  document.getElementById("quiz-title").focus();
  place.scrollIntoView();
}

function reachedOf(now) {
  return { score: rounded(now.score, words.decimal), points: rounded(now.points, words.decimal) };
}

function codeCard(code) {
  return make("div", { className: "code-card" }, [
    make("h3", {}, words.code),
    make("p", { className: "code", id: "code" }, grouped(code)),
    make("p", {}, words.code_how),
    make("p", {}, make("b", {}, facts.address)),
  ]);
}

// Old phones forget a page that is not looked at; the last code is worth keeping if they let us.
function keep(code) {
  try {
    window.localStorage.setItem(memory, code);
  } catch (error) {
    return;
  }
}

function kept() {
  try {
    const code = window.localStorage.getItem(memory) || "";
    return code.length === 20 ? code : "";
  } catch (error) {
    return "";
  }
}

function start() {
  const code = kept();
  show([
    make("p", {}, words.expect),
    code ? make("p", { className: "note" }, words.last) : null,
    code ? codeCard(code) : null,
    button(words.start, begin),
  ]);
}

start();
