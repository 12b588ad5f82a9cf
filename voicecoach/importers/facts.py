"""What a line says of a dose: its figures, each in its part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from voicecoach.importers.core import CORE
from voicecoach.importers.hiding import is_hidden
from voicecoach.importers.naming import LEADING
from voicecoach.importers.phrases import ASIDE, DOSE, Found, cut
from voicecoach.importers.quantities import NUMBER, TIME, read_range, read_time
from voicecoach.routine.quantities import Range

_PYRAMID = re.compile(r"(?<![\d.:/-])\d{1,3}(?: ?[-,/] ?\d{1,3}){2,7}(?![\d.:]| ?(?:x|%))", re.IGNORECASE)
_SAME = re.compile(
    rf"((?:\d{{1,2}} x )?{NUMBER} ?(?:s|secs?|seconds|mins?|reps?|steps?|times|breaths?|circles|"
    rf"x)?) ?(?:on |to )?(?:the )?"
    r"(?:left|right|L|R)(?![a-z])"
    r" ?(?:[/,+&]|and)? ?"
    rf"\1 ?(?:on )?(?:the )?(?:left|right|L|R)(?![a-z])",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?<![\d/.:])(\d{1,2}) ?/ ?\1(?= ?(?:each|per|ea\b|side|reps?|s\b|sec|$|[,;)(]|x\b|hold))(?! ?(?:pain|"
    r"effort))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?<=x )(\d{1,3}(?:-\d{1,3})? ?(?:s|secs?|seconds|mins?|minutes|reps?)?) ?/ ?\1"
    r"(?![\d/:.]| ?(?:pain|effort))",
    re.IGNORECASE,
)
"""The same amount twice, after sets: ``3 x 8/8``, ``3 x 20s/20s``: one for each side."""
_HALVES = re.compile(
    r"(\d{1,3})( reps)? \((\d{1,3}) ?(?:each|per|/|ea\.?) ?(side|leg|arm|way|foot)s?\)", re.IGNORECASE
)
_EACH_REP = re.compile(
    rf"((?:\breps?|x ?\d{{1,3}}|of \d{{1,3}})[^;]{{0,20}}\b(?:hold|pause|squeeze)[a-z]*(?: for)? {TIME})"
    rf" each\b(?! ?(?:side|leg|arm|way))",
    re.IGNORECASE,
)
"""A hold of each rep, and not of each side."""
_OVER = re.compile(rf"(?<![\d/.:])([1-9]) ?/ ?(?={TIME})(?!\d+ ?(?:min|m\b))", re.IGNORECASE)
"""Sets over seconds: ``3/30s``."""
_FIRST = re.compile(
    r"^(\d{1,3}) (?!x\b|sets?\b|reps?\b|s\b|secs?\b|sec|min|m\b|rounds?\b|breaths?\b|times\b|lots\b|of\b)"
    r"([a-z][a-z' -]*?),? x ?([1-6])(?= ?(?:$|each|per|,|;))",
    re.IGNORECASE,
)
"""Reps, the name, then the sets: ``10 push-ups x 3``."""
_OVER_REPS = re.compile(
    r"(?<=[a-z] )([1-6]) ?/ ?(?!10\b)([6-9]|[1-3]\d)(?= ?(?:$|each|ea\b|per|reps?\b|[,;(]))", re.IGNORECASE
)
"""Sets over reps: ``3 / 12 each``; of ten, it may be an effort."""
_TOTAL = re.compile(r"\b(\d{1,3}) reps?(?: total)? ?\((\d{1,2}) x (\d{1,3})\)", re.IGNORECASE)
"""All reps, with what they are made of: ``30 reps (3 x 10)``."""
_APART = re.compile(r"(?<=x )(\d{1,3}) - (\d{1,3})(?= ?(?:s|secs?|seconds|mins?|minutes)\b)", re.IGNORECASE)
"""A dash that divides reps from a time, where both are no range: ``3 x 10 - 75 sec``."""
_WIDEST = 3
"""The upper end of a range over the lower, at most, where its dash may divide as well."""
_EACH_SET = re.compile(
    r"(\bsets?,? ?\d{1,3}(?:-\d{1,3})? ?(?:reps?|s|secs?|seconds|mins?)) each(?= ?(?:$|[,.;)]))",
    re.IGNORECASE,
)
"""Reps of each set: ``3 sets, 10 reps each``."""
_ON_OFF = re.compile(rf"(?<=x )({TIME}) ?/ ?({TIME})(?! ?(?:side|leg|arm))", re.IGNORECASE)
"""Work and rest of intervals: ``8 x :20/:10``."""
_COUNTED = re.compile(
    r"^(?:slow |easy |big |small |gentle )?(?:ones|circles|rotations|swings|taps|lifts|nods|turns|"
    r"squeezes|pulses)\b ?",
    re.IGNORECASE,
)
"""What a figure counts, besides reps."""
EACH_SET = ASIDE * 2
"""The mark of an each that was taken for each set."""
_LABEL = re.compile(
    r"\b(?:sets? ?(?:/|x|&|and) ?reps?|reps? ?(?:/|x|&|and) ?sets?) ?[:=-] ?(?=\d)", re.IGNORECASE
)
"""The label of a dose, and no part of it: ``Sets/Reps: 3 x 10``."""
_STARTS = frozenset({DOSE, ASIDE, ":", "-", ",", ";", "(", "|", "."})
_ENDS = frozenset({DOSE, ASIDE, ",", ";", ")", "|", ".", "(", "-"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the core, and how it stands there."""

    kind: str
    """time, sets, reps, times, or bare."""
    value: Range
    text: str
    start: int
    end: int
    joined: bool = False
    """Whether an x or an of stands beside it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A line, taken apart."""

    rest: str
    """What remains, with marks where something was cut out."""
    found: Mapping[str, Sequence[Found]]
    figures: Sequence[Figure]
    pyramid: Sequence[float] = ()
    """Reps that change from set to set."""

    def of(self, kind: str) -> Range | None:
        """Return the first figure of a kind."""
        return next((figure.value for figure in self.figures if figure.kind == kind), None)

    def text(self, kind: str) -> str:
        """Return the first figure of a kind as it was written."""
        return next((figure.text for figure in self.figures if figure.kind == kind), "")

    @property
    def bare(self) -> list[Figure]:
        """Return the figures without a word."""
        found = [figure for figure in self.figures if figure.kind == "bare"]
        if len(found) > 2 and not self.of("time"):  # noqa: PLR2004 - more than sets and reps
            # "a set x 15, then 3 x 10": those that stand together are meant.
            for index, (first, second) in enumerate(pairwise(found)):
                if second.start - first.end <= len(" x  "):
                    return found[
                        index : index + 2 + (index == 0 and found[2].start - second.end <= len(" x  "))
                    ]
        return found

    @property
    def has_dose(self) -> bool:
        """Tell whether anything of it can be a dose."""
        kinds = {"hold", "most", "breaths", "on", "distance"}
        return bool(self.figures or self.pyramid or kinds & self.found.keys())

    @property
    def is_joined(self) -> bool:
        """Tell whether it has sets and an amount of their own, as 3 x 10."""
        return bool(self.pyramid) or any(figure.joined for figure in self.figures)

    @property
    def is_strong(self) -> bool:
        """Tell whether it is a dose beyond doubt."""
        return bool(self.pyramid) or any(f.joined or f.kind in {"sets", "reps"} for f in self.figures)


