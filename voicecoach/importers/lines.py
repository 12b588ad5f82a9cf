"""Lines of a sheet: bullets, numbers, headings."""

import re
from dataclasses import dataclass, replace

from voicecoach.importers.naming import STAGE
from voicecoach.importers.plain import LONGEST_LINE, plain, tidy

_BULLET = re.compile(
    r"^(?:(?![:~½¼¾])[^\w\s\"'()\[\]<@#$&./|]{1,3}(?=\s)|[-*+•·◦▪‣●○■□☐☑✓✔→>–—o]+(?=[\s\d])|\[[ xX]?\](?=\s)"  # noqa: RUF001 - bullets as people write them
    r"|\d{1,2}\.\d{1,2}[.)]?(?= +(?!(?:x|min|sec|s|m|h|hours?|kg|lbs?|km)\b)[A-Za-z])"
    r"|#?\(?\d{1,2}[.)](?!\d)|\(\d{1,2}\)|#\d{1,2}\b[.:)]?"
    r"|\(?[a-zA-Z]\d?[.)](?=\s)|[A-Z]\d[.:)]?(?=\s)|\d{1,2}[a-z][.)](?=\s)|\d{1,2} ?[:–-] (?=[A-Za-z])"  # noqa: RUF001 - as above
    r"|(?:exercise|ex\.?) ?#?\d{1,2} ?[.:)-]+)\s*",
    re.IGNORECASE,
)
_HASHES = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,}|[-|: +]{5,})\s*$")
_FRAMED = re.compile(
    r"^\s*(?:={2,}|-{2,}|\*{2,}|~{2,}|_{2,}|\[|<)\s*([^=~<>\[\]]{2,60}?)\s*:?\s*(?:={2,}|-{2,}|\*{2,}|"
    r"~{2,}|_{2,}|\]|>)\s*:?\s*$"
)
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet."""

    number: int
    raw: str
    """As it stands there, on one line; tabs between its parts are bars."""
    text: str
    """In plain characters, without its bullet."""
    is_item: bool = False
    """Whether it has a bullet or a number."""
    is_heading: bool = False
    """Whether its marks say that it is one."""
    indent: int = 0
    after_gap: bool = False
    """Whether an empty line stands before it."""
    is_long: bool = False


def lines_of(text: str) -> list[Line]:
    """Return the lines of a sheet that hold anything; a rule makes the line above it a heading."""
    lines: list[Line] = []
    gap = True
    for number, written in enumerate(text.split("\n"), 1):
        raw = tidy(_barred(written) if "\t" in written else written)
        if not raw:
            gap = True
        elif len(raw) > LONGEST_LINE:
            lines.append(Line(number, raw, "", is_long=True, after_gap=gap))
            gap = False
        elif _RULE.match(raw):
            if lines and not gap and re.match(r"[=-]", raw) and not lines[-1].is_item and "|" not in raw:
                lines[-1] = replace(lines[-1], is_heading=True)
            gap = True
        else:
            lines.append(replace(_line(number, written, raw), after_gap=gap))
            gap = False
    return lines


def line_of(raw: str, number: int) -> Line:
    """Return a line that stands alone."""
    return _line(number, raw, tidy(raw))


def _barred(written: str) -> str:
    """Return a line with bars in place of the tabs between its parts, but for bullets and labels."""
    text = re.sub(r"^(\S{1,4}|(?:exercise|ex\.?) ?\d+\S?)\t+", r"\1 ", written.strip(), flags=re.IGNORECASE)
    text = re.sub(r"^([A-Za-z ]{3,12}:?)\t+(?=[\d:]+\S*(?: \w+)?$)", _labelled, text)
    return text.replace("\t", " | ")


def _labelled(match: re.Match[str]) -> str:
    """Write ``Sets<tab>3`` as ``Sets: 3``."""
    label = match[1].strip(" :")
    is_label = label.lower() in {
        "set",
        "sets",
        "rep",
        "reps",
        "hold",
        "rest",
        "time",
        "duration",
        "repeat",
        "tempo",
    }
    return f"{label}: " if is_label else match[0]


def _line(number: int, written: str, raw: str) -> Line:
    indent = len(written.expandtabs(4)) - len(written.expandtabs(4).lstrip())
    if match := _HASHES.match(raw):
        return Line(number, raw, readable(match[1]), is_heading=True, indent=indent)
    if match := _FRAMED.match(raw):
        return Line(number, raw, readable(match[1]), is_heading=True, indent=indent)
    text, count = raw, 0
    while (match := _BULLET.match(text)) and count < 3:  # noqa: PLR2004 - a bullet, a box, a number
        text, count = text[match.end() :], count + 1
    text = text.lstrip("| ") if count else text
    if not any(char.isalnum() for char in text):
        text, count = raw, 0
    return Line(number, raw, readable(text), is_item=count > 0, indent=indent)


def readable(text: str) -> str:
    """Return a text in plain characters, without links, code marks and the other marks of Markdown."""
    text = re.sub(r"\[([^\[\]]+)\]\([^()\s]+\)", r"\1", text)
    return _unmarked(plain(re.sub(r"`+([^`]*)`+", r"\1", text)))


def _unmarked(text: str) -> str:
    """Return a text without the marks of Markdown."""
    return " ".join(re.sub(r"\*+|`+|(?<!\w)_+|_+(?!\w)", " ", text).split())


def looks_like_heading(line: Line) -> bool:
    """Tell whether a line without a dose heads what follows, by its look or its words."""
    text = line.text.rstrip(": ")
    if line.is_heading:
        return True
    if len(text) > _LONGEST_HEADING or text.endswith((".", "!", "?")):
        return False
    bare = re.sub(r"\([^()]*\)", "", text).strip(" :-")
    if STAGE.fullmatch(bare):
        return True
    if line.text.endswith(":"):
        return True
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and all(char.isupper() for char in letters) and not line.is_item  # noqa: PLR2004
