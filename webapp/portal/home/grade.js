// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer is worth: appliance/content/quiz/{judge,number,wording}.py once more, for a file
// that is opened without the box. A test runs both over the same answers. Made for Chrome 50.
"use strict";

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const OUTER = " .,;:!?…\"«»“”„()";
const LONGEST_TEXT = 500;
const LONGEST_NUMBER = 40;
const NEARLY = 1e-6;
const LETTERS = { "қ": "к", "ғ": "г", "ҳ": "х", "ҷ": "ч", "ъ": "", "ь": "", "ı": "i" };
const LETTER = new RegExp("[" + Object.keys(LETTERS).join("") + "]", "g");
const SILENT = /['’ʼʻ‘`\u00ad\u0300-\u036f\u064b-\u0652\u0670]/g;
const STRIPPED = new RegExp("^[" + SPACE + "]+|[" + SPACE + "]+$", "g");
const SPACES = new RegExp("[" + SPACE + "]+", "g");
const OUTSIDE = new RegExp("^[" + OUTER + "]+|[" + OUTER + "]+$", "g");
const MIXED = new RegExp(
  "^([+-]?)([0-9]+)[" + SPACE + "]+([0-9]+)[" + SPACE + "]*/[" + SPACE + "]*([0-9]+)$");
const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;
const SCIENTIFIC = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?$/i;

let zeros = [];

function strip(text) {
  return text.replace(STRIPPED, "");
}

function western(text) {
  return Array.from(text).map((letter) => {
    const code = letter.codePointAt(0);
    const zero = code < 128 ? undefined : zeros.find((each) => code >= each && code <= each + 9);
    return zero === undefined ? letter : String(code - zero);
  }).join("");
}

function plainNumber(text) {
  const bare = strip(text);
  if (Array.from(bare).length > LONGEST_NUMBER) return "";
  const plain = western(bare).replace(/[−–—‒﹣－]/g, "-")
    .replace(/[ \t\u00a0\u2007\u2009\u202f'’\u066c]/g, "").replace(/\u066b/g, ",");
  const at = Math.max(plain.lastIndexOf(","), plain.lastIndexOf("."));
  if (at < 0) return plain;
  const mark = plain[at];
  const parts = plain.split(mark === "," ? "." : ",").join("").split(mark);
  return parts.length > 2 ? parts.join("") : parts.join(".");
}

function decimal(text) {
  const plain = plainNumber(text);
  return DECIMAL.test(plain) ? Number(plain) : null;
}

function quotient(over, under) {
  return Number(under) ? Number(over) / Number(under) : null;
}

function number(text) {
  const start = Array.from(strip(text)).slice(0, LONGEST_NUMBER).join("");
  const mixed = MIXED.exec(western(start).replace(/[−–—‒﹣－]/g, "-"));
  if (mixed) {
    const part = quotient(mixed[3], mixed[4]);
    return part === null ? null : (Number(mixed[2]) + part) * (mixed[1] === "-" ? -1 : 1);
  }
  const plain = plainNumber(text);
  const fraction = /^([+-]?[0-9]+)\/([0-9]+)$/.exec(plain);
  if (fraction) return quotient(fraction[1], fraction[2]);
  if (!SCIENTIFIC.test(plain)) return null;
  const value = Number(plain);
  return isFinite(value) ? value : null;
}

// Python's casefold: what has several capital forms, such as ß and ς, becomes one.
function casefold(text) {
  return text.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, "σ");
}

function fold(text) {
  const small = casefold(text.normalize("NFKD")).normalize("NFKD");
  return small.replace(LETTER, (letter) => LETTERS[letter]).replace(SILENT, "").normalize("NFC");
}

function plainText(text) {
  const spaced = strip(western(text).replace(/[‐‑‒–—−]/g, "-").replace(SPACES, " "));
  const bare = spaced.replace(OUTSIDE, "") || spaced;
  return (fold(bare) || casefold(bare)).normalize("NFD");
}

function isMeant(accepted, typed) {
  if (!accepted.pattern || !strip(typed) || Array.from(typed).length > LONGEST_TEXT) return false;
  if (accepted.decimal !== null && accepted.decimal === decimal(typed)) return true;
  return new RegExp("^(?:" + accepted.pattern + ")$").test(plainText(typed));
}

function isNear(accepted, value) {
  if (accepted.value === null) return false;
  const hair = 1e-9 * Math.max(Math.abs(accepted.value), Math.abs(value));
  return Math.abs(value - accepted.value) <= accepted.tolerance + hair;
}

function best(found) {
  return found.reduce((most, each) => (most && most.credit >= each.credit ? most : each), null);
}

function typedNumber(accepted, typed) {
  const value = number(typed);
  return best(accepted.filter((each) => value !== null && isNear(each, value)));
}

function typedText(accepted, typed) {
  return best(accepted.filter((each) => each.text && isMeant(each, typed)));
}

function inGap(accepted, typed) {
  const numbers = accepted.filter((each) => !each.text);
  return best([typedNumber(numbers, typed), typedText(accepted, typed)].filter(Boolean));
}

function isFull(credit) {
  return credit >= 1 - NEARLY;
}

function one(found) {
  if (!found) return { share: 0, isRight: false, said: [] };
  return { share: found.credit, isRight: isFull(found.credit), said: [found.feedback] };
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}

function shares(right, of, given) {
  return { share: right / Math.max(of, 1), isRight: right === of && of === given, said: [] };
}

function byId(things, id) {
  return things.filter((each) => each.id === id).pop();
}

function judgeChoice(question, answer) {
  return one(answer.length === 1 ? question.options.find((each) => each.id === answer[0]) : null);
}

function judgeChoices(question, answer) {
  const right = question.options.filter((each) => each.credit > 0);
  const chosen = question.options.filter((each) => answer.indexOf(each.id) >= 0);
  const ids = new Set(answer);
  const wanted = new Set(right.map((each) => each.id));
  const same = ids.size === wanted.size && Array.from(ids).every((id) => wanted.has(id));
  return {
    share: sum(chosen.map((each) => each.credit)) / (sum(right.map((each) => each.credit)) || 1),
    isRight: right.length > 0 && same,
    said: chosen.map((each) => each.feedback),
  };
}

function judgeTrueFalse(question, answer) {
  const said = question.accepted.find((each) => each.text === answer[0]);
  return one(answer.length === 1 ? said : null);
}

function judgeMatch(question, answer) {
  const lefts = question.lefts;
  const right = lefts.filter((id, place) => {
    const found = place < answer.length ? byId(question.pairs, answer[place]) : null;
    return found && found.alike === byId(question.pairs, id).alike;
  });
  return shares(right.length, lefts.length, answer.length);
}

function judgeOrder(question, answer) {
  const right = question.order.filter((alike, place) => {
    const found = place < answer.length ? byId(question.options, answer[place]) : null;
    return found && found.alike === alike;
  });
  return shares(right.length, question.order.length, answer.length);
}

function judgeGaps(question, answer) {
  const given = question.gaps.slice(0, answer.length);
  const found = given.map((gap, place) => inGap(gap, answer[place])).filter(Boolean);
  const all = found.length === question.gaps.length && question.gaps.length === answer.length;
  return {
    share: sum(found.map((each) => each.credit)) / Math.max(question.gaps.length, 1),
    isRight: all && found.every((each) => isFull(each.credit)),
    said: found.map((each) => each.feedback),
  };
}

const JUDGES = {
  "choice": judgeChoice,
  "picture": judgeChoice,
  "choices": judgeChoices,
  "true-false": judgeTrueFalse,
  "number": (question, answer) => one(typedNumber(question.accepted, answer[0])),
  "text": (question, answer) => one(typedText(question.accepted, answer[0])),
  "match": judgeMatch,
  "order": judgeOrder,
  "gaps": judgeGaps,
};

// Of home_key: which figures are figures.
function learnFigures(figures) {
  zeros = Array.from(figures).map((each) => each.codePointAt(0));
}

// The answer is a list of texts, as appliance.content.quiz.quiz.Answer says.
function grade(question, answer) {
  const judged = answer.some(Boolean)
    ? JUDGES[question.type](question, answer) : { share: 0, isRight: false, said: [] };
  const share = judged.isRight ? 1 : Math.min(Math.max(judged.share, 0), 1);
  const said = judged.said.concat(judged.isRight ? question.right : question.wrong);
  return {
    score: Math.max(question.points, 0) * share,
    isRight: judged.isRight,
    feedback: said.concat(question.feedback).filter(Boolean),
  };
}

// appliance/learning/mastery.py: what first answers, {isRight, score}, amount to.
function verdict(mastery, questions, points, answers) {
  if (mastery.rule !== "all") {
    const needed = Math.max(mastery.m, 1);
    const among = mastery.rule === "m_of_n" ? Math.max(mastery.n, needed) : needed;
    const right = answers.slice(-among).filter((each) => each.isRight).length;
    const done = right >= needed;
    return { over: done, passed: done, score: Math.min(right, needed), points: needed };
  }
  const score = sum(answers.map((each) => each.score));
  const over = answers.length >= questions;
  const passed = over && score >= mastery.pass_mark * points - 1e-9;
  return { over: over, passed: passed, score: score, points: points };
}

// appliance/language.py: points_in_words.
function rounded(number, mark) {
  return number.toFixed(2).replace(/\.?0+$/, "").replace(".", mark);
}
