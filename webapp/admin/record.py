# SPDX-License-Identifier: GPL-3.0-or-later
"""Who did what when, for those who answer for the box."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from appliance.language import N_
from appliance.school.activity import Action, Entry
from webapp.admin import wording
from webapp.admin.interface import gettext, ngettext
from webapp.admin.office import office
from webapp.admin.paging import Paging

bp = Blueprint("record", __name__, url_prefix="/activity")

_PAGE = 50
_TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "content": (N_("Content"), ("item_", "drive_", "file_", "job_", "pack_")),
    "people": (N_("People"), ("member_", "password_")),
    "classes": (N_("Classes"), ("class_", "pupil", "certificate")),
    "signing": (N_("Sign-in"), ("sign",)),
    "box": (
        N_("School and box"),
        (
            *("set_up", "clock_", "school_", "card_", "hotspot_"),
            *("powered_", "restarted", "service_", "data_", "sticks_", "key_"),
        ),
    ),
}

_COUNTED: Mapping[Action, Callable[[int], str]] = {
    Action.PUPILS_ADDED: lambda count: ngettext(
        "put %(count)s person into the class “%(name)s”",
        "put %(count)s people into the class “%(name)s”",
        count,
    ),
    Action.CERTIFICATES_GIVEN: lambda count: ngettext(
        "gave %(count)s certificate", "gave %(count)s certificates", count
    ),
}
"""What is said of one otherwise than of many. A line without a count has ``wording.ACTIONS``."""


@bp.get("")
def show() -> ResponseReturnValue:
    """The record, newest first."""
    topic = request.args.get("topic", "")
    person = request.args.get("person", type=int)
    starts = _TOPICS[topic][1] if topic in _TOPICS else ()
    actions = tuple(action for action in Action if starts and action.startswith(starts))
    activity = office().activity
    _, count = activity.page(size=1, staff_id=person, actions=actions)
    kept = [("topic", topic)] if topic in _TOPICS else []
    kept += [("person", str(person))] if person is not None else []
    paging = Paging.of(request.args.get("page", ""), count, _PAGE, kept)
    entries, _ = activity.page(number=paging.page, size=_PAGE, staff_id=person, actions=actions)
    return render_template(
        "record.html",
        lines=[(entry, sentence(entry)) for entry in entries],
        topics={key: name for key, (name, _) in _TOPICS.items()},
        topic=topic,
        person=person,
        people=office().staff.all(),
        paging=paging,
    )


def sentence(entry: Entry) -> str:
    """What was done, in the reader's language. A line of a newer version may lack a word."""
    words = _Words(entry.details)
    count = entry.details.get("count")
    said = gettext(wording.ACTIONS[entry.action])
    if entry.action in _COUNTED and isinstance(count, int):
        said = _COUNTED[entry.action](count)
    return said % words


class _Words(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
