# SPDX-License-Identifier: GPL-3.0-or-later
"""QTI 1.2, as Common Cartridge and learning platforms export it.

Sources: IMS Question & Test Interoperability ASI Information Model 1.2; IMS Common Cartridge 1.3,
section 4.10 (the profiles ``cc.…``).
"""

from xml.etree.ElementTree import Element

import msgspec

from appliance.content.quiz.markup_tree import every, float_of, text_at
from appliance.content.quiz.prose import Prose, lines, words_of
from appliance.content.quiz.qti_answers import Response, scored
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType, Quiz
from appliance.content.quiz.reading import (
    LONGEST_OPTION,
    LONGEST_TEXT,
    Pictures,
    QuizBuilder,
    Reading,
    choice_type,
    points,
)

_HTML = "text/html"
_MINUTE = 60
_MOST_ATTEMPTS = 100
_LONGEST_TRY = 7 * 24 * 3600
_TYPED = frozenset({"response_str", "response_num"})
_TRUE_WORDS = frozenset({"true", "правда", "верно", "да", "дуруст", "ҳа"})
_FALSE_WORDS = frozenset({"false", "неправда", "неверно", "нет", "нодуруст", "не"})


def read_qti(root: Element, pictures: Pictures) -> Reading:
    """Questions from the tree of a QTI 1.2 file, whose root is ``questestinterop``.

    Raises:
        RefusalError: quiz-empty, quiz-too-large, or what is wrong with the only questions.
    """
    builder = QuizBuilder()
    title = next((e.get("title", "") for e in every(root, "assessment", "objectbank")), "")
    for item in every(root, "item"):
        _add(builder, item, pictures)
    fields = _fields(next(every(root, "assessment"), root))
    attempts = float_of(fields.get("cc_maxattempts", "")) or 0
    minutes = float_of(fields.get("qmd_timelimit", "")) or 0
    rules = Quiz(
        (),
        attempts=int(attempts) if 0 < attempts <= _MOST_ATTEMPTS else 0,
        seconds=int(minutes * _MINUTE) if 0 < minutes * _MINUTE <= _LONGEST_TRY else 0,
    )
    return builder.reading(rules, title)


def _add(builder: QuizBuilder, item: Element, pictures: Pictures) -> None:
    presentation = item.find("presentation")
    if presentation is None:
        builder.unclear(item.get("title", "") or item.get("ident", ""))
        return
    text, picture = _asked(presentation, pictures)
    name = text or item.get("title", "")
    fields = _fields(item)
    profile = fields.get("cc_profile") or fields.get("question_type") or ""
    responses = [
        element for element in every(presentation, "response_lid", "response_grp", *_TYPED)
    ]
    question = _question(item, responses, pictures) if "essay" not in profile else None
    if question is None:
        kinds = ", ".join(dict.fromkeys(element.tag for element in responses))
        builder.leave_out(name, profile or kinds or "description")
        return
    weight = float_of(fields.get("points_possible", "") or fields.get("cc_weighting", ""))
    builder.add(
        msgspec.structs.replace(
            question,
            id=item.get("ident", ""),
            text=text,
            picture=picture,
            points=points(weight),
            feedback=_said(item, "general_fb"),
            right=_said(item, "correct_fb"),
            wrong=_said(item, "general_incorrect_fb"),
        )
    )


def _question(item: Element, responses: list[Element], pictures: Pictures) -> Question | None:
    """What is asked and what counts; nothing if it is of a kind that cannot be asked."""
    read = [Response(element) for element in responses]
    if not read or any(response.element.tag == "response_grp" for response in read):
        return None
    credits = scored(item, read)
    if len(read) > 1:
        return _matching(read, credits, pictures)
    response = read[0]
    found = credits.get(response.ident, {})
    if response.element.tag in _TYPED:
        return _typed(item, response, found)
    options = tuple(
        _option(label, found.get(label.get("ident", ""), 0.0), item, pictures)
        for label in response.labels
    )
    if response.several:
        return Question("", QuestionType.CHOICES, "", options=_penalised(options))
    if truth := _truth(options):
        return truth
    return Question("", choice_type(options), "", options=options)


