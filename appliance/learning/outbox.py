# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened, in xAPI's words, for whoever collects the results of many boxes.

A row is written in the transaction of what it tells of. An answer is not written twice: its row in
``response`` never changes, and the statement is put together when it is asked for.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from enum import StrEnum

from appliance.database import Database
from appliance.learning.when import When


class Verb(StrEnum):
    """Verbs of ADL and of cmi5 (https://registry.tincanapi.com, https://aicc.github.io/CMI-5_Spec_Current)."""

    INITIALIZED = "initialized"
    ANSWERED = "answered"
    PASSED = "passed"
    FAILED = "failed"
    COMPLETED = "completed"
    SATISFIED = "satisfied"


_VERBS = {verb: f"http://adlnet.gov/expapi/verbs/{verb}" for verb in Verb} | {
    Verb.SATISFIED: "https://w3id.org/xapi/adl/verbs/satisfied"
}
_ITEM = "urn:chashma:item:"


def tell(
    connection: sqlite3.Connection,
    person_id: str,
    verb: Verb,
    item_id: str,
    when: When,
    *,
    response_id: int | None = None,
    result: dict[str, object] | None = None,
    at_home: bool = False,
) -> None:
    """Put an event into the outbox, as a part of the transaction in which it happens.

    Args:
        at_home: it came as a code from home, or rests on one.
    """
    connection.execute(
        "INSERT INTO outbox (event_id, person_id, verb, item_id, response_id, result, at,"
        " clock_sure, at_home) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            uuid.uuid4().bytes,
            person_id,
            verb,
            item_id,
            response_id,
            json.dumps(result) if result else "",
            when.at,
            when.sure,
            at_home,
        ),
    )


def statements(
    database: Database, home: str, after: int = 0
) -> Iterator[tuple[int, dict[str, object]]]:
    """Events as xAPI statements (IEEE 9274.1.1) with their numbers, oldest first.

    Args:
        home: an address that stands for the box (``actor.account.homePage``).
        after: the number of the last event that is known already.
    """
    rows = database.connection.execute(
        "SELECT outbox.*, response.question_id, response.answer, response.score,"
        " response.is_right, response.late FROM outbox"
        " LEFT JOIN response ON response.id = outbox.response_id"
        " WHERE seq > ? ORDER BY seq",
        (after,),
    )
    for row in rows:
        yield row["seq"], _statement(row, home)


def _statement(row: sqlite3.Row, home: str) -> dict[str, object]:
    target = _ITEM + row["item_id"]
    result: dict[str, object] = json.loads(row["result"]) if row["result"] else {}
    if row["question_id"] is not None:
        target = f"{target}#{row['question_id']}"
        result = {
            # How xAPI writes several answers in one text.
            "response": "[,]".join(json.loads(row["answer"])),
            "success": bool(row["is_right"]),
            "score": {"raw": row["score"]},
        }
        if row["late"]:
            result["extensions"] = {"urn:chashma:late": True}
    known = {"urn:chashma:clock-sure": bool(row["clock_sure"])}
    if row["at_home"]:
        known["urn:chashma:made-at-home"] = True
    statement: dict[str, object] = {
        "id": str(uuid.UUID(bytes=row["event_id"])),
        "actor": {"account": {"homePage": home, "name": row["person_id"]}},
        "verb": {"id": _VERBS[Verb(row["verb"])], "display": {"en": row["verb"]}},
        "object": {"id": target},
        "timestamp": row["at"],
        "context": {"extensions": known},
    }
    return statement | ({"result": result} if result else {})
