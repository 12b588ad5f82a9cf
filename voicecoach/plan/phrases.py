"""The phrases of the coach: whole sentences by key, one file a language.

Plural forms, lists and lengths of time follow the CLDR, through Babel: a language that counts
otherwise than English needs no code, only its file.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from voicecoach.errors import ChoiceError
from voicecoach.plan.timeline import Speech

LANGUAGES = Path(__file__).parent / "languages"
"""The folder of the phrase files."""

ENGLISH = "en"
"""The language that has every phrase."""

Phrase = str | Mapping[str, str]
"""A template with ``{placeholders}``, or one template for each plural category."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the coach says and shows in one language."""

    language: str
    table: Mapping[str, Phrase]
    locale: Locale
    reviewer: str = ""
    """Who vouches for the words."""
    shown: frozenset[str] = frozenset()
    """The keys of what is never spoken, and stands within a line: it begins as it is written."""
    fallback: "Phrases | None" = None
    """Where a phrase is taken from, with its plural forms and its language, that is missing here."""

    def text(self, key: str, *, count: float = 1, **values: object) -> str:
        """Fill in a phrase; `count` chooses its plural form."""
        if key not in self.table and self.fallback:
            return self.fallback.text(key, count=count, **values)
        phrase = self.table[key]
        if not isinstance(phrase, str):
            # A form for zero stands beside those of the language, whether it has one or not.
            form = "zero" if count == 0 and "zero" in phrase else self.locale.plural_form(count)
            phrase = phrase.get(form, phrase["other"])
        given = {"count": count, **values}
        figures = {name: self.figure(value) for name, value in given.items() if isinstance(value, float)}
        filled = phrase.format_map(given | figures)
        begins = phrase.startswith("{") and key not in self.shown
        return filled[:1].upper() + filled[1:] if begins else filled

    def say(self, key: str, *, count: float = 1, quick: bool = False, **values: object) -> Speech:
        """Return a phrase as speech; `quick` where it is spoken at the rate of a count."""
        if key not in self.table and self.fallback:
            return self.fallback.say(key, count=count, quick=quick, **values)
        return Speech(self.text(key, count=count, **values), self.language, count=quick)

    def number(self, number: int) -> Speech:
        """Return a number of a countdown or of reps; the voice reads the digits in its language."""
        return Speech(str(number), self.language, count=True)

    def figure(self, value: float) -> str:
        """Write a number as the language has it: ``1.5``, ``1,5``; a needless fraction is left out."""
        return format_decimal(value, locale=self.locale, group_separator=False)

    def items(self, items: Sequence[str]) -> str:
        """Join things: ``a roller, a ball and a wall``."""
        return format_list(list(items), locale=self.locale)

    def length(self, seconds: float) -> str:
        """Write a length of time in words: ``30 seconds``, ``1 minute 30 seconds``."""
        minutes, rest = divmod(round(seconds, 1), 60)
        amounts = (("duration-minute", int(minutes)), ("duration-second", rest if rest % 1 else int(rest)))
        spoken = [format_unit(amount, unit, "long", locale=self.locale) for unit, amount in amounts if amount]
        return " ".join(spoken) or format_unit(0, "duration-second", "long", locale=self.locale)

    def minutes(self, seconds: float) -> str:
        """Write a length of time to the nearest minute, at least one: ``12 minutes``."""
        amount = max(1, round(seconds / 60))
        return format_unit(amount, "duration-minute", "long", locale=self.locale)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the keys of the phrases that are taken from elsewhere."""
        return tuple(key for key in (self.fallback.table if self.fallback else ()) if key not in self.table)


def languages() -> tuple[str, ...]:
    """Return the tags of the languages that the coach speaks."""
    return tuple(sorted(path.stem for path in LANGUAGES.glob("*.toml")))


def load_phrases(language: str) -> Phrases:
    """Read the phrases of a language; ``en-gb`` takes ``en`` where it has no file of its own.

    Raises:
        ChoiceError: there is no such file; the message lists the languages.
    """
    known = languages()
    wanted = language.replace("_", "-").casefold()
    for tag in (wanted, wanted.partition("-")[0]):
        if tag in known:
            found = tomllib.loads((LANGUAGES / f"{tag}.toml").read_text(encoding="utf-8"))
            fallback = load_phrases(ENGLISH) if tag != ENGLISH else None
            locale = Locale.parse(tag, sep="-")
            shown = found.get("shown", {})
            table = {**found["phrases"], **shown}
            return Phrases(language, table, locale, found["reviewer"], frozenset(shown), fallback)
    message = f"the coach does not speak '{language}' yet; it speaks: {', '.join(known)}"
    raise ChoiceError(message)


def language_name(tag: str) -> str:
    """Return what a language is called in English: ``French``; the tag itself where it has no name."""
    try:
        return Locale.parse(tag.partition("-")[0]).get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag
