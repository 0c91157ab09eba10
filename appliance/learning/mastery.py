# SPDX-License-Identifier: GPL-3.0-or-later
"""When a quiz is mastered, by the rule that was copied into the try."""

from collections.abc import Sequence

import msgspec

from appliance.content.quiz.quiz import Mastery, MasteryRule


class FirstAnswer(msgspec.Struct, frozen=True):
    """The first answer to a question, which counts; ``score`` in points."""

    is_right: bool
    score: float


class Verdict(msgspec.Struct, frozen=True):
    """What the answers so far amount to.

    Attributes:
        share: of the way to the end of the quiz, 0 to 1.
        over: nothing that is answered later can change it.
        score: points reached, of ``points``.
    """

    share: float
    over: bool
    passed: bool
    score: float
    points: float


def comes_again(mastery: Mastery) -> bool:
    """Whether questions come again and again until the quiz is mastered."""
    return mastery.rule is not MasteryRule.ALL


def window(mastery: Mastery) -> tuple[int, int]:
    """Of ``comes_again``: so many right answers are needed, among so many of the last ones."""
    needed = max(mastery.m, 1)
    among = max(mastery.n, needed) if mastery.rule is MasteryRule.M_OF_N else needed
    return needed, among


def judge(
    mastery: Mastery, questions: int, points: float, answers: Sequence[FirstAnswer]
) -> Verdict:
    """Look at a try.

    Args:
        questions: how many the quiz has, together worth ``points``.
        answers: first answers, in the order in which they were given.
    """
    if comes_again(mastery):
        needed, among = window(mastery)
        right = sum(answer.is_right for answer in answers[-among:])
        share = min(right / needed, 1.0)
        return Verdict(share, right >= needed, right >= needed, min(right, needed), needed)
    score = sum(answer.score for answer in answers)
    over = len(answers) >= questions
    # 0.7 times ten points must not ask for 7.000000000000001 of them.
    reached = score >= mastery.pass_mark * points - 1e-9
    return Verdict(
        len(answers) / questions if questions else 1.0, over, over and reached, score, points
    )