@lru_cache(maxsize=32)
def take_apart(line: str) -> Facts:
    """Take a plain line apart, with its names hidden."""
    line = _TOTAL.sub(_multiplied, _HALVES.sub(_halved, _BOTH.sub(r"\1 each side", line)))
    line = _EACH_SET.sub(rf"\1 {EACH_SET}", _OVER.sub(r"\1 x ", _OVER_REPS.sub(r"\1 x \2", line)))
    line = _LABEL.sub(", ", line)
    line = _FIRST.sub(r"\2 \3 x \1", line)
    line = _ON_OFF.sub(_interval, line)
    line = _EACH_REP.sub(r"\1", line)
    line = _SLASHED.sub(r"\1 each side", _SAME.sub(r"\1 each side", line))
    line = _APART.sub(_divided, line)
    facts = _facts(line, frozenset())
    if not facts.has_dose and {"progress", "aim"} & facts.found.keys():
        # "Work up to 60 s" says no more than that.
        facts = _facts(line, frozenset({"progress", "aim"}))
    return facts


def _halved(match: re.Match[str]) -> str:
    """Write ``20 (10 each leg)`` as ``10 each leg``; anything else stays."""
    is_half = int(match[1]) == 2 * int(match[3])
    return f"{match[3]}{match[2] or ''} each {match[4]}" if is_half else match[0]


def _interval(match: re.Match[str]) -> str:
    """Write ``:20/:10`` as ``:20 on / :10 off``; two times that are the same may be two sides, and stay."""
    is_same = read_time(match[1]) == read_time(match[2])
    return match[0] if is_same else f"{match[1]} on / {match[2]} off"


def _divided(match: re.Match[str]) -> str:
    """Write ``10 - 75`` as two figures where they are no likely range."""
    low, high = int(match[1]), int(match[2])
    return f"{low} , {high}" if high > _WIDEST * low or high < low else match[0]


