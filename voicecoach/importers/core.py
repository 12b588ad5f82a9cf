"""Sets, reps and times: the patterns of what remains once all else is cut out of a line."""

import re

from voicecoach.importers.phrases import ASIDE
from voicecoach.importers.quantities import RANGE, TIME

_SETS = r"sets?|rounds? of|lots? of|circuits?|series|bouts?|intervals?"
_NOT_SETS = r"x\b|reps?\b(?! ?[:=]? ?\d)|sec|min|s\b"
_REPS = (
    rf"(?:(?:slow|controlled|total|full|quality|good|clean|steady|gentle|easy|small|big|more|"
    rf"smooth|{ASIDE}) ?){{0,3}}"
    r"(?:reps?|repetitions?|repeats?|counts?|steps?|strokes|contractions|pumps|touches|passes|rolls|total)"
)
_WHAT = r"(?: this| the stretch| exercise| stretch| sequence| circuit| movement)?(?: for| another)?"
CORE = re.compile(
    r"|".join(
        (
            rf"(?P<time>{TIME})",
            rf"(?:for )?(?P<sets>{RANGE}) ?(?:{_SETS})(?![a-z])(?: through)?",
            rf"(?P<rounds>{RANGE}) ?(?:rounds?)(?![a-z])",
            rf"\b(?:sets?|rounds?) ?[:=]? ?(?P<sets2>{RANGE})(?! ?(?:{_NOT_SETS}))",
            rf"(?P<reps>{RANGE}) ?(?:{_REPS})(?![a-z])(?: total)?",
            rf"\b(?:reps?|repetitions?) ?[:=]? ?(?:x ?)?(?P<reps2>{RANGE})",
            rf"\brepeat(?:s|ed)?{_WHAT} ?:? ?(?:x ?)?(?P<times>{RANGE})(?: ?(?:x|times?)(?![a-z]))?",
            rf"(?P<times2>{RANGE}) ?(?:times?(?: through)?|x's)(?![a-z])",
            r"(?P<x>(?<![a-z])(?:x|by|of)(?![a-z])|\*)",
            rf"(?P<bare>{RANGE})(?![\w/°%:]|\.\w)",
        )
    ),
    re.IGNORECASE,
)
"""Sets, reps and times, once all else is cut out."""
