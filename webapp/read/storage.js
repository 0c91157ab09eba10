// SPDX-License-Identifier: GPL-3.0-or-later
// Browsers that keep nothing for a page inside another's raise an error where script asks for
// storage. Content does not expect that: here it gets some that lasts as long as its page.
(function () {
  "use strict";
  function memory() {
    const kept = new Map();
    const methods = {
      getItem: (name) => (kept.has(String(name)) ? kept.get(String(name)) : null),
      setItem: (name, value) => { kept.set(String(name), String(value)); },
      removeItem: (name) => { kept.delete(String(name)); },
      clear: () => kept.clear(),
      key: (index) => Array.from(kept.keys())[index] || null,
    };
    return new Proxy({}, {
      get: (_, name) => (name === "length" ? kept.size : methods[name] || kept.get(name)),
      set: (_, name, value) => { kept.set(String(name), String(value)); return true; },
      has: (_, name) => kept.has(name),
      deleteProperty: (_, name) => { kept.delete(name); return true; },
      ownKeys: () => Array.from(kept.keys()),
      getOwnPropertyDescriptor: (_, name) => (kept.has(name)
        ? {value: kept.get(name), writable: true, enumerable: true, configurable: true} : undefined),
    });
  }
  ["localStorage", "sessionStorage"].forEach((name) => {
    try {
      if (window[name]) return;
    } catch (_) { /* refused */ }
    Object.defineProperty(window, name, {value: memory(), configurable: true});
  });
})();
