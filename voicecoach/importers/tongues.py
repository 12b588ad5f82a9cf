"""Words of a dose in German, French, Spanish, Italian and Dutch, as the English ones that they stand for.

Only what stands beside a figure or means a side is looked for, so that no name is changed.
"""

import re

_END = r"(?![^\W\d_])\.?"
_SETS = (
    rf"(?<=\d) ?(?:Sätze|Satz|Serien|Serie|series(?= de)|Durchgänge|Runden|séries|série|vueltas|giri){_END}"
)
_WORDS = (
    (
        (
            r"(?<=\d) ?(?:Wiederholungen|Wdh|Whd|WH|répétitions|répét|rép|repeticiones|repet|ripetizioni|rip|"
            rf"herhalingen|herh|repetições){_END}"
        ),
        " reps",
    ),
    (rf"{_SETS} ?(?:mit|à|á|de|da|di|von|zu|van)(?= ?\d)", " sets x"),
    (_SETS, " sets"),
    (rf"(?<=\d) ?(?:Sekunden|Sekunde|Sek|secondes|segundos|segundo|seg|secondi|seconden){_END}", " sec"),
    (rf"(?<=\d) ?(?:Minuten|minutos|minuto|minuti|minuten){_END}", " min"),
    (
        (
            r"(?<=\d) ?(?:(?:tiefe|lange) )?(?:Atemzüge|Atemzügen|respirations|respiraciones|respiri|"
            r"respirazioni|"
            rf"ademhalingen){_END}"
        ),
        " breaths",
    ),
    (rf"\b(?:je|pro|jede|jedes|auf jeder) ?(?:Seite|Bein|Arm|Fuß|Hand|Richtung){_END}", " each side"),
    (rf"\b(?:par|(?:de )?chaque) ?(?:côté|cote|jambe|bras|pied){_END}", " each side"),
    (rf"\b(?:por|cada) ?(?:lado|pierna|brazo|pie){_END}", " each side"),
    (rf"\b(?:per|ogni) ?(?:lato|gamba|braccio|piede|zijde|kant|been){_END}", " each side"),
    (
        (
            r"\b(?:beidseitig|beidseits|beide (?:Seiten|Beine|Arme|kanten|zijden)|(?:les|des) deux côtés|"
            rf"(?:ambos|los dos) lados|entrambi i lati){_END}"
        ),
        " each side",
    ),
    (r"\bPause:? ?(?=(?:[2-9]\d|1\d\d) ?(?:s|sec|sek)\b|\d ?min)", "rest "),
    (rf"(?:(?<=\ds )|(?<=\d s )|(?<=sec ))(?:halten|tenir|mantener|tenere|vasthouden){_END}", "hold"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), word) for pattern, word in _WORDS)
_HINT = re.compile(
    r"pause|w(?:dh|hd|h\b|iederh)|r[ée]p[ée]t|rép|rip\b|herh|s[aä]tz|seri|séri|durchg|runden|vuelt|giri|sek|secon|segu?|"
    r"minut[eio]|atemz|respir|adem|seite|bein|arm\b|fuß|hand|richt|côté|cote|jambe|bras|pied|lad?to|lado|pie|"
    r"brazo|gamba|braccio|zijde|kant|been|beid|lati|halten|tenir|mantener|tenere|vasth",
    re.IGNORECASE,
)
"""A part of each of these words: most lines have none of them."""


def in_english(text: str) -> str:
    """Return a line with its foreign words of sets, reps, times and sides in English."""
    if not _HINT.search(text):
        return text
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    return " ".join(text.split())
