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
  // In figures: browsers have no Tajik names of months, and in Russian ones people would stumble.
  var format = new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'ru', {
    day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit'
  });
  function tick() {
    box.textContent = format.format(new Date(Date.now() + ahead));
    phone.querySelector('time').textContent = format.format(new Date());
  }
  var apart = Math.abs(ahead) >= 120000;
  phone.hidden = verdict.hidden = false;
  verdict.textContent = apart ? clocks.dataset.apart : clocks.dataset.same;
  verdict.classList.add(apart ? 'warning' : 'done');
  // The box can be given this device's time; where the two agree nobody needs that.
  document.querySelectorAll('[data-take]').forEach(function (button) {
    button.hidden = !apart && button.dataset.take !== 'always';
    button.addEventListener('click', function () {
      button.form.querySelector('[data-phone-time]').value = new Date().toISOString().slice(0, 19) + 'Z';
    });
    button.form.querySelectorAll('[data-without-script]').forEach(function (part) { part.hidden = true; });
    button.form.querySelectorAll('[data-right],[data-wrong]').forEach(function (other) {
      other.classList.toggle('quiet', apart || 'wrong' in other.dataset);
      other.classList.toggle('big', !apart && 'right' in other.dataset);
    });
  });
  tick();
  setInterval(tick, 1000);
});

// Seconds that are left, counted down between two looks at the box.
setInterval(function () {
  document.querySelectorAll('[data-countdown]').forEach(function (part) {
    part.dataset.countdown = Math.max(0, Number(part.dataset.countdown) - 1);
    part.textContent = part.dataset.countdown;
  });
}, 1000);

// Come back as soon as the box is there again, having been away.
document.querySelectorAll('[data-return]').forEach(function (page) {
  var away = false;
  function look() {
    fetch(page.dataset.return, { credentials: 'same-origin', cache: 'no-store' }).then(function (answer) {
      if (away && answer.ok) { location.assign(page.dataset.return); return; }
      setTimeout(look, 3000);
    }).catch(function () { away = true; setTimeout(look, 3000); });
  }
  setTimeout(look, 3000);
});

// Keep a part of the page fresh, without touching what the reader is at.
document.querySelectorAll('[data-fresh]').forEach(function (part) {
  if (part.hasAttribute('data-stopped')) { return; }
  var every = Number(part.dataset.every) * 1000;
  function look() {
    if (document.hidden) { setTimeout(look, every); return; }
    fetch(part.dataset.fresh, { credentials: 'same-origin', redirect: 'error' }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      if (!part.contains(document.activeElement) && part.dataset.last !== text) {
        part.dataset.last = text;
        part.innerHTML = text; // made by our own templates, which escape every name
      }
      if (part.dataset.until && part.querySelector(part.dataset.until)) {
        if (part.dataset.then) { location.assign(part.dataset.then); } else { location.reload(); }
        return;
      }
      setTimeout(look, every);
    }).catch(function () { setTimeout(look, every * 3); });
  }
  setTimeout(look, every);
});

// How much of the free room the ticked files take.
document.querySelectorAll('[data-sizes]').forEach(function (form) {
  var units = { tg: ['Б', 'КБ', 'МБ', 'ГБ'], ru: ['Б', 'КБ', 'МБ', 'ГБ'], en: ['B', 'KB', 'MB', 'GB'] };
  var names = units[document.documentElement.lang] || units.en;
  var free = Number(form.dataset.free);
  function words(size) {
    var unit = 0;
    while (size >= 1000 && unit < 3) { size /= 1000; unit += 1; }
    var shown = size < 10 && unit ? Math.round(size * 10) / 10 : Math.round(size);
    return String(shown).replace('.', names === units.en ? '.' : ',') + ' ' + names[unit];
  }
  function count() {
    var total = 0;
    form.querySelectorAll('[data-size]').forEach(function (box) {
      if (box.checked) { total += Number(box.dataset.size); }
    });
    form.querySelector('[data-chosen]').textContent = words(total);
    form.querySelector('meter').value = Math.min(total, free);
    form.querySelector('[data-too-much]').hidden = total <= free;
    form.querySelector('[name=some]').disabled = total > free;
  }
  form.addEventListener('change', count);
  count();
});

// Send a file with a sight of how far it is.
document.querySelectorAll('[data-upload]').forEach(function (form) {
  var problem = form.querySelector('[data-problem]');
  var sending = form.querySelector('[data-sending]');
  var button = form.querySelector('button');
  function fail(words) {
    problem.textContent = words;
    problem.hidden = false;
    sending.hidden = true;
    button.disabled = false;
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var file = form.querySelector('#file').files[0];
    problem.hidden = true;
    if (file.size > Number(form.dataset.room)) { fail(form.dataset.tooLarge); return; }
    var request = new XMLHttpRequest();
    request.upload.addEventListener('progress', function (step) {
      var percent = Math.floor(100 * step.loaded / step.total);
      sending.querySelector('progress').value = percent;
      sending.querySelector('[data-percent]').textContent = percent + ' %';
    });
    request.addEventListener('load', function () {
      if (request.status === 200) { location.assign(request.responseURL); return; }
      fail(request.status === 507 ? form.dataset.tooLarge : form.dataset.failed);
    });
    request.addEventListener('error', function () { fail(form.dataset.failed); });
    request.open('POST', form.action);
    sending.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  });
});
