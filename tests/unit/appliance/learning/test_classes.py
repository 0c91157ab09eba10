# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes are made, found by their code, given things, deleted and brought back."""

import pytest

from appliance.learning.class_code import draw_code, read_code
from appliance.learning.classes import Classes, NewClass, UnknownClassError
from appliance.learning.people import People
from appliance.learning.person import SchoolClass
from appliance.learning.person_name import NameTakenError, UnfitNameError


def test_a_code_means_the_same_on_every_keyboard() -> None:
    assert read_code("  к7м4х ") == "K7M4X"  # all of it on a Russian keyboard
    assert read_code("k7-m4 x") == "K7M4X"
    assert all(read_code(code.lower()) == code for code in (draw_code() for _ in range(50)))


def test_a_class_is_found_by_its_code(classes: Classes, fifth: SchoolClass) -> None:
    assert classes.by_code(fifth.code.lower()) == fifth
    with pytest.raises(UnknownClassError):
        classes.by_code("")


def test_two_classes_have_not_one_name(classes: Classes, fifth: SchoolClass) -> None:
    with pytest.raises(NameTakenError):
        classes.add(NewClass(" 5а "), clock_sure=True)
    other = classes.add(NewClass("5Б"), clock_sure=True)
    with pytest.raises(NameTakenError):
        classes.change(other.id, NewClass("5А"))
    assert classes.change(fifth.id, NewClass("5А", grade=6)).grade == 6


@pytest.mark.parametrize("name", ["", "   ", "!?", "x" * 61, "a\u202eb", "a\x00b"])
def test_what_is_no_name(classes: Classes, name: str) -> None:
    with pytest.raises(UnfitNameError):
        classes.add(NewClass(name), clock_sure=True)


def test_a_deleted_class_can_come_back_with_all_that_it_had(
    classes: Classes, people: People, fifth: SchoolClass
) -> None:
    classes.give(fifth.id, ["b" * 16, "a" * 16, "b" * 16])
    people.add(fifth.id, "Зарина", clock_sure=True)
    classes.remove(fifth.id)
    assert classes.all() == []
    with pytest.raises(UnknownClassError):
        classes.by_code(fifth.code)
    assert [one.id for one in classes.removed()] == [fifth.id]
    back = classes.restore(fifth.id)
    assert back.items == ("b" * 16, "a" * 16)
    assert [one.name for one in people.all(fifth.id)] == ["Зарина"]


def test_a_class_does_not_come_back_beside_its_namesake(
    classes: Classes, fifth: SchoolClass
) -> None:
    classes.remove(fifth.id)
    classes.add(NewClass("5А"), clock_sure=True)
    with pytest.raises(NameTakenError):
        classes.restore(fifth.id)


def test_a_new_code_ends_the_old_one(classes: Classes, fifth: SchoolClass) -> None:
    changed = classes.new_code(fifth.id)
    assert changed.code != fifth.code
    with pytest.raises(UnknownClassError):
        classes.by_code(fifth.code)
