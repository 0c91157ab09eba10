# SPDX-License-Identifier: GPL-3.0-or-later
"""What staff type about an item becomes metadata, or is explained; never anything else."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from appliance.content.item import Audience, Metadata
from webapp.admin.forms.item import ItemForm, values_of

LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
METADATA = st.builds(
    Metadata,
    title=LINE,
    description=LINE,
    authors=st.lists(LINE, max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["tg", "ru", "en", "uz", "ar"]), unique=True).map(tuple),
    date=st.sampled_from(["", "2024", "2024-05", "2024-05-31"]),
    subject=st.sampled_from(["", "chemistry", "Ситорашиносӣ"]),
    grades=st.lists(st.integers(0, 11), unique=True).map(sorted).map(tuple),
    audiences=st.lists(st.sampled_from(Audience), unique=True).map(tuple),
    collection=st.sampled_from(["", "Илм"]),
)


def sent(values: dict[str, object]) -> MultiDict[str, str]:
    """The values as a browser sends them."""
    pairs = [
        (name, str(one))
        for name, value in values.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return MultiDict(pairs)


@given(METADATA)
def test_what_is_shown_and_sent_back_stays_the_same(metadata: Metadata) -> None:
    form = ItemForm(sent(values_of(metadata)))
    form.offer(metadata)
    assert form.accept(), form.errors
    kept = form.metadata()
    order = sorted(kept.audiences), sorted(kept.languages)
    assert order == (sorted(metadata.audiences), sorted(metadata.languages))
    for name in ("date", "subject", "grades", "collection"):
        assert getattr(kept, name) == getattr(metadata, name)
    assert len(kept.authors) == len(metadata.authors)
    assert kept.title


@given(st.dictionaries(st.sampled_from(sorted(values_of(Metadata()))), st.text(), min_size=1))
def test_nonsense_is_refused_or_made_harmless(values: dict[str, str]) -> None:
    form = ItemForm(MultiDict(values))
    form.offer(Metadata())
    if form.accept():
        kept = form.metadata()
        assert kept.title.strip()
        assert all(0 <= grade <= 11 for grade in kept.grades)
        assert kept.description.replace("\n", "").isprintable()
        assert all(author.isprintable() for author in kept.authors)
