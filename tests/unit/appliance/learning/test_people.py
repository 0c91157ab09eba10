# SPDX-License-Identifier: GPL-3.0-or-later
"""People of a class: their names, their pictures, and that nothing is left of the deleted."""

from pathlib import Path

import pytest

from appliance.database import Database
from appliance.learning.classes import Classes, NewClass
from appliance.learning.erase import Eraser
from appliance.learning.people import MOST, ClassFullError, People, UnknownPersonError
from appliance.learning.person import SchoolClass
from appliance.learning.person_name import NameTakenError
from appliance.learning.person_session import PersonSessions


def test_a_name_is_one_persons_in_a_class(people: People, fifth: SchoolClass) -> None:
    first = people.add(fifth.id, "  Қурбон  Раҳимов ", clock_sure=True)
    assert first.name == "Қурбон Раҳимов"
    assert len(first.id) == 26
    assert people.named(fifth.id, "курбон рахимов") == first
    with pytest.raises(NameTakenError):
        people.add(fifth.id, "КУРБОН РАХИМОВ", clock_sure=True)
    assert people.free_name(fifth.id, first.name) == "Қурбон Раҳимов 2"


def test_other_classes_may_have_the_same_name(
    classes: Classes, people: People, fifth: SchoolClass
) -> None:
    other = classes.add(NewClass("5Б"), clock_sure=True)
    mine = people.add(fifth.id, "Али", clock_sure=True)
    theirs = people.add(other.id, "Али", clock_sure=True)
    assert mine.id != theirs.id


def test_a_list_says_who_was_there_and_who_found_no_room(
    people: People, fifth: SchoolClass
) -> None:
    people.add(fifth.id, "Али", clock_sure=True)
    names = ["али", "Зарина", "зарина", *(f"Хонанда {number}" for number in range(MOST))]
    added = people.add_all(fifth.id, names, clock_sure=False)
    assert added.present == ("али", "зарина")
    assert len(added.people) == MOST - 1
    assert len(added.refused) == 2
    with pytest.raises(ClassFullError):
        people.add(fifth.id, "Нав", clock_sure=True)


def test_renaming_keeps_who_it_is(people: People, fifth: SchoolClass) -> None:
    ali = people.add(fifth.id, "Али", clock_sure=True)
    vali = people.add(fifth.id, "Вали", clock_sure=True)
    with pytest.raises(NameTakenError):
        people.rename(vali.id, "али")
    assert people.rename(ali.id, "Алӣ").id == ali.id
    with pytest.raises(UnknownPersonError):
        people.rename("x" * 26, "Ким")


def test_everybody_of_a_class_with_pictures_has_others(
    classes: Classes, people: People, fifth: SchoolClass
) -> None:
    little = classes.add(NewClass("Гули лола", pictures=True), clock_sure=True)
    people.add_all(little.id, [f"Кӯдак {number}" for number in range(60)], clock_sure=True)
    shown = people.pictures(little.id)
    assert len(set(shown.values())) == 60
    assert all(len(set(three)) == 3 for three in shown.values())
    anybody, three = next(iter(shown.items()))
    assert people.with_pictures(little.id, " ".join(three)) == people.get(anybody)
    people.new_pictures(anybody)
    assert people.pictures(little.id)[anybody] != three
    # A class that types names has none, until it wants them.
    ali = people.add(fifth.id, "Али", clock_sure=True)
    assert people.pictures(fifth.id) == {}
    people.draw_pictures(fifth.id)
    assert set(people.pictures(fifth.id)) == {ali.id}


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("school.db*")))


def test_nothing_is_left_of_a_deleted_person(
    tmp_path: Path, school: Database, people: People, fifth: SchoolClass
) -> None:
    people.add_all(fifth.id, [f"Хонанда {number}" for number in range(90)], clock_sure=True)
    gone = people.add(fifth.id, "Nobody-Else-Is-Called-So", clock_sure=True)
    people.add_all(fifth.id, [f"Талаба {number}" for number in range(90)], clock_sure=True)
    PersonSessions(school).start(gone.id, own=True)
    people.rename(gone.id, "Nobody-Else-Has-This-One")
    assert b"This-One" in _bytes_of(tmp_path)
    Eraser(school).person(gone.id)
    left = _bytes_of(tmp_path).lower()
    assert b"nobody-else" not in left
    assert gone.id.encode() not in left
    assert len(people.all(fifth.id)) == 180


def test_nothing_is_left_of_a_deleted_class(
    tmp_path: Path, school: Database, classes: Classes, people: People, fifth: SchoolClass
) -> None:
    names = [f"Goes-With-Its-Class-{number}" for number in range(150)]
    added = people.add_all(fifth.id, names, clock_sure=True)
    Eraser(school).school_class(fifth.id)
    assert len(people.all(fifth.id)) == 150, "a class that was not removed first is not deleted"
    classes.remove(fifth.id)
    Eraser(school).school_class(fifth.id)
    left = _bytes_of(tmp_path).lower()
    assert b"goes-with" not in left
    assert not any(person.id.encode() in left for person in added.people)


def test_every_table_lets_its_rows_go_with_their_person(school: Database) -> None:
    """A table that speaks of people without being tied to them would keep what was deleted."""
    connection = school.connection
    tables = [
        row["name"]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    checked = 0
    for table in tables:
        columns = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        tied = {
            row["from"]: (row["table"], row["on_delete"])
            for row in connection.execute(f"PRAGMA foreign_key_list({table})")
        }
        for column, owner in (("person_id", "person"), ("class_id", "class")):
            if column in columns and table != "home_copy":  # the file goes on, as nobody's
                assert tied.get(column) == (owner, "CASCADE"), table
                checked += 1
    assert checked >= 4
