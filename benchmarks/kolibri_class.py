# SPDX-License-Identifier: GPL-3.0-or-later
"""The same class in Kolibri: forty learners, a lesson of sixty exercises, so many answers.

Written by Kolibri's own models, in its own Python, as its ``generateuserdata`` does it
(kolibri/core/logger/utils/user_data.py), only many rows at once.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.kolibri import home_of, install

_SCRIPT = """
import datetime, json, uuid
from kolibri.core.auth.models import Classroom, Facility, FacilityUser
from kolibri.core.content.models import AssessmentMetaData, ChannelMetadata, ContentNode
from kolibri.core.lessons.models import Lesson, LessonAssignment
from kolibri.core.logger.models import (
    AttemptLog, ContentSessionLog, ContentSummaryLog, MasteryLog)

LEARNERS, LESSONS, QUESTIONS, ANSWERS = %s
AT = datetime.datetime(2026, 9, 1, 8, tzinfo=datetime.timezone.utc)
facility = Facility.objects.first()
admin = FacilityUser.objects.get(username="admin")
classroom = Classroom.objects.create(parent=facility, name="Class 1")
learners = []
for number in range(LEARNERS):
    learner = FacilityUser.objects.create(
        facility=facility, full_name="Learner %%02d" %% number, username="learner%%d" %% number)
    classroom.add_member(learner)
    learners.append(learner)
channel = uuid.uuid4().hex
root = ContentNode.objects.create(
    id=channel, content_id=uuid.uuid4().hex, channel_id=channel, title="Channel", kind="topic",
    available=True)
ChannelMetadata.objects.create(
    id=channel, name="Channel", root=root, min_schema_version="5")
questions = [uuid.uuid4().hex for _ in range(QUESTIONS)]
nodes = []
for number in range(LESSONS):
    node = ContentNode.objects.create(
        id=uuid.uuid4().hex, content_id=uuid.uuid4().hex, channel_id=channel, parent=root,
        title="Lesson %%d" %% number, kind="exercise", available=True)
    AssessmentMetaData.objects.create(
        id=uuid.uuid4().hex, contentnode=node, assessment_item_ids=questions,
        number_of_assessments=QUESTIONS, mastery_model={"m": 5, "n": 5, "type": "m_of_n"},
        randomize=True, is_manipulable=True)
    nodes.append(node)
lesson = Lesson.objects.create(
    title="Nature 5", collection=classroom, created_by=admin, is_active=True,
    resources=[{"contentnode_id": node.id, "content_id": node.content_id,
                "channel_id": channel} for node in nodes])
LessonAssignment.objects.create(lesson=lesson, collection=classroom, assigned_by=admin)

def keep(model, rows):
    for row in rows:
        row.dataset_id = facility.dataset_id
        row.id = row.calculate_uuid()
    model.objects.bulk_create(rows, batch_size=500)
    return rows

pairs = [(learner, node) for node in nodes for learner in learners]
each = ANSWERS // len(pairs)
common = [dict(user=learner, start_timestamp=AT, end_timestamp=AT, time_spent=300)
          for learner, _ in pairs]
content = [dict(content_id=node.content_id, channel_id=channel, kind="exercise", progress=1.0)
           for _, node in pairs]
sessions = keep(ContentSessionLog, [
    ContentSessionLog(**one, **of) for one, of in zip(common, content)])
summaries = keep(ContentSummaryLog, [
    ContentSummaryLog(**one, **of) for one, of in zip(common, content)])
masteries = keep(MasteryLog, [
    MasteryLog(user=learner, summarylog=summary, mastery_level=1, start_timestamp=AT,
               end_timestamp=AT, complete=True, mastery_criterion={"type": "m_of_n"})
    for (learner, _), summary in zip(pairs, summaries)])
for at, (one, session, mastery) in enumerate(zip(common, sessions, masteries)):
    keep(AttemptLog, [
        AttemptLog(**one, item=questions[number %% QUESTIONS], complete=True,
                   correct=(at + number) %% 3 > 0, answer={}, simple_answer="",
                   interaction_history=[], masterylog=mastery, sessionlog=session)
        for number in range(each)])
print("made", json.dumps({
    "lessons": "/coach/api/classsummary/%%s/" %% classroom.id,
    "one lesson": "/coach/api/exercisedifficulties/%%s/?classroom_id=%%s" %% (
        nodes[0].content_id, classroom.id),
}))
"""


def make_class(
    folder: Path, *, learners: int, lessons: int, questions: int, answers: int
) -> dict[str, str]:
    """Fill a new facility; the addresses of what a coach looks at, by name.

    Args:
        folder: as ``benchmarks.kolibri.started`` takes it; what was in its facility goes.

    Raises:
        subprocess.CalledProcessError: this Kolibri is not like the one that this is written for
            (0.19).
    """
    shutil.rmtree(folder / "home", ignore_errors=True)
    numbers = (learners, lessons, questions, answers)
    done = subprocess.run(
        [install(folder), "shell"],
        input=_SCRIPT % (numbers,),
        env={**os.environ, **home_of(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    made = next(line for line in done.stdout.splitlines() if line.startswith("made "))
    pages: dict[str, str] = json.loads(made.removeprefix("made "))
    return pages
