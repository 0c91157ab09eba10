// SPDX-License-Identifier: GPL-3.0-or-later
// Comfort only: every page works without this file.
'use strict';

// Show or hide what is typed into the password fields of one form.
document.querySelectorAll('[data-passwords]').forEach(function (group) {
  var box = group.querySelector('[data-reveal]');
  box.closest('label').hidden = false;
  box.addEventListener('change', function () {
    group.querySelectorAll('input:not([data-reveal])').forEach(function (input) {
      input.type = box.checked ? 'text' : 'password';
    });
  });
});

document.querySelectorAll('[data-print]').forEach(function (button) {
  button.hidden = false;
  button.addEventListener('click', function () { window.print(); });
});

// The wizard's clocks: the box's and this device's, and whether they agree.
document.querySelectorAll('[data-clocks]').forEach(function (clocks) {
  var box = clocks.querySelector('[data-box]');
  var phone = clocks.querySelector('[data-phone]');
  var verdict = document.querySelector('[data-verdict]');
  var ahead = new Date(box.dateTime).getTime() - Date.now();
  var format = new Intl.DateTimeFormat([document.documentElement.lang, 'ru'], {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit'
  });
  function tick() {
    box.textContent = format.format(new Date(Date.now() + ahead));
    phone.querySelector('time').textContent = format.format(new Date());
  }
  phone.hidden = verdict.hidden = false;
  verdict.textContent = Math.abs(ahead) < 120000 ? clocks.dataset.same : clocks.dataset.apart;
  verdict.classList.add(Math.abs(ahead) < 120000 ? 'done' : 'warning');
  tick();
  setInterval(tick, 1000);
});
