# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile exercises and lessons: they reach no cookie, no form, no other item, and no rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.attack import attack, heard
from tests.browser.lesson import Pupil, ingest, ingest_all, wait_for
from tests.conftest import Stack
from tests.unit.appliance.content.inspect.packed import packed

pytestmark = pytest.mark.browser

Shelf = dict[str, str]

# What only makes sense where a player is: other items, forged results, shouting.
_MORE = """
  if (top !== window) {
    await attempt("popup", () => new Promise((done) => {
      const opened = window.open("PORTAL/settings");
      setTimeout(() => { try { done(opened.document.title + opened.location.href); }
        catch (error) { done("refused"); } }, 2000); }));
    await attempt("other item", () => fetch("OTHER/pages/h5p.json").then((one) => one.text()));
    await attempt("other item on the read host", () => fetch("READ/pages/VICTIM/h5p.json")
      .then((one) => one.text()));
    await attempt("other player", () => new Promise((done, fail) => {
      const frame = document.createElement("iframe"); frame.src = "OTHER/reader/h5p.html";
      frame.onload = () => { try { done(frame.contentWindow.document.title || "open"); }
        catch (error) { fail(error); } };
      document.body.append(frame); }));
    await attempt("its own door", () => fetch("PORTAL/item/VICTIM/play", {method: "POST",
      credentials: "include", body: "{}"}).then((one) => one.text()));
    const to = (place) => (more) => place.postMessage(
      Object.assign({type: "chashma:play"}, more), "*");
    const forge = (more) => (window.channel || parent.channel).tell(more.kind, more[more.kind]);
    [to(parent), to(window.top), forge].forEach((tell) => {
      tell({kind: "score", seq: 1, item: "VICTIM", person: "somebody",
        score: {score: 1, passed: true, completed: true, item: "VICTIM"}});
      tell({kind: "state", seq: 2, state: {data: "x".repeat(70000)}});
      tell({kind: "state", seq: "3", state: {data: "x"}});
      tell({kind: "__proto__", seq: 4});
      tell({kind: "score", seq: 5, score: {score: NaN, passed: true, completed: true}});
      for (let i = 10; i < 5000; i++) tell({kind: "state", seq: i, state: {data: "flood " + i}});
    });
  }
"""
# Script that is written in a text, not in a file.
_INLINE = '<img src="x" onerror="window.inlined = 1"><script>window.inlined = 2</script>'


