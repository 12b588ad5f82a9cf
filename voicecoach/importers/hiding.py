"""Figures that belong to a name: they are hidden while a dose is looked for."""

import re
from collections.abc import Mapping

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
NAMES = re.compile(
    r"\bfigure[- ]?(?:4|four|8|eight)s?\b|"
    r"\b90[-/]90\b|"
    r"\b(?:quad|quadriceps|glute|gluteal|ham|hamstring|ab|abdominal|scap|pelvic|core|knee|hip|thigh|"
    r"shoulder|muscle|cuff)s? sets?\b|"
    r"\b\d{1,2}[- ](?:way|point|pt|directions?)\b|"
    r"\b[1-4][- ](?:leg|arm|hand|foot)(?:ged|ed)?\b|"
    r"\b[13]/[234][- ]?(?=[a-z])|"
    r"\b[a-z]\d{1,2}\b(?! ?x\b)(?<!x\d)|"
    r"\b(?:levels?|resistance|gear) ?\d{1,2}(?:-\d{1,2})?\b(?! ?(?:sets?|reps?|min|sec|s\b|times))|"
    r"\b(?:phase|step|weeks?|wks?|days?|part|no\.?|ex\.?|exercise|stage|box|version|position|set|page|"
    r"super-?set|woche|tag|semaine|semana|settimana|jour|circuit|block|session|room|emom|round|group|variation|option|type|grade)"
    r" ?#?\d{1,2}(?: ?[-&/] ?\d{1,2})?\b(?! ?(?:x|sets?|reps?|min|sec|s\b|times|rounds?))|"
    r"#\d+\b|"
    r"\b\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d\d|[23]\d)\b|"
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? ?(?:19|20)\d\d\b)?(?! ?(?:x|reps?|sets?|min|sec|s)\b)|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b\.?(?:,? ?(?:19|20)\d\d\b)?|"
    rf"\b(?:march|may|{_MONTH})\.? (?:19|20)\d\d\b|"
    r"\b(?:march|may) \d{1,2}(?:st|nd|rd|th)?,? ?(?:19|20)\d\d\b|"
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:march|may)(?:,? (?:19|20)\d\d| ?(?=,))|"
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|"
    r"\b\d+(?:st|nd|rd|th)\b|"
    r"\b\d{3,}[- ]\d{3,}(?:[- ]\d+)*\b|"
    r"\d{1,3}(?: ?(?:-|to) ?\d{1,3})? ?(?:°|deg(?:ree)?s?\b)|"
    r"\b\d+(?:\.\d+)? ?(?:cm|mm|inch(?:es)?|in\.)(?![a-z])|"
    r"\d+\" (?=step|box|block|bench|ball|roller|riser|lift|platform|hurdle)",
    re.IGNORECASE,
)
"""Figures that belong to a name and are no dose."""

_HIDDEN = 0xE000
"""The first of the private characters that stand for what NAMES has found."""


def is_hidden(char: str) -> bool:
    """Tell whether a character stands for a part of a name."""
    return _HIDDEN <= ord(char) < _HIDDEN + 0x1000


def hide(line: str) -> tuple[str, dict[str, str]]:
    """Put a private character in the place of each part of a name that looks like a figure."""
    hidden: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        char = chr(_HIDDEN + len(hidden))
        hidden[char] = match[0]
        return char

    return NAMES.sub(stand_in, line), hidden


def show(text: str, hidden: Mapping[str, str]) -> str:
    """Put what was hidden back."""
    for char, written in hidden.items():
        text = text.replace(char, written)
    return text
