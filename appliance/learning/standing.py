# SPDX-License-Identifier: GPL-3.0-or-later
"""How somebody stands in a course: what is done, what is open, where to go on.

Computed from the progress with its lessons, so it is right for every edition of the course.
"""

from collections.abc import Collection, Mapping

import msgspec

from appliance.content.course.course import Course, CourseLesson, Order
from appliance.learning.progress import NOTHING, Progress, at_school
from appliance.learning.state import LearningState


class LessonStanding(msgspec.Struct, frozen=True):
    """How somebody stands with a lesson.

    Attributes:
        done: it counts as done; a pre-test is done when it was tried.
        waits_for: the lesson that must be done before this one opens; nothing where it is open.
        not_counted: it is not done here though it was completed, for that was at home alone.
    """

    lesson: CourseLesson
    progress: Progress
    done: bool
    waits_for: CourseLesson | None = None
    not_counted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may be opened."""
        return self.waits_for is None


class Standing(msgspec.Struct, frozen=True):
    """How somebody stands in a course.

    Attributes:
        lessons: by the lesson's id, in the order of the course.
        done: required lessons that are done; ``required``: how many there are.
        score: mean of the best shares of its quizzes, without the pre-test; nothing where none
            was finished.
        passed: all that is required is done, with the points that the course asks for.
        following: the lesson to go on with; nothing where all is done.
    """

    lessons: dict[str, LessonStanding]
    state: LearningState
    done: int
    required: int
    score: float | None
    passed: bool
    following: LessonStanding | None


def standing(
    course: Course, progress: Mapping[str, Progress], gone: Collection[str] = ()
) -> Standing:
    """How somebody stands, given their progress by item.

    A certificate rests on nothing that was made at home.

    Args:
        course: with its lessons.
        progress: by item.
        gone: ids of lessons that nobody can open now; none is offered, nor does one bar the way.
    """
    told = progress
    if course.certificate:
        progress = {item: at_school(each) for item, each in progress.items()}
    all_done = {
        lesson.id: _is_done(course, lesson, progress.get(lesson.item, NOTHING))
        for lesson in course.lessons
    }
    lessons = {
        lesson.id: LessonStanding(
            lesson,
            progress.get(lesson.item, NOTHING),
            all_done[lesson.id],
            _waits_for(course, lesson, all_done, progress, gone),
            told.get(lesson.item, NOTHING).is_completed and not all_done[lesson.id],
        )
        for lesson in course.lessons
    }
    asked = [each for each in lessons.values() if counts(each.lesson)]
    score = _score(course, lessons)
    done = sum(each.done for each in asked)
    passed = bool(asked) and done == len(asked) and (score is None or score >= course.pass_mark)
    return Standing(
        lessons,
        _state(passed, lessons),
        done,
        len(asked),
        score,
        passed,
        _following(course, lessons, gone),
    )


def counts(lesson: CourseLesson) -> bool:
    """Whether the course is only completed with this lesson; one that did not come over is not."""
    return lesson.required and bool(lesson.item)


def sequence(course: Course) -> list[CourseLesson]:
    """The lessons as they are gone through: the pre-test first, the post-test last."""
    place = {course.pre_test: 0, course.post_test: 2}
    place.pop("", None)
    return sorted(course.lessons, key=lambda lesson: place.get(lesson.id, 1))


def _is_done(course: Course, lesson: CourseLesson, progress: Progress) -> bool:
    tried = lesson.id == course.pre_test and progress.tries > 0
    return progress.is_completed or tried


def _waits_for(
    course: Course,
    lesson: CourseLesson,
    done: Mapping[str, bool],
    progress: Mapping[str, Progress],
    gone: Collection[str],
) -> CourseLesson | None:
    begun = progress.get(lesson.item, NOTHING).state is not LearningState.NOT_STARTED
    if course.order is not Order.UNLOCK or begun or done[lesson.id]:
        return None
    for before in sequence(course):
        if before.id == lesson.id:
            return None
        if counts(before) and not done[before.id] and before.id not in gone:
            return before
    return None


def _score(course: Course, lessons: Mapping[str, LessonStanding]) -> float | None:
    shares = [
        each.progress.best
        for each in lessons.values()
        if each.progress.best is not None and each.lesson.id != course.pre_test
    ]
    return sum(shares) / len(shares) if shares else None


def _state(passed: bool, lessons: Mapping[str, LessonStanding]) -> LearningState:
    states = {each.progress.state for each in lessons.values()}
    if passed:
        return LearningState.COMPLETED
    if LearningState.NEEDS_HELP in states:
        return LearningState.NEEDS_HELP
    begun = states - {LearningState.NOT_STARTED}
    return LearningState.IN_PROGRESS if begun else LearningState.NOT_STARTED


def _following(
    course: Course, lessons: Mapping[str, LessonStanding], gone: Collection[str]
) -> LessonStanding | None:
    """What was touched last and is not done; else what comes next.

    The test before the course comes first as long as nothing was begun: later it says little.
    """
    left = [
        lessons[lesson.id]
        for lesson in sequence(course)
        if lesson.item
        and lesson.id not in gone
        and not lessons[lesson.id].done
        and lessons[lesson.id].is_open
    ]
    begun = [each for each in left if each.progress.touched]
    required = [each for each in left if each.lesson.required]
    latest = max(begun, key=lambda each: each.progress.touched, default=None)
    if not any(each.progress.touched for each in lessons.values()):
        before = [each for each in left if each.lesson.id == course.pre_test]
        required = before + required
    return latest or next(iter(required or left), None)
