// SPDX-License-Identifier: GPL-3.0-or-later
// The code with the result, as appliance/learning/home_code.py reads it. SHA-256 (FIPS 180-4) and
// HMAC (RFC 2104) are written out: a file that is opened from a phone has no crypto.subtle.
"use strict";

const ALPHABET = "23456789ACEHKMPTXY";
const FIELDS = [["school", 6], ["copy", 20], ["run", 12], ["passed", 1], ["share", 7], ["marks", 15]];
const SEAL_BITS = 18;
const FIGURES = 19;

function fractions(root) {
  const found = [];
  for (let number = 2; found.length < 64; number++) {
    let isPrime = true;
    for (let by = 2; by * by <= number; by++) if (number % by === 0) isPrime = false;
    if (isPrime) found.push((Math.pow(number, 1 / root) % 1) * 4294967296 | 0);
  }
  return found;
}

const ROUND = fractions(3);
const BEGIN = fractions(2).slice(0, 8);

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function mixed(state, block) {
  const w = block.slice();
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15];
    const b = w[i - 2];
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let s = state.slice();
  for (let i = 0; i < 64; i++) {
    const e = s[4];
    const a = s[0];
    const one = (s[7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25))
      + ((e & s[5]) ^ (~e & s[6])) + ROUND[i] + w[i]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22))
      + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]))) | 0;
    s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
  }
  return state.map((word, i) => (word + s[i]) | 0);
}

function sha256(bytes) {
  const padded = bytes.concat(0x80);
  while (padded.length % 64 !== 56) padded.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) {
    padded.push(shift > 31 ? 0 : ((bytes.length * 8) >>> shift) & 255);
  }
  let state = BEGIN;
  for (let at = 0; at < padded.length; at += 64) {
    const block = [];
    for (let i = at; i < at + 64; i += 4) {
      block.push((padded[i] << 24) | (padded[i + 1] << 16) | (padded[i + 2] << 8) | padded[i + 3]);
    }
    state = mixed(state, block);
  }
  return [].concat.apply([], state.map((w) => [24, 16, 8, 0].map((by) => (w >>> by) & 255)));
}

function hmac(key, message) {
  const padded = key.concat(new Array(64 - key.length).fill(0));
  const inner = sha256(padded.map((byte) => byte ^ 0x36).concat(message));
  return sha256(padded.map((byte) => byte ^ 0x5c).concat(inner));
}

function bitsOf(value, count) {
  const bits = [];
  for (let i = count - 1; i >= 0; i--) bits.push((value >>> i) & 1);
  return bits;
}

function bytesOf(bits) {
  const found = new Array((8 - (bits.length % 8)) % 8).fill(0).concat(bits);
  const bytes = [];
  for (let at = 0; at < found.length; at += 8) {
    bytes.push(parseInt(found.slice(at, at + 8).join(""), 2));
  }
  return bytes;
}

// ISO 7064, hybrid system, with 18 characters.
function checkOf(values) {
  const product = values.reduce((p, value) => (((p + value) % 18 || 18) * 2) % 19, 18);
  return (19 - product) % 18;
}

// What was told, by field, as 20 letters and figures; the key is a list of bytes.
function writeCode(told, key) {
  let bits = [];
  FIELDS.forEach((field) => { bits = bits.concat(bitsOf(told[field[0]], field[1])); });
  const digest = hmac(key, bytesOf(bits));
  const first = ((digest[0] << 24) | (digest[1] << 16) | (digest[2] << 8) | digest[3]) >>> 0;
  bits = bits.concat(bitsOf(first >>> (32 - SEAL_BITS), SEAL_BITS));
  let rest = bits;
  const values = [];
  for (let i = 0; i < FIGURES; i++) {
    let remainder = 0;
    rest = rest.map((bit) => {
      const value = remainder * 2 + bit;
      remainder = value % 18;
      return value >= 18 ? 1 : 0;
    });
    values.unshift(remainder);
  }
  return values.concat(checkOf(values)).map((value) => ALPHABET[value]).join("");
}

function drawn(below) {
  if (window.crypto && window.crypto.getRandomValues) {
    return window.crypto.getRandomValues(new Uint32Array(1))[0] % below;
  }
  return Math.floor(Math.random() * below);
}
