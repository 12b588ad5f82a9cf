"""Lines that are about the sheet and not of an exercise: names, dates, pages, appointments, goals."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_ALL = (
    r"(?:the |this |these |all |each )*(?:circuit|sequence|exercises|everything|program(?:me)?|routine|"
    r"workout)"
)
_KINDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        reason: re.compile(pattern, re.IGNORECASE)
        for reason, pattern in {
            "it is about the sheet, and of no exercise": (
                r"^(?:patient|client|athlete|clinic(?:ian|al)?|therapist|physio(?:therapist)?|provider|"
                r"physician|surgeon|coach|trainer|dr\.?|dob|date(?: of birth)?|born|phone|tel|"
                r"telephone|mobile|"
                r"cell|fax|e-?mail|address|diagnosis|dx|icd|mrn|precautions?|signature|signed|duration|"
                r"equipment|height|weight|pain(?: level| score)?(?: before| after)?|goals?|aims?|"
                r"frequency|freq|"
                r"total(?: time)?|time|appointment|room|exercises prescribed|"
                r"name) ?:"
                r"|^(?:prepared|created|printed|issued|written|updated|prescribed|reviewed|"
                r"last updated|valid)"
                r" (?:on|by|for|until)\b"
                r"|^page \d|^(?:session|visit|week|page) ?\d+ (?:of|/)|^week of\b|^room \d"
                r"|^(?:next|follow[- ]?up|upcoming) ?(?:appointment|visit|session|review|in|on|:)"
                r"|^(?:hi|hello|dear|hey)\b|^(?:thank|thanks|regards|best wishes|cheers)\b|^dr\.? [a-z. ]+$"
                r"|^(?:copyright|©|\(c\))|^(?:tel|phone|fax)\.? ?[\d(+]"
                r"|^pain (?:level|score|scale)\b|^version \d"
                r"|^(?:progress(?:ion)?|advance|increase|move on)\b.{0,40}\b(?:when|if|once|until|by)\b"
            ),
            "it speaks of several exercises; write rounds in a heading, as 'Circuit (3 rounds)'": (
                rf"^(?:repeat|do|complete|perform) {_ALL}\b"
                r"|^\d{1,2}(?:-\d{1,2})? (?:rounds?|circuits?|times through),? (?:with |"
                r"of )?(?:rest\b|\d+ ?\w+ "
                r"rest|all\b|the above|total$)"
                r"|^repeat (?:x ?\d|\d|from the (?:start|beginning|top))[^,;]{0,12}(?:rounds|"
                r"circuits|through)"
            ),
            "a rest between exercises; write 'rest' in the exercise or in its stage": (
                r"^(?:take |with )?(?:a )?(?:\d{1,3}[-\d]{0,4} ?[a-z]{0,8} )?(?:of )?(?:rest|recover|"
                r"break)\b.{0,30}\b(?:between|b/w)"
                r" (?:the |each |all |every )?(?:exercises?|rounds?|circuits?|stations?|super-?sets?)\b"
            ),
        }.items()
    }
)


def paperwork(text: str) -> str:
    """Return why a line is of no exercise; empty: it may be of one."""
    return next((reason for reason, pattern in _KINDS.items() if pattern.search(text)), "")
