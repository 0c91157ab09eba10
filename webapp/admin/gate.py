# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may go where: the one table that decides it, and the check before every request."""

from urllib.parse import quote

from flask import Flask, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.school.staff import Role, StaffMember, UnknownMemberError
from webapp.admin.interface import reader_language
from webapp.admin.office import office
from webapp.same_site import is_from_elsewhere, local_path, refuse_foreign_form

ANYBODY: frozenset[Role] = frozenset()
"""No account is needed."""

EVERYONE: frozenset[Role] = frozenset(Role.__members__.values())
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.DISTRICT})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# What children did is not the district's business.
EDUCATORS = frozenset({Role.ADMINISTRATOR, Role.TEACHER})

# docs/privilege.md says the same to people; a test holds them together.
ACCESS: dict[str, frozenset[Role]] = {
    "static": ANYBODY,
    "signing.language": ANYBODY,
    "signing.sign_in": ANYBODY,
    "signing.sign_out": EVERYONE,
    "wizard.begin": ANYBODY,
    "wizard.language": ANYBODY,
    "wizard.school": ANYBODY,
    "wizard.account": ANYBODY,
    "wizard.hotspot": ADMINISTRATORS,
    "wizard.time": ADMINISTRATORS,
    "home.start": EVERYONE,
    "home.more": EVERYONE,
    "home.welcome": ADMINISTRATORS,
    "profile.show": EVERYONE,
    "profile.password": EVERYONE,
    "shelf.find": EVERYONE,
    "shelf.edit": EVERYONE,
    "shelf.cover": EVERYONE,
    "shelf.hide": EVERYONE,
    "shelf.show": EVERYONE,
    "shelf.feature": EVERYONE,
    "shelf.unfeature": EVERYONE,
    "shelf.remove": KEEPERS,
    "shelf.removed": KEEPERS,
    "shelf.restore": KEEPERS,
    "shelf.purge": KEEPERS,
    "add.choose": EVERYONE,
    "add.drives": EVERYONE,
    "add.drive": EVERYONE,
    "add.start": EVERYONE,
    "add.eject": EVERYONE,
    "add.upload": EVERYONE,
    "add.quiz_template": EVERYONE,
    "packs.show": EVERYONE,
    "packs.start": KEEPERS,
    "jobs.history": EVERYONE,
    "jobs.show": EVERYONE,
    "jobs.part": EVERYONE,
    "jobs.cancel": EVERYONE,
    "jobs.again": EVERYONE,
    "jobs.reports": EVERYONE,
    "jobs.report": EVERYONE,
    "jobs.undo": KEEPERS,
    "export.choose": KEEPERS,
    "state.show": EVERYONE,
    "people.everybody": ADMINISTRATORS,
    "people.add": ADMINISTRATORS,
    "people.edit": ADMINISTRATORS,
    "people.reset": ADMINISTRATORS,
    "people.disable": ADMINISTRATORS,
    "people.enable": ADMINISTRATORS,
    "people.delete": ADMINISTRATORS,
    "classes.everything": EDUCATORS,
    "classes.add": EDUCATORS,
    "classes.show": EDUCATORS,
    "classes.edit": EDUCATORS,
    "classes.new_code": EDUCATORS,
    "classes.delete": EDUCATORS,
    "classes.restore": EDUCATORS,
    "classes.erase": EDUCATORS,
    "classes.give": EDUCATORS,
    "class_cards.show": EDUCATORS,
    "pupils.add": EDUCATORS,
    "pupils.edit": EDUCATORS,
    "pupils.pictures": EDUCATORS,
    "pupils.delete": EDUCATORS,
    "pupils.another_try": EDUCATORS,
    "reports.grid": EDUCATORS,
    "reports.needs": EDUCATORS,
    "reports.lesson": EDUCATORS,
    "reports.question": EDUCATORS,
    "reports.story": EDUCATORS,
    "reports.tries": EDUCATORS,
    "reports.export": EDUCATORS,
    "certificates.everything": EDUCATORS,
    "certificates.give": EDUCATORS,
    "certificates.pdf": EDUCATORS,
    "certificates.all_pdf": EDUCATORS,
    "certificates.export": EDUCATORS,
    "certificates.revoke": ADMINISTRATORS,
    "certificates.restore": ADMINISTRATORS,
    "certificate_schools.show": ADMINISTRATORS,
    "certificate_schools.remove": ADMINISTRATORS,
    "certificate_schools.revoked": ADMINISTRATORS,
    "certificate_schools.file": ADMINISTRATORS,
    "school.show": ADMINISTRATORS,
    "sticks.show": ADMINISTRATORS,
    "sticks.add": ADMINISTRATORS,
    "sticks.key": ADMINISTRATORS,
    "sticks.revoke": ADMINISTRATORS,
    "sticks.trust": ADMINISTRATORS,
    "sticks.remove": ADMINISTRATORS,
    "record.show": KEEPERS,
    "hotspot.show": ADMINISTRATORS,
    "hotspot.part": ADMINISTRATORS,
    "hotspot.change": ADMINISTRATORS,
    "hotspot.waiting": ADMINISTRATORS,
    "hotspot.waiting_part": ADMINISTRATORS,
    "hotspot.keep": ADMINISTRATORS,
    "hotspot.back": ADMINISTRATORS,
    "hotspot.poster": EVERYONE,
    "power.show": KEEPERS,
    "power.off": KEEPERS,
    "power.restart": KEEPERS,
    "power.service": ADMINISTRATORS,
    "power.time": ADMINISTRATORS,
    "power.repair": ADMINISTRATORS,
}

