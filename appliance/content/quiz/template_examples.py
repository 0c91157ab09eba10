# SPDX-License-Identifier: GPL-3.0-or-later
"""One example of each type of question, for the template: question, answers, what is correct."""

from appliance.content.quiz.quiz import QuestionType

Example = tuple[QuestionType, str, tuple[str, ...], str]
"""Type, question, cells of the answers, cell of the correct one."""

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "tg": (
        (QuestionType.CHOICE, "Пойтахти Тоҷикистон?", ("Хуҷанд", "Душанбе", "Кӯлоб"), "B"),
        (QuestionType.CHOICES, "Кадоме дарё аст?", ("Вахш", "Помир", "Зарафшон"), "A, C"),
        (QuestionType.TRUE_FALSE, "Офтоб ситора аст.", (), "дуруст"),
        (QuestionType.NUMBER, "Адади π-ро то садяк нависед.", (), "3,14 ± 0,01"),
        (QuestionType.TEXT, "Шоири «Бӯи ҷӯи Мӯлиён»?", (), "Рӯдакӣ; Абӯабдуллоҳи Рӯдакӣ"),
        (
            QuestionType.MATCH,
            "Ҳар мамлакатро бо пойтахташ ҷуфт кунед.",
            ("Тоҷикистон = Душанбе", "Ӯзбекистон = Тошканд", "= Бишкек"),
            "",
        ),
        (
            QuestionType.ORDER,
            "Фаслҳоро аз аввали сол ба тартиб гузоред.",
            ("зимистон", "баҳор", "тобистон", "тирамоҳ"),
            "",
        ),
        (QuestionType.GAPS, "Об дар [100] дараҷа ба [буғ|бухор] табдил меёбад.", (), ""),
        (QuestionType.PICTURE, "Гурба куҷост?", ("gurba.png | гурба", "sag.png | саг"), "A"),
    ),
    "ru": (
        (QuestionType.CHOICE, "Столица Таджикистана?", ("Худжанд", "Душанбе", "Куляб"), "B"),
        (QuestionType.CHOICES, "Что из этого реки?", ("Вахш", "Памир", "Зеравшан"), "A, C"),
        (QuestionType.TRUE_FALSE, "Солнце — звезда.", (), "верно"),
        (QuestionType.NUMBER, "Запишите число π до сотых.", (), "3,14 ± 0,01"),
        (QuestionType.TEXT, "Кто написал «Евгения Онегина»?", (), "Пушкин; А. С. Пушкин"),
        (
            QuestionType.MATCH,
            "Подберите к каждой стране столицу.",
            ("Таджикистан = Душанбе", "Узбекистан = Ташкент", "= Бишкек"),
            "",
        ),
        (
            QuestionType.ORDER,
            "Расставьте времена года с начала года.",
            ("зима", "весна", "лето", "осень"),
            "",
        ),
        (QuestionType.GAPS, "Вода при [100] градусах превращается в [пар].", (), ""),
        (QuestionType.PICTURE, "Где кошка?", ("koshka.png | кошка", "sobaka.png | собака"), "A"),
    ),
    "en": (
        (QuestionType.CHOICE, "The capital of Tajikistan?", ("Khujand", "Dushanbe", "Kulob"), "B"),
        (QuestionType.CHOICES, "Which are rivers?", ("Vakhsh", "Pamir", "Zarafshon"), "A, C"),
        (QuestionType.TRUE_FALSE, "The sun is a star.", (), "true"),
        (QuestionType.NUMBER, "Write π to the hundredth.", (), "3.14 ± 0.01"),
        (QuestionType.TEXT, "Who wrote “Hamlet”?", (), "Shakespeare; William Shakespeare"),
        (
            QuestionType.MATCH,
            "Find the capital of each country.",
            ("Tajikistan = Dushanbe", "Uzbekistan = Tashkent", "= Bishkek"),
            "",
        ),
        (
            QuestionType.ORDER,
            "Put the seasons in order, from the beginning of the year.",
            ("winter", "spring", "summer", "autumn"),
            "",
        ),
        (QuestionType.GAPS, "At [100] degrees water becomes [steam|vapour].", (), ""),
        (QuestionType.PICTURE, "Where is the cat?", ("cat.png | cat", "dog.png | dog"), "A"),
    ),
}
