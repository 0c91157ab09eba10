# SPDX-License-Identifier: GPL-3.0-or-later
"""The shelf as staff see it: find an item, describe it, hide it, put it in front, remove it."""

import shutil

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from appliance.content.catalog import Order
from appliance.content.filters import Filters
from appliance.content.item import Item, Kind
from appliance.content.subject import SUBJECTS
from appliance.errors import StoreError, UnknownItemError
from appliance.jobs.job import Edit, Feature, Purge, Remove, Restore, Show, State
from appliance.language import N_
from appliance.reasons import sentence
from appliance.school.activity import Action
from webapp.admin.answer import tell
from webapp.admin.forms.item import ItemForm, values_of
from webapp.admin.gate import signed_in
from webapp.admin.office import office
from webapp.admin.paging import Paging

bp = Blueprint("shelf", __name__, url_prefix="/shelf")

_PAGE = 30
_PATIENCE = 5.0  # seconds; the worker needs a blink for these tasks unless it has stopped
_COVERS = {".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}

_Change = Edit | Show | Feature | Remove | Restore | Purge

_KEPT = N_("The description of “%(title)s” is kept.")
_HIDDEN = N_("Students do not see “%(title)s” any more.")
_SHOWN = N_("Students see “%(title)s” again.")
_FEATURED = N_("“%(title)s” stands in front now.")
_UNFEATURED = N_("“%(title)s” stands in its row again.")
_RESTORED = N_("“%(title)s” is back on the shelf.")
_PURGED = N_("“%(title)s” is deleted for good.")
_LATER = N_(
    "This is written down, but the part of the box that does it does not answer. It will be done "
    "as soon as that part runs again."
)


@bp.get("")
def find() -> ResponseReturnValue:
    """A page of the shelf."""
    asked = request.args
    words, kind = asked.get("q", "").strip()[:100], asked.get("kind", "")
    language, subject = asked.get("language", ""), asked.get("subject", "")
    state = asked.get("state", "")
    filters = Filters(
        kinds=(Kind(kind),) if kind in set(Kind) else (),
        languages=(language,) if language else (),
        subject=subject,
        featured=state == "front",
        hidden=True,
        only_hidden=state == "hidden",
        words=words,
    )
    catalog = office().catalog
    kept = [(name, asked[name]) for name in asked if asked[name] and name != "page"]
    paging = Paging.of(asked.get("page", ""), catalog.count(filters), _PAGE, kept)
    order = Order.TITLE if words else Order.NEWEST
    return render_template(
        "shelf/find.html",
        cards=catalog.cards(filters, order=order, limit=_PAGE, offset=paging.offset),
        facets=catalog.facets(Filters(hidden=True)),
        asked={"q": words, "kind": kind, "language": language, "subject": subject, "state": state},
        filtered=bool(kept),
        paging=paging,
    )


@bp.route("/<item_id>", methods=["GET", "POST"])
def edit(item_id: str) -> ResponseReturnValue:
    """One item: its description, and what can be done with it."""
    item = office().catalog.get(item_id)
    # An empty form would be taken for one in which every tick was removed.
    sent = request.form if request.method == "POST" else None
    form = ItemForm(sent, data=values_of(item.shown))
    form.offer(item.shown)
    if request.method == "POST" and form.accept():
        metadata = form.metadata()
        _do(Edit(item.id, metadata), Action.ITEM_EDITED, _KEPT, metadata.title)
        return redirect(url_for("shelf.edit", item_id=item_id))
    facets = office().catalog.facets(Filters(hidden=True))
    return render_template(
        "shelf/item.html",
        item=item,
        form=form,
        subjects=SUBJECTS,
        collections=list(facets.collections),
    )


@bp.get("/<item_id>/cover")
def cover(item_id: str) -> ResponseReturnValue:
    """The cover, for staff, who also see what is hidden."""
    item = office().catalog.get(item_id)
    path = office().store.path(item_id, item.cover or "cover.webp")
    if path.suffix not in _COVERS or not path.is_file():
        raise NotFound
    return send_file(path, mimetype=_COVERS[path.suffix], max_age=3600)


@bp.post("/<item_id>/hide")
def hide(item_id: str) -> ResponseReturnValue:
    """Keep it from students."""
    return _change(item_id, Show(item_id, shown=False), Action.ITEM_HIDDEN, _HIDDEN)


@bp.post("/<item_id>/show")
def show(item_id: str) -> ResponseReturnValue:
    """Show it to students again."""
    return _change(item_id, Show(item_id, shown=True), Action.ITEM_SHOWN, _SHOWN)


@bp.post("/<item_id>/feature")
def feature(item_id: str) -> ResponseReturnValue:
    """Put it in front on the students' first page."""
    return _change(item_id, Feature(item_id, featured=True), Action.ITEM_FEATURED, _FEATURED)


@bp.post("/<item_id>/unfeature")
def unfeature(item_id: str) -> ResponseReturnValue:
    """Put it back into its row."""
    return _change(item_id, Feature(item_id, featured=False), Action.ITEM_UNFEATURED, _UNFEATURED)


@bp.post("/<item_id>/remove")
def remove(item_id: str) -> ResponseReturnValue:
    """Take it off the shelf. Not asked about, because the next page can undo it."""
    title = _title(item_id)
    if _do(Remove(item_id), Action.ITEM_REMOVED, "", title):
        flash(f"{item_id} {title}", "undo")
    return redirect(url_for("shelf.find"))


@bp.get("/removed")
def removed() -> ResponseReturnValue:
    """What was removed and can come back."""
    return render_template(
        "shelf/removed.html",
        items=_removed_items(),
        free=shutil.disk_usage(office().config.state).free,
    )


@bp.post("/<item_id>/restore")
def restore(item_id: str) -> ResponseReturnValue:
    """Put it back on the shelf."""
    title = office().store.read_removed(item_id).shown.title
    _do(Restore(item_id), Action.ITEM_RESTORED, _RESTORED, title)
    return redirect(url_for("shelf.edit", item_id=item_id))


@bp.route("/<item_id>/purge", methods=["GET", "POST"])
def purge(item_id: str) -> ResponseReturnValue:
    """Delete a removed item for good, after a question."""
    item = office().store.read_removed(item_id)
    if request.method == "GET":
        return render_template("shelf/purge.html", item=item)
    _do(Purge(item_id), Action.ITEM_PURGED, _PURGED, item.shown.title)
    return redirect(url_for("shelf.removed"))


def _title(item_id: str) -> str:
    return office().catalog.get(item_id).shown.title


def _removed_items() -> list[Item]:
    items = []
    for item_id in office().store.removed_ids():
        try:
            items.append(office().store.read_removed(item_id))
        except (StoreError, UnknownItemError):
            continue  # damaged, or purged this instant
    return sorted(items, key=lambda item: item.shown.title.casefold())


def _change(item_id: str, task: _Change, action: Action, told: str) -> ResponseReturnValue:
    """Have an item changed, and go back to its page."""
    _do(task, action, told, _title(item_id))
    return redirect(url_for("shelf.edit", item_id=item_id))


def _do(task: _Change, action: Action, told: str, title: str) -> bool:
    """Have the worker do it, write down who wanted it, and tell how it went."""
    member = signed_in()
    jobs = office().jobs
    job = jobs.wait(jobs.submit(task, member.name), _PATIENCE)
    if job.state is State.FAILED:
        tell(sentence(job.code, job.details, g.language), "error")
        return False
    office().activity.note(member, action, title=title, item=task.item)
    if job.state is not State.DONE:
        tell(_LATER, "warning")
        return False
    if told:
        tell(told, title=title)
    return True
