# SPDX-License-Identifier: GPL-3.0-or-later
"""What hostile script in content tries, and what it hears."""

from appliance.config import Config

# Tries everything, and writes down what came of it.
_ATTACK = """
const result = {};
async function attempt(name, action) {
  const patience = new Promise((done, fail) => setTimeout(fail, 3000));
  try { result[name] = String(await Promise.race([action(), patience])); }
  catch (error) { result[name] = "refused"; }
}
(async () => {
  await attempt("parent", () => parent.document.title);
  await attempt("top", () => top.document.cookie);
  await attempt("storage", () => parent.localStorage.length);
  for (const origin of ["PORTAL", "ADMIN"]) {
    await attempt("read " + origin, () => fetch(origin + "/", {credentials: "include"})
      .then((answer) => answer.text()));
    await attempt("blind " + origin, () => fetch(origin + "/settings", {method: "POST",
      mode: "no-cors", credentials: "include", body: new URLSearchParams({theme: "high"})}));
    await attempt("beacon " + origin, () => navigator.sendBeacon(origin + "/settings", "theme=high")
      ? new Promise((done) => setTimeout(done, 500, "queued")) : "refused");
    await attempt("picture " + origin, () => new Promise((done, fail) => {
      const picture = new Image(); picture.onload = done; picture.onerror = fail;
      picture.src = origin + "/static/drop.svg"; }));
    await attempt("frame " + origin, () => new Promise((done) => {
      const frame = document.createElement("iframe"); frame.src = origin + "/";
      frame.onload = () => { try { done(frame.contentDocument.body.innerHTML.length); }
        catch (error) { done("refused"); } };
      document.body.append(frame); }));
  }
  if (top !== window) {
    await attempt("leave", () => { top.location = "PORTAL/search?q=taken"; return "asked"; });
  }
  await attempt("worker", () => navigator.serviceWorker.register("/frame.js"));
  MORE
  document.cookie = "planted=1";
  document.cookie = "language=en; domain=localhost";
  result.cookies = document.cookie;
  window.result = result;
  // Last, because a form that is refused takes the page away with it.
  await new Promise((done) => { window.sendForms = done; });
  for (const origin of ["PORTAL", "ADMIN"]) {
    const form = document.createElement("form");
    form.method = "post"; form.action = origin + "/settings";
    form.innerHTML = "<input name=theme value=contrast><input name=next value=/>";
    document.body.append(form);
    form.submit();
  }
})();
"""


def attack(config: Config, more: str = "") -> str:
    """A script that attacks portal and panel.

    Args:
        config: of the stack that is attacked.
        more: further attempts, before the forms.
    """
    script = _ATTACK.replace("PORTAL", config.portal_url).replace("ADMIN", config.admin_url)
    return script.replace("MORE", more)


def heard(result: dict[str, str]) -> set[str]:
    """Which attempts had an answer. A beacon says "queued" also where it is never sent."""
    return {
        name
        for name, said in result.items()
        if said != "refused" and not name.startswith("beacon ")
    }
