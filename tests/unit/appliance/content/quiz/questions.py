# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions for tests: one sound question of each type, and strategies that make many."""

from hypothesis import strategies as st

from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType

CHOICE = Question(
    id="capital",
    type=QuestionType.CHOICE,
    text="Пойтахти Тоҷикистон?",
    options=(
        Option("a", "Хуҷанд", feedback="Хуҷанд дар шимол аст."),
        Option("b", "Душанбе", credit=1.0),
        Option("c", "Кӯлоб", credit=-0.5),
    ),
    points=2.0,
    right="Офарин!",
    wrong="Боз хонед.",
    feedback="Душанбе аз соли 1924 пойтахт аст.",
)
CHOICES = Question(
    id="rivers",
    type=QuestionType.CHOICES,
    text="Кадоме дарё аст?",
    options=(
        Option("a", "Вахш", credit=0.5),
        Option("b", "Исмоили Сомонӣ", credit=-0.5),
        Option("c", "Зарафшон", credit=0.5),
        Option("d", "Қайроққум", credit=0.0),
    ),
    points=4.0,
)
TRUE_FALSE = Question(
    id="sun", type=QuestionType.TRUE_FALSE, text="Офтоб ситора аст.", accepted=(Accepted("true"),)
)
NUMBER = Question(
    id="pi",
    type=QuestionType.NUMBER,
    text="π?",
    accepted=(Accepted(value=3.14, tolerance=0.01), Accepted(value=3, tolerance=0.5, credit=0.5)),
    points=2.0,
)
TEXT = Question(
    id="poet",
    type=QuestionType.TEXT,
    text="Одамушшуаро?",
    accepted=(Accepted("Рӯдакӣ"), Accepted("*Рӯдакӣ*"), Accepted("Фирдавсӣ", credit=0.25)),
)
MATCH = Question(
    id="homes",
    type=QuestionType.MATCH,
    text="Ҷуфт кунед",
    pairs=(
        Pair("p1", "Африқо", "Миср"),
        Pair("p2", "Осиё", "Ҳиндустон"),
        Pair("p3", "африқо", "Кения"),
        Pair("p4", "Аврупо"),
    ),
    points=3.0,
)
ORDER = Question(
    id="year",
    type=QuestionType.ORDER,
    text="Ба тартиб гузоред",
    options=(Option("x", "баҳор"), Option("y", "тобистон"), Option("z", "тирамоҳ")),
    points=3.0,
)
GAPS = Question(
    id="anthem",
    type=QuestionType.GAPS,
    text="Дарёи [[1]] дарозиаш [[2]] км аст.",
    gaps=((Accepted("Вахш"), Accepted("Панҷ", credit=0.5)), (Accepted(value=524, tolerance=1),)),
    points=2.0,
)
PICTURE = Question(
    id="cat",
    type=QuestionType.PICTURE,
    text="Гурба куҷост?",
    options=(Option("a", picture="dog.png"), Option("b", picture="cat.png", credit=1.0)),
)

ALL = (CHOICE, CHOICES, TRUE_FALSE, NUMBER, TEXT, MATCH, ORDER, GAPS, PICTURE)

_words = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and text.strip("*"))
_credits = st.floats(-1, 1)
_numbers = st.floats(allow_nan=False, allow_infinity=False)


def _accepted(texts=_words):
    return st.builds(Accepted, text=texts, value=_numbers, credit=_credits)


def _of(kind, **parts):
    return st.builds(
        Question,
        id=st.just("q"),
        type=st.just(kind),
        text=st.just("?"),
        points=st.floats(0.1, 100),
        right=st.sampled_from(["", "yes"]),
        **parts,
    )


def _options(right, wrong):
    """Options of which some are right and some are wrong, mixed."""
    made = st.tuples(
        st.lists(right, min_size=1, max_size=4), st.lists(wrong, min_size=1, max_size=4)
    )
    mixed = made.flatmap(lambda parts: st.permutations([*parts[0], *parts[1]]))
    return mixed.map(
        lambda credits: tuple(Option(f"o{n}", f"text {n}", credit=c) for n, c in enumerate(credits))
    )


def _pairs(lefts):
    return tuple(Pair(f"p{n}", f"right {n}", left) for n, left in enumerate(lefts))


def _order(texts):
    return tuple(Option(f"o{n}", text) for n, text in enumerate(texts))


def _gaps(gaps):
    text = " ".join(f"… [[{n}]]" for n in range(1, len(gaps) + 1))
    return Question("q", QuestionType.GAPS, text, gaps=tuple(gaps), points=2.0)


_right_text = st.tuples(
    st.builds(Accepted, text=_words, feedback=st.text(max_size=5)), _accepted(), _accepted()
)
_right_number = st.builds(Accepted, value=_numbers, tolerance=st.floats(0, 100))

SOUND = st.one_of(
    _of(QuestionType.CHOICE, options=_options(st.just(1.0), st.floats(-1, 0.9))),
    _of(QuestionType.PICTURE, options=_options(st.just(1.0), st.floats(-1, 0.9))),
    _of(QuestionType.CHOICES, options=_options(st.floats(0.01, 1), st.floats(-1, 0))),
    _of(
        QuestionType.TRUE_FALSE,
        accepted=st.sampled_from(["true", "false"]).map(lambda text: (Accepted(text),)),
    ),
    _of(QuestionType.NUMBER, accepted=st.tuples(_right_number)),
    _of(QuestionType.TEXT, accepted=_right_text),
    _of(
        QuestionType.MATCH,
        pairs=st.lists(st.sampled_from(["", "left"]), min_size=1, max_size=6).map(
            lambda lefts: _pairs(["first", *lefts])
        ),
    ),
    _of(
        QuestionType.ORDER,
        options=st.lists(st.text(max_size=3), min_size=2, max_size=6)
        .filter(lambda texts: len(set(texts)) > 1)
        .map(_order),
    ),
    st.lists(
        st.tuples(st.one_of(st.builds(Accepted, text=_words), _right_number), _accepted()),
        min_size=1,
        max_size=4,
    ).map(_gaps),
)
"""Questions of all types that can be answered rightly."""

_anything = st.floats()
_any_accepted = st.builds(
    Accepted, text=st.text(), value=_anything, tolerance=_anything, credit=_anything
)
_ids = st.sampled_from(["a", "b", "c", "true", ""])
ANY = st.builds(
    Question,
    id=st.just("q"),
    type=st.sampled_from(QuestionType),
    text=st.sampled_from(["", "[[1]] [[2]]", "[[1]]"]),
    options=st.lists(
        st.builds(Option, id=_ids, text=st.text(max_size=2), credit=_anything), max_size=4
    ).map(tuple),
    accepted=st.lists(_any_accepted, max_size=3).map(tuple),
    pairs=st.lists(
        st.builds(Pair, id=_ids, right=st.text(max_size=2), left=st.text(max_size=1)), max_size=4
    ).map(tuple),
    gaps=st.lists(st.lists(_any_accepted, max_size=2).map(tuple), max_size=3).map(tuple),
    points=_anything,
)
"""Questions of all types, most of them nonsense."""

ANSWERS = st.lists(
    st.one_of(_ids, st.text(max_size=600), st.from_regex(r"-?\d{1,5}([,.]\d{1,3})?")), max_size=6
).map(tuple)