@pytest.fixture(scope="module")
def shelf(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A victim and two attackers, by name."""
    folder = tmp_path_factory.mktemp("hostile")
    victim = ingest(stack.config, _h5p(folder / "victim.h5p", "Victim", ""))
    more = _MORE.replace("OTHER", stack.config.item_url(victim)).replace("VICTIM", victim)
    script = attack(stack.config, more)
    script = script.replace("PORTAL", stack.config.portal_url)
    script = script.replace("READ", stack.config.read_url)
    exercise = _h5p(folder / "evil.h5p", "Evil", script)
    lesson = _scorm(folder / "evil.zip", script)
    ids = ingest_all(stack.config, [exercise, lesson])
    return {"victim": victim, "h5p": ids[exercise.name], "scorm": ids[lesson.name]}


def _h5p(file: Path, name: str, script: str) -> Path:
    """An exercise whose library runs this script."""
    one = {"machineName": f"H5P.{name}", "majorVersion": 1, "minorVersion": 0}
    library = {**one, "title": name, "runnable": 1, "preloadedJs": [{"path": "a.js"}]}
    exercise = f"""
    H5P.{name} = function (parameters) {{
      this.getMaxScore = () => 1;
      this.getScore = () => 0;
      this.attach = (place) => {{ place.html(parameters.text); {script} }};
    }};
    """
    members = {
        "h5p.json": json.dumps(
            {"title": name, "mainLibrary": f"H5P.{name}", "preloadedDependencies": [one]}
        ),
        "content/content.json": json.dumps({"text": f"<p>{name} is here.</p>{_INLINE}"}),
        f"H5P.{name}-1.0/library.json": json.dumps(library),
        f"H5P.{name}-1.0/a.js": exercise,
    }
    file.write_bytes(packed(members))
    return file


def _scorm(file: Path, script: str) -> Path:
    manifest = """<manifest identifier="m" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
    <organizations><organization identifier="o"><title>Evil</title>
    <item identifier="i" identifierref="r"><title>Evil</title></item></organization></organizations>
    <resources><resource identifier="r" adlcp:scormtype="sco" href="a.html"/></resources></manifest>
    """
    # It may do with its own API what it likes, and with the player's window too: here it calls
    # whatever can be called, with whatever there is.
    calls = """
    parent.API.LMSInitialize("");
    parent.API.LMSSetValue("cmi.suspend_data", "x".repeat(100000));
    parent.API.LMSSetValue("cmi.core.student_id", "somebody");
    const odd = [undefined, null, "", -1, NaN, {}, "__proto__", "cmi.core.exit", "x".repeat(9000)];
    window.called = 0;
    for (let of = parent.API; of && of !== Object.prototype; of = Object.getPrototypeOf(of)) {
      for (const name of Object.getOwnPropertyNames(of)) {
        for (const argument of odd) {
          try { parent.API[name](argument, argument); } catch (error) { /* as it likes */ }
          window.called += 1;
        }
      }
    }
    parent.document.body.dataset.taken = "1";
    """
    page = f"<html><head></head><body><p>Evil</p><script>{calls}{script}</script></body></html>"
    file.write_bytes(packed({"imsmanifest.xml": manifest, "a.html": page}))
    return file


@pytest.fixture
def pupil(stack: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Pupil]:
    somebody = Pupil(stack.config, browser, request.node.name)
    yield somebody
    somebody.close()


def _attacked(page: Page, part: str) -> Frame:
    """The frame of the content, once its script is through."""

    def look() -> list[Frame]:
        return [frame for frame in page.frames if part in frame.url]

    frame = wait_for(page, look, bool)[0]
    frame.wait_for_load_state()
    # Not wait_for_function: that needs eval, which the policy of an exercise forbids.
    wait_for(page, lambda: frame.evaluate("window.result && 'cookies' in window.result"), bool)
    return frame


@pytest.mark.parametrize(("kind", "part"), [("h5p", "/reader/h5p.html"), ("scorm", "/pages/")])
def test_hostile_content_stays_where_it_is(
    kind: str, part: str, shelf: Shelf, stack: Stack, pupil: Pupil
) -> None:
    page = pupil.device()
    config = stack.config
    for url in (config.portal_url, config.admin_url):
        page.context.add_cookies([{"name": "secret", "value": "theirs", "url": url}])
    posts: list[str] = []
    # What it sends to its own host is its own business: nobody listens there.
    own_host = config.item_url(shelf[kind])
    page.on(
        "request",
        lambda one: (
            posts.append(one.url)
            if one.method == "POST" and not one.url.startswith(own_host)
            else None
        ),
    )
    pupil.open(page, shelf[kind])
    frame = _attacked(page, part)
    result = frame.evaluate("window.result")
    assert "theirs" not in result.pop("cookies")
    # Its own player is its parent in SCORM; and what it stores, it stores alone.
    own = {"parent", "storage"} if kind == "scorm" else set()
    assert heard(result) <= {"leave"} | own
    if kind == "scorm":
        assert frame.evaluate("window.called") > 100
    if kind == "h5p":
        assert frame.evaluate("typeof window.inlined") == "undefined"

    # The portal's page is as it was, lives, and has not passed on the shouting.
    assert page.url.startswith(f"{config.portal_url}/item/{shelf[kind]}/read")
    expect(page.locator(".reader-bar h1")).to_be_visible()
    frame.evaluate("setTimeout(window.sendForms)")
    page.wait_for_timeout(2000)  # for the forms, and for what was only asked
    assert page.url.startswith(f"{config.portal_url}/item/{shelf[kind]}/read")
    wait_for(page, lambda: posts, bool)
    assert len(posts) < 20
    assert set(posts) == {f"{config.portal_url}/item/{shelf[kind]}/play"}
    names = {cookie["name"] for cookie in page.context.cookies(config.portal_url)}
    assert names <= {"secret", "places", "person"}

    # Whatever it said counts for this item and this pupil.
    assert not pupil.progress(shelf["victim"]).started
    assert len(pupil.record.resume(pupil.person.id, shelf[kind])) <= 65536


def test_the_victim_still_plays(shelf: Shelf, pupil: Pupil) -> None:
    player = pupil.open(pupil.device(), shelf["victim"])
    expect(player.get_by_text("Victim is here.")).to_be_visible()


def test_a_player_opened_alone_leads_to_the_portal(
    shelf: Shelf, stack: Stack, pupil: Pupil
) -> None:
    page = pupil.guest()
    page.goto(f"{stack.config.item_url(shelf['victim'])}/reader/h5p.html")
    page.wait_for_url(f"{stack.config.portal_url}/item/{shelf['victim']}/read")


def test_a_host_of_an_item_shows_no_other_item(shelf: Shelf, stack: Stack, pupil: Pupil) -> None:
    page = pupil.guest()
    for path in (f"/pages/{shelf['h5p']}/h5p.json", "/", "/frame.js", "/zim/aaaaaaaaaaaaaaaa/"):
        answer = page.goto(f"{stack.config.item_url(shelf['victim'])}{path}")
        assert answer
        assert answer.status == 404
