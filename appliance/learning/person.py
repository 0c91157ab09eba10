# SPDX-License-Identifier: GPL-3.0-or-later
"""Who learns: a pupil, or a teacher in training. A name is all that is known of anybody."""

import msgspec


class Person(msgspec.Struct, frozen=True):
    """Somebody of a class.

    Attributes:
        id: 26 characters of ``a-z2-7``, drawn at random; never given to another.
        name: as the class calls them; unique in the class, folded.
        class_id: of ``appliance.learning.school_class.SchoolClass``.
    """

    id: str
    name: str
    class_id: int


class SchoolClass(msgspec.Struct, frozen=True):
    """A class, or a group of teachers.

    Attributes:
        code: what people type to join: 5 letters and digits that cannot be mistaken for others.
        pictures: its people show who they are with three pictures instead of typing a name.
        grade: 0 to 11; nothing for teachers.
        items: ids of courses and quizzes that were given to it, in order.
        open: people may join it by themselves with the code.
    """

    id: int
    name: str
    code: str
    pictures: bool = False
    grade: int | None = None
    items: tuple[str, ...] = ()
    open: bool = True
