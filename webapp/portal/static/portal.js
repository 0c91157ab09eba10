// SPDX-License-Identifier: GPL-3.0-or-later
// Comfort on every page: suggestions while typing. Everything works without it.
(function () {
  "use strict";
  const input = document.querySelector("input[data-suggest]");
  if (!input || !window.fetch) return;
  const form = input.form;
  const list = document.createElement("ul");
  let asked = 0, timer = 0, chosen = -1;
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent : "");
  form.appendChild(list);
  const set = (name, value) => input.setAttribute("aria-" + name, value);
  input.setAttribute("role", "combobox");
  set("autocomplete", "list");
  set("controls", list.id);
  set("expanded", "false");

  const options = () => Array.from(list.children);
  function close() {
    list.hidden = true;
    chosen = -1;
    set("expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(index) {
    const all = options();
    if (!all.length || list.hidden) return;
    chosen = (index + all.length + 1) % (all.length + 1);
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < all.length) set("activedescendant", all[chosen].id);
    else { chosen = -1; input.removeAttribute("aria-activedescendant"); }
  }
  function go(option) {
    location.href = option.dataset.href;
  }
  function ask() {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) return close();
    fetch(input.dataset.suggest + "?q=" + encodeURIComponent(words), {credentials: "same-origin"})
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => {
        if (mine !== asked || document.activeElement !== input) return;
        // The server escaped every word in it; no script in it could run under our policy anyway.
        list.innerHTML = html;
        chosen = -1;
        list.hidden = !options().length;
        set("expanded", String(!list.hidden));
      }, close);
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
  input.addEventListener("blur", () => setTimeout(close, 200));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      go(options()[chosen]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (option) { event.preventDefault(); go(option); }
  });
})();

// Menus that open over the page close with Escape and when something else is touched.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.look[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  const open = document.querySelector("details.look[open]");
  if (open && !open.contains(event.target)) open.open = false;
});

// How far the work with a stick is, for staff who stand beside the box.
(function () {
  "use strict";
  const part = document.querySelector("[data-note]");
  if (!part || !window.fetch) return;
  setInterval(() => {
    if (document.hidden) return;
    fetch(part.dataset.note, {credentials: "same-origin"})
      .then((answer) => (answer.ok ? answer.text() : part.innerHTML))
      .then((html) => { if (html !== part.innerHTML) part.innerHTML = html; }, () => {});
  }, 5000);
})();