# What somebody whose password was given by another can do before choosing an own one.
_WITH_TEMPORARY_PASSWORD = frozenset(
    {"static", "signing.language", "signing.sign_out", "profile.password"}
)


def install(app: Flask) -> None:
    """Find out who asks, turn away forms of other sites, then ask the table."""
    app.before_request(_meet)
    app.before_request(refuse_foreign_form)
    app.before_request(_check)
    app.jinja_env.globals["may"] = may


def may(endpoint: str) -> bool:
    """Whether the person who reads the page may follow a link there."""
    allowed = ACCESS.get(endpoint)
    if allowed is None or g.member is None:
        return False
    return allowed == ANYBODY or g.member.role in allowed


def signed_in() -> StaffMember:
    """The person who asks; only for pages that need one."""
    member = g.member
    if not isinstance(member, StaffMember):
        abort(403)
    return member


def _meet() -> None:
    office().take_list()
    g.settings = office().settings.load()
    g.member = _member()
    g.language = reader_language()


def _check() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint in (None, "static", "signing.language"):
        return None
    in_wizard = request.blueprint == "wizard"
    if in_wizard and g.settings.set_up:
        return redirect(url_for("home.start"))
    if in_wizard or not g.settings.set_up:
        return _check_set_up(in_wizard)
    return _check_role(str(endpoint))


def _check_set_up(in_wizard: bool) -> ResponseReturnValue | None:
    """Before the box is set up there is only the wizard; whoever made the account goes on."""
    begun = office().staff.exists()
    if begun and g.member is None:
        if request.endpoint == "signing.sign_in":
            return None
        return redirect(url_for("signing.sign_in"))
    if not in_wizard and request.endpoint != "signing.sign_out":
        return redirect(url_for("wizard.begin"))
    return None if not begun else _check_role(str(request.endpoint))


def _check_role(endpoint: str) -> ResponseReturnValue | None:
    allowed = ACCESS.get(endpoint)
    if allowed == ANYBODY:
        return None
    if g.member is None:
        return _ask_to_sign_in()
    if g.member.temporary and endpoint not in _WITH_TEMPORARY_PASSWORD:
        return redirect(url_for("profile.password"))
    if allowed is None or g.member.role not in allowed:
        abort(403)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET":
        return redirect(url_for("signing.sign_in", ended=1))
    if is_from_elsewhere():
        # A link on another site does not bring the cookie along; going on from here does.
        return render_template("bounce.html", target=local_path(request.full_path))
    here = request.full_path.rstrip("?")
    return redirect(url_for("signing.sign_in") + ("" if here == "/" else f"?next={quote(here)}"))


def _member() -> StaffMember | None:
    token = session.get("token")
    member_id = office().sessions.resume(token) if isinstance(token, str) else None
    if member_id is None:
        session.pop("token", None)
        return None
    try:
        return office().staff.get(member_id)
    except UnknownMemberError:
        return None