def _truth(options: tuple[Option, ...]) -> Question | None:
    """Two options that say no more than yes and no."""
    said = {_truth_word(option.text): option for option in options}
    if len(options) != len(said) or set(said) != {"true", "false"}:
        return None
    right = max(said, key=lambda word: said[word].credit)
    if said[right].credit <= 0:
        return None
    accepted = [Accepted(right, feedback=said[right].feedback)]
    return Question("", QuestionType.TRUE_FALSE, "", accepted=tuple(accepted))


def _truth_word(text: str) -> str:
    word = text.strip(" .").casefold()
    return "true" if word in _TRUE_WORDS else "false" if word in _FALSE_WORDS else text


def _typed(item: Element, response: Response, found: dict[str, float]) -> Question:
    if response.is_number or any("numerical" in value for value in _fields(item).values()):
        numbers = ((float_of(text), credit) for text, credit in found.items())
        accepted = tuple(
            Accepted("", value, response.half_widths.get(value, 0.0), credit)
            for value, credit in numbers
            if value is not None
        )
        return Question("", QuestionType.NUMBER, "", accepted=accepted)
    texts = tuple(Accepted(text, credit=credit) for text, credit in found.items() if text)
    return Question("", QuestionType.TEXT, "", accepted=texts)


def _matching(
    read: list[Response], credits: dict[str, dict[str, float]], pictures: Pictures
) -> Question | None:
    """Several lists to choose from, each with words beside it: pairs."""
    if any(response.element.tag != "response_lid" or response.several for response in read):
        return None
    pairs = []
    rights: dict[str, str] = {}
    for response in read:
        found = credits.get(response.ident, {})
        labels = {label.get("ident", ""): _material(label) for label in response.labels}
        rights |= dict.fromkeys(labels.values(), "")
        right = max(found, key=lambda name: found[name], default="")
        left = lines(_material(response.element.find("material")), LONGEST_OPTION)
        pairs.append(Pair("", labels.get(right, ""), left))
    taken = {pair.right for pair in pairs}
    others = [Pair("", right) for right in rights if right and right not in taken]
    if any(not pair.right for pair in pairs):
        return Question("", QuestionType.MATCH, "")
    return Question("", QuestionType.MATCH, "", pairs=(*pairs, *others))


def _option(label: Element, credit: float, item: Element, pictures: Pictures) -> Option:
    name = label.get("ident", "")
    return Option(
        "",
        _material(label),
        picture=_picture(label, pictures),
        credit=min(max(credit, -1.0), 1.0),
        feedback=_said(item, f"{name}_fb"),
    )


def _penalised(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Ticking everything earns nothing: QTI wants the very set that is right."""
    right = sum(option.credit > 0 for option in options)
    share = 1 / max(right, 1)
    return tuple(
        msgspec.structs.replace(option, credit=share if option.credit > 0 else -share)
        for option in options
    )


def _asked(presentation: Element, pictures: Pictures) -> tuple[str, str]:
    """What stands before the answers, and its first picture."""
    found = [presentation, *presentation.findall("flow")]
    materials = [material for parent in found for material in parent.findall("material")]
    text = "\n".join(_material(material) for material in materials)
    picture = next(filter(None, (_picture(material, pictures) for material in materials)), "")
    return lines(text, LONGEST_TEXT), picture


def _material(element: Element | None) -> str:
    """The words of a material or of all in an element."""
    if element is None:
        return ""
    found = []
    for text in every(element, "mattext"):
        html = True if text.get("texttype", "").lower() == _HTML else None
        found.append(words_of("".join(text.itertext()), html=html))
    return lines("\n".join(found), LONGEST_TEXT)


def _picture(element: Element, pictures: Pictures) -> str:
    sources = [image.get("uri", "") for image in every(element, "matimage")]
    for text in every(element, "mattext"):
        written = "".join(text.itertext())
        sources += Prose(written).pictures if "<img" in written.lower() else []
    return next(filter(None, map(pictures.beside, sources)), "")


def _said(item: Element, name: str) -> str:
    """What is said to an answer."""
    for feedback in every(item, "itemfeedback"):
        if feedback.get("ident", "") == name:
            return _material(feedback)
    return ""


def _fields(element: Element) -> dict[str, str]:
    """The metadata of an item, or of an assessment without that of its items, by label."""
    groups = [element] if element.tag == "item" else element.findall("qtimetadata")
    fields: dict[str, str] = {}
    for field in (field for group in groups for field in every(group, "qtimetadatafield")):
        fields.setdefault(text_at(field, "fieldlabel").lower(), text_at(field, "fieldentry"))
    return fields
