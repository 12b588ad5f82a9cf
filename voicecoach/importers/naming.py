"""Names, notes and instructions: what remains of a line once its dose is cut out."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from voicecoach.importers.hiding import is_hidden
from voicecoach.importers.phrases import ASIDE, DOSE
from voicecoach.importers.plain import plain
from voicecoach.routine.readers import LONGEST

UNTITLED = "Exercises"
"""The stage of what stands under no heading."""
_GRAMMAR = re.compile(
    r"a|about|and|any|as|at|by|complete|do|each|exercise|exercises|for|from|go|hold|holds|in|is|it|of|"
    r"on|once|or|perform|please|repeat|reps|return|set|sets|side|the|then|this|through|time|times|to|"
    r"total|up|with|x|sec|s|ea|count|dose|dosage|duration|frequency|sets/reps|now|w|per|@|w/|b/w|"
    r"between|rest|min|mins|minutes|seconds|second|another"
)
"""Words that say nothing once the dose is cut out."""
_MANNER = re.compile(
    r"approx|approximately|feel|keep|keeping|relax|release|slow|slowly|gently|gentle|start|starting|"
    r"stretch|easy|movement|movements|controlled|tolerated|able|comfortable|pain|free|pain-free|"
    r"position|cycle|cycles"
)
"""Words that say how, but are no name of an exercise."""
LEADING = re.compile(
    r"^(?:(?:of|in|do|perform|complete|x|then|on the|the|and|for|repeat|try)\b[ :]*)+", re.IGNORECASE
)
"""Words before a name that say nothing of it."""
_VERB = re.compile(r"^(?:do|perform|complete|try) (?!not\b)", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^(?:at|with|w/|on|in|to|for|until|till|as|per|and|then|or|if|while|when|using|from|by|before|after|"
    r"between"
    r"|not|no|keep|making|maintain|add|both|each|through|over|against|without|only|but|slow(?:ly)?|"
    r"gentl[ey]|hold)\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[ ,:;(\[-]+(?:for|x|of|do|then|at|on|each|and|with|w/|to|about|approx\.?|(?-i:a)|the|per|in|"
    r"up to|at least|at most|max(?:imum)?|minimum|no more than|"
    r"repeat|perform|@"
    r"|is|sets?|dose|reps?|both|work|rest))+$",
    re.IGNORECASE,
)
_EDGES = " \t,;:|/-=>~*_•·.([<@&+→⇒➔➜"
_IMPERATIVE = re.compile(
    r"^(?!step[- ]?(?:up|down|off)|sit[- ]to|(?:push|pull|press|lift|roll|reach)[- ]?(?:up|down|apart|off|"
    r"out|through)s?\b)(?:(?:then|now|slowly|gently|next|while|with|while|from|in|on|start|starting|begin)"
    r" )?(?:lie|stand|sit|kneel|keep|lift|raise|lower|push|pull|squeeze|bend|"
    r"straighten|place|put|hold|bring|start|begin|with your|slowly|gently|tighten|tuck|turn|rotate|reach|"
    r"cross|lean|"
    r"press|move|return|let|drop|slide|extend|step|grab|grasp|rest|point|draw|engage|contract|do not|don't|"
    r"avoid|try|"
    r"breathe|feel|repeat|make sure|ensure|loop|wrap|support|open|flex|pinch|roll|tilt|take|stay|brace|"
    r"arch|face|use|"
    r"position|secure|attach|get|place|clasp|interlock|perform|relax)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\b(?:and|then) (?:do|perform|complete|repeat|try)$", re.IGNORECASE)
"""The end of an instruction before a dose and its name."""
_SENTENCE = re.compile(r"\b(?:your|the|you|and|until|then|it|them|as|keep|keeping)\b|,|[.!]$", re.IGNORECASE)
_STAGE_WORD = (
    r"(?:warm[- ]?ups?|cool[- ]?downs?|stretch(?:es|ing)?|strength(?:en|ening)?|mobility|mobili[sz]ation|"
    r"activations?|activate|"
    r"roll(?:ing|s)?|foam roll(?:ing|er)?|cardio|core|balance|proprioception|main(?: set| workout| part|"
    r" work)?|finishers?|circuits?|"
    r"blocks?|super-?sets?|day|phase|week|session|part|section|am|pm|morning|evening|night|mornings|"
    r"evenings|exercises?|"
    r"home exercise pro(?:gram|gramme)|hep|program(?:me)?|rehab|workout|routine|upper body|lower body|"
    r"upper|lower|full body|"
    r"flexibility|plyo(?:metrics)?|power|conditioning|aerobic|range of motion|rom|isometrics?|release|"
    r"breathing|pilates|yoga|"
    r"prep(?:aration)?|prehab|static stretch(?:es|ing)?|dynamic(?: stretch(?:es|ing)?| warm[- ]?up)?|"
    r"static|abs|legs|arms|back|"
    r"hips?|knees?|shoulders?|neck|ankles?|glutes?|gym|home|floor(?: work| exercises)?|"
    r"standing(?: exercises)?|"
    r"lying(?: exercises)?|seated(?: exercises)?|supine|prone|accessory|accessories|optional|recovery|work|"
    r"round|notes?|"
    r"sets?|plan|hold|monday|tuesday|wednesday|thursday|friday|saturday|sunday|[a-e]|\d{1,2})"
)
STAGE = re.compile(
    rf"(?:the |your |my |daily )?{_STAGE_WORD}(?:(?: ?[&/+:,-] ?| and | )(?:the )?{_STAGE_WORD}){{0,5}}",
    re.IGNORECASE,
)
"""Words that head a part of a sheet."""


def tidy_edges(text: str) -> str:
    """Return a text without the separators and small words that a dose leaves at its ends."""
    text = " ".join(text.replace(ASIDE, " ").replace(DOSE, " ").split())
    text = re.sub(r"[(\[] ?[,;.-]? ?[)\]]", "", text).strip(_EDGES).rstrip(")]" if "(" not in text else "")
    before = None
    while before != text:
        before = text
        text = _TRAILING.sub("", text.strip(_EDGES))
    return " ".join(text.split())


def says_something(text: str) -> bool:
    """Tell whether a text can be a name: it holds a word that is more than a filler."""
    return not all(_MANNER.fullmatch(word) for word in _words(text))


_LETTERED = re.compile(r"\b(?:stretch|movement|exercise) [A-H]\b", re.IGNORECASE)
"""Names that are a letter: ``Stretch A``."""


def _words(text: str) -> list[str]:
    """Return the words of a text that mean anything, and what is hidden in it."""
    words = re.findall(r"[^\W_][\w'/-]*", _LETTERED.sub("lettered", text).lower())
    return [word for word in words if not _GRAMMAR.fullmatch(word)] + [
        char for char in text if is_hidden(char)
    ]


def is_instruction(text: str) -> bool:
    """Tell whether a text clearly says how something is done."""
    is_sentence = len(text.split()) >= 4 and bool(_SENTENCE.search(text))  # noqa: PLR2004 - words
    return is_sentence and bool(_IMPERATIVE.match(text))


def pieces(rest: str) -> tuple[str, list[str]]:
    """Return the name, and what else was said, of the rest of a line with its marks.

    The name stands before the dose; where nothing does, after it.
    """
    first, *others = rest.split(DOSE)
    name, notes = _parentheses(first)
    leads = bool(_LEADS.search(name.strip(_EDGES))) or (
        first.rstrip().endswith(":") and bool(STAGE.fullmatch(name.strip(_EDGES)))
    )
    name = tidy_edges(_VERB.sub("", name.strip(_EDGES)))
    if not says_something(name) or (leads and _follows(others)):
        notes += [name] if name else []
        name = ""
        for index, other in enumerate(others):
            plain, aside = _parentheses(other)
            candidate = tidy_edges(LEADING.sub("", plain.strip(_EDGES)))
            if says_something(candidate) and not _PREPOSITION.match(candidate):
                name, *said = candidate.split(", ")
                while said and says_something(said[0]):
                    name = f"{name}, {said.pop(0)}"
                notes += [*said, *aside]
                others = [*others[:index], *others[index + 1 :]]
                break
    for other in others:
        plain, aside = _parentheses(other)
        notes += re.split(r"[;|]|, |(?<=[a-z])\. ", plain) + aside
    cleaned = (tidy_edges(note) for note in notes)
    return name, [note for note in cleaned if _words(note)]


def _follows(others: Sequence[str]) -> bool:
    """Tell whether a short name follows a dose: "Lie on your back and perform 3 sets of 10 bridges"."""
    after = next((other for other in others if any(char.isalpha() for char in other)), "")
    candidate = tidy_edges(LEADING.sub("", _parentheses(after)[0].strip(_EDGES)))
    is_short = 0 < len(candidate.split()) <= 4  # noqa: PLR2004 - words
    return (
        is_short
        and says_something(candidate)
        and not _PREPOSITION.match(candidate)
        and not (_IMPERATIVE.match(candidate))
    )


def _parentheses(text: str) -> tuple[str, list[str]]:
    """Take what stands in parentheses out of a text."""
    found = [part.strip("()[]") for part in re.findall(r"\([^()]*\)|\[[^\[\]]*\]", text)]
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text), found


def divide(name: str) -> tuple[str, list[str]]:
    """Divide a name from what follows it after a colon, a dash or a full stop: ``Bridge: lift the hips``."""
    parts = [part.strip() for part in re.split(r": | - |(?<=[a-z)])\. |; ", name) if part.strip()]
    if len(parts) > 1 and (STAGE.fullmatch(parts[0]) or len(parts[0]) < 3):  # noqa: PLR2004 - a label
        is_label = re.fullmatch("(?:exercise|movement|name)s?", parts[0], re.IGNORECASE)
        parts = [*parts[1:], *([] if is_label else parts[:1])]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to divide
        return (parts[0] if parts else name), []
    return parts[0], parts[1:]


def capital(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def named(name: str) -> str:
    """Return a name as it is spoken, short enough for a routine file."""
    name = capital(" ".join(name.replace(" w/ ", " with ").replace(" w/", " with ").split()))
    longest = LONGEST["name"]
    return name if len(name) <= longest else name[: longest - 1].rsplit(" ", 1)[0]


def joined(parts: Sequence[str]) -> str:
    """Return sentences as one text."""
    return " ".join(
        capital(part) if part.endswith((".", "!", "?")) else f"{capital(part)}." for part in parts
    )


def title_of(name: str) -> str:
    """Return a title for a file: ``evening-hips.md`` becomes ``Evening hips``."""
    stem = plain(re.sub(r"[-_.]+", " ", PurePath(name).stem))
    return named(stem) if any(char.isalnum() for char in stem) else UNTITLED