def _multiplied(match: re.Match[str]) -> str:
    """Write ``30 reps (3 x 10)`` as ``3 x 10``; anything else stays."""
    is_product = int(match[1]) == int(match[2]) * int(match[3])
    return f"{match[2]} x {match[3]}" if is_product else match[0]


def _facts(line: str, without: frozenset[str]) -> Facts:
    rest, found = cut(line, without=without)
    rest, pyramid = _pyramid(rest)
    figures, rest = _core(rest)
    ladder = found.get("tempo", [])[:1]
    if ladder and "t4" in ladder[0].named and not any(figure.kind in {"reps", "bare"} for figure in figures):
        # "5-3-1" is a tempo only beside reps.
        del found["tempo"]
        pyramid = [float(count) for count in re.findall(r"\d", ladder[0].value)]
    return Facts(rest, found, figures, pyramid)


def _pyramid(rest: str) -> tuple[str, list[float]]:
    match = _PYRAMID.search(rest)
    if not match:
        return rest, []
    counts = [float(count) for count in re.findall(r"\d+", match[0])]
    if max(counts) > 100 or ("-" in match[0] and max(counts) < 10):  # noqa: PLR2004 - a tempo, or no reps
        return rest, []
    return f"{rest[: match.start()]} {DOSE} {rest[match.end() :]}", counts


def _core(rest: str) -> tuple[list[Figure], str]:
    """Find sets, reps, times and bare figures, and mark their places."""
    matches = list(CORE.finditer(rest))
    kinds = [str(match.lastgroup).rstrip("2") for match in matches]
    joined = {
        index for index, kind in enumerate(kinds) if kind == "x" and _joins(rest, matches, kinds, index)
    }
    is_there = any(kind not in {"x", "bare"} for kind in kinds) or bool(joined)
    figures: list[Figure] = []
    cuts: list[tuple[int, int]] = []
    for index, (match, kind) in enumerate(zip(matches, kinds, strict=True)):
        is_joined = any(
            at in joined and not _worded(rest, matches, min(at, index)) for at in (index - 1, index + 1)
        )
        if kind == "x":
            if index in joined:
                cuts.append(match.span())
            continue
        if kind == "bare" and not is_joined and not _stands_free(rest, match, figures, is_there=is_there):
            continue
        is_rounds = kind == "rounds"
        text = match[0] if is_rounds else match[str(match.lastgroup)]
        read = read_time if kind == "time" else read_range
        figures.append(
            Figure(
                "sets" if is_rounds else kind, read(text), text.strip(), match.start(), match.end(), is_joined
            )
        )
        cuts.append(match.span())
    for start, end in reversed(cuts):
        rest = f"{rest[:start]} {DOSE} {rest[end:]}"
    return figures, re.sub(" +", " ", rest)


def _worded(rest: str, matches: Sequence[re.Match[str]], index: int) -> bool:
    """Tell whether words stand between a match and the next."""
    return _has_word(rest[matches[index].end() : matches[index + 1].start()])


def _has_word(text: str) -> bool:
    return any(char.isalnum() or is_hidden(char) for char in text)


def _joins(rest: str, matches: Sequence[re.Match[str]], kinds: Sequence[str], index: int) -> bool:
    """Tell whether an x or an of stands beside a figure, and is no word of a name."""
    left = index > 0 and kinds[index - 1] != "x" and not _worded(rest, matches, index - 1)
    right = index + 1 < len(matches) and kinds[index + 1] != "x" and not _worded(rest, matches, index)
    return (left and right) if matches[index][0].lower() in {"of", "by"} else (left or right)


def _stands_free(rest: str, match: re.Match[str], before: Sequence[Figure], *, is_there: bool) -> bool:
    """Tell whether a figure without a word is a count of reps, and no part of a name."""
    head, tail = LEADING.sub("", rest[: match.start()].lstrip()).rstrip(), rest[match.end() :].lstrip()
    if any(figure.kind == "bare" and not figure.joined for figure in before):
        return False
    tail = _COUNTED.sub("", tail) if head.strip(f"{DOSE}{ASIDE} -") else tail
    at_start, at_end = not head or head[-1] in _STARTS, not tail or tail[0] in _ENDS
    after_sets = (
        bool(before) and before[-1].kind == "sets" and not _has_word(rest[before[-1].end : match.start()])
    )
    if is_there:
        has_amount = any(figure.kind in {"time", "reps"} or figure.joined for figure in before)
        return (after_sets or (at_start and at_end)) and not has_amount and bool(head)
    # "Push-ups 20", "20 push-ups", "Clams: 10 each side".
    return at_end or (at_start and not head.strip(f"{DOSE}{ASIDE} -") and tail[:1].isalpha())
