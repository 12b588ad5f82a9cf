"""From the figures of a line to a dose: what they mean together, and what had to be assumed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.importers.facts import Facts, Figure
from voicecoach.importers.quantities import read_range, read_time
from voicecoach.routine.dose import MANY, SHORT_HOLD, Dose
from voicecoach.routine.model import BOTH_SIDES, Side
from voicecoach.routine.quantities import BOUNDS, ONCE, Breath, Range, Tempo
from voicecoach.routine.work import Hold, Open, Reps, Timed, Work
from voicecoach.units import number

BREATH = Breath(4, 6)
"""Seconds in and out that a deep breath is taken for: this project's own, six a minute."""
LONG_HOLD = 60
"""Seconds at which a hold for as long as one can ends, where nothing is said."""
FEW_SETS, MANY_REPS = 5, 10
"""In ``15 x 3`` the larger figure is the reps, though sets usually stand first."""
LEAST_SECONDS = 15
"""From here on a figure without a unit at a stretch or a plank is seconds and no reps."""

_ROLLED = re.compile(
    r"\b(?:foam ?roll\w*|roll(?:er|ing|s)?(?![ -]?(?:ups?|downs?|outs?))|massage|lacrosse|tennis ball|spiky ball|"
    r"ball (?:on|under|to)|peanut|smash|release|trigger|theragun)\b(?!.*\b(?:plank|hold|wall sit)\b)",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:holds?|planks?|sits?(?![- ]?(?:to|ups?\b))|sitting|pose|stretch(?:es|ed|ing)?|hangs?|hanging|"
    r"isometrics?|iso|balance|stance|"
    r"stand(?:ing)?(?=$| balance)|leg stand|prop|lying|savasana|squeeze|sets?|bridge hold|flamingo|tandem|"
    r"child'?s|pigeon|cobra|frog|doorway|dead bug hold)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:bik(?:e|ing)|cycl(?:e|ing)|spin|walk(?:s|ing)?|run(?:s|ning)?|jog(?:s|ging)?|march(?:es|ing)?|"
    r"row(?:s|ing|er|erg)?|ergo?|elliptical|"
    r"treadmill|skip(?:s|ping)?|rope|climbers?|burpees?|shuffles?|danc\w+|swim\w*|stairs?|stairmaster|"
    r"steps?(?:-?(?:ups?|downs?))?|flow|circles?|swings?|cardio|"
    r"cat[-/ ](?:cow|camel)|slides?|pumps?|(?:high|butt) ?(?:knees|kicks?)|boxing|jacks?|hops?|jumps?|"
    r"jumping|push-?ups?|press(?:es|-?ups)?|sit[- ]?ups?|crunch(?:es)?|"
    r"lunges?|squats?|curls?|raises?|kicks?|taps?|rotations?|twists|russian twist|switch(?:es)?|swaps?|carr(?:y|ies)|"
    r"crawls?|sled|pull-?ups?|dips?|thrusters?|snatch(?:es)?|"
    r"cleans?|bounds?|skaters?|mobility|mobili[sz]ations?|pendulums?|flossing|floss|glides?|nods?|tilts?|"
    r"rocks?|rocking|drills?|agility|sprints?|warm[- ]?up|"
    r"cool[- ]?down|hike|yoga|tai chi|arm ?bike|ube|trampoline|ladder|deadlifts?|bridges|deadbugs?|"
    r"clam(?:shell)?s?|circuit|sit[- ]to[- ]stands?|thread the needle|scrunches|pick-?ups|hugs?|"
    r"roll-?outs?|walk-?outs?|inch ?worms?|wipers?|angels?|extensions?|flexions?|openers?|reach(?:es)?|"
    r"chops?|throws?|slams?|punch(?:es)?|pulses?|thrusts?|rows|fly(?:e?s)?|flies|pull-?aparts?|shrugs?|"
    r"lifts?|abductions?|adductions?|flutter|scissors?|bicycles?)\b",
    re.IGNORECASE,
)
_STILL_FIRST = re.compile(
    r"\b(?:holds?|planks?|isometric|iso|stretch(?:es)?|wall sits?|pose|hang)\b", re.IGNORECASE
)
_ROLLING_STAGE = re.compile(r"\b(?:roll|rolling|foam|release|smr|massage)\b", re.IGNORECASE)
_CIRCLES = re.compile(r"\b(?:circle|circles|roll|rolls|pendulum|alphabet|cw|clockwise)\b", re.IGNORECASE)
_STRETCHED = re.compile(
    r"\b(?:stretch(?:es)?|planks?|holds?|wall sits?|hang|pose|balance|leg stand|pigeon|cobra|couch)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line means: a dose, or the reason why there is none."""

    dose: Dose | None = None
    rest: float | None = None
    guesses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class _Reader:
    facts: Facts
    name: str
    stage: str
    guesses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def guess(self, text: str) -> None:
        if text not in self.guesses:
            self.guesses.append(text)


def meaning(facts: Facts, name: str, stage: str) -> Meaning:
    """Tell what the figures of a line mean, given the name of the exercise and of its stage."""
    reader = _Reader(facts, name, stage)
    try:
        work, sets = _work(reader)
        sides, one_sided = _sides(reader)
        dose = Dose(work, sets, sides, one_sided)
    except ValueError as error:
        return Meaning(reason=str(error))
    rest = _rest(reader)
    _vague(reader)
    _unused(reader, work)
    return Meaning(dose, rest, tuple(reader.guesses), tuple(reader.notes))


def _work(reader: _Reader) -> tuple[Work, Range]:
    """Return what one set is, and how many."""
    for kind, read in _KINDS.items():
        if kind in reader.facts.found and (made := read(reader)):
            return made
    if reader.facts.pyramid:
        counts = reader.facts.pyramid
        reps = Range(min(counts), max(counts))
        sets = Range.just(len(counts))
        if reps.low != reps.high:
            listed = ", ".join(map(number, counts))
            reader.guess(f"{listed} reps are taken as {sets} sets of {reps}")
        return _reps(reader, reps), sets
    return _plain(reader)


def _plain(reader: _Reader) -> tuple[Work, Range]:
    facts = reader.facts
    sets, reps, times = facts.of("sets"), facts.of("reps"), facts.of("times")
    hold, seconds = _hold(reader), facts.of("time")
    bare = facts.bare
    if reps:
        if seconds and not hold:
            reader.guess(f"{seconds} s beside reps is taken as a hold in each")
            hold = seconds
        count = sets or (bare[0].value if bare else None) or times
        if hold and not count and hold.low >= LEAST_SECONDS and reps.high <= MANY:
            reader.guess(f"{reps} reps of a hold of {hold} s are taken as sets")
            return Hold(hold), reps
        return _reps(reader, reps, hold), count or _once(reader)
    if hold and seconds and not bare and not sets:
        reader.notes.append(_said(reader, "hold"))
        hold = None
    if time := hold or seconds:
        return _timed(reader, time, sets, times, bare, is_held=hold is not None)
    return _counted(reader, sets, times, bare)


def _timed(  # noqa: PLR0913 - all that is said beside a time
    reader: _Reader,
    time: Range,
    sets: Range | None,
    times: Range | None,
    bare: list[Figure],
    *,
    is_held: bool,
) -> tuple[Work, Range]:
    """Read a line that has a time but does not name its reps."""
    values = [figure.value for figure in bare]
    if len(values) > 1:
        at = next(
            (figure.start for figure in reader.facts.figures if figure.kind == "time"), len(reader.facts.rest)
        )
        first, second = values[:2]
        if bare[1].start > at and first.high > second.high:
            first, second = second, first
        return _reps(reader, second, time), first
    many = values[0] if values else times
    if many and (count := sets or (times if values else None)):
        return _reps(reader, many, time), count
    is_short = time.high < SHORT_HOLD or (is_held and time.low <= SHORT_HOLD)
    is_pause = re.search(r"pause|squeeze", _said(reader, "hold"))
    if many and is_short and (many.high >= MANY or is_pause):
        return _reps(reader, many, time), ONCE
    count = sets or many
    if not is_held and _moves(reader):
        return Timed(time), count or ONCE
    return Hold(time), count or _once(reader)


def _counted(
    reader: _Reader, sets: Range | None, times: Range | None, bare: list[Figure]
) -> tuple[Work, Range]:
    """Read a line without a time."""
    values = [figure.value for figure in bare]
    if len(values) > 1:
        first, second = values[:2]
        if MANY_REPS <= first.low <= LONG_HOLD and second.high <= FEW_SETS:
            reader.guess(f"{first} x {second} is taken as {second} sets of {first}")
            first, second = second, first
        hold = None
        if len(values) > 2 and values[2].high <= LONG_HOLD:  # noqa: PLR2004 - a third figure
            hold = values[2]
            reader.guess(f"the third figure, {hold}, is taken as a hold in seconds")
        return _amount(reader, second, hold), first
    if values:
        return _amount(reader, values[0]), sets or times or _once(reader)
    if times:
        return _reps(reader, times), sets or _once(reader)
    if sets:
        message = "it says how many sets, but not of what; write reps or seconds"
        raise ValueError(message)
    message = "no dose was found; write sets and reps or seconds, as 3 x 10 or 2 x 30 s"
    raise ValueError(message)


def _amount(reader: _Reader, value: Range, hold: Range | None = None) -> Work:
    """Return reps, or seconds where a stretch has a figure without a unit."""
    is_still = _STRETCHED.search(reader.name) and not (
        _MOVED.search(reader.name) and not re.search(r"holds?\b|stretch", reader.name, re.IGNORECASE)
    )
    if not hold and value.low >= LEAST_SECONDS and is_still:
        reader.guess(f"{value} without a unit is taken as seconds")
        return Hold(value)
    return _reps(reader, value, hold)


def _reps(reader: _Reader, count: Range, hold: Range | None = None) -> Reps:
    hold = hold or _hold(reader)
    if tempo := _tempo(reader):
        try:
            return Reps(count, tempo, hold)
        except ValueError as error:
            reader.guess(f"the tempo is kept as a note: {error}")
            reader.notes.append(_said(reader, "tempo"))
    return Reps(count, None, hold)


def _once(reader: _Reader) -> Range:
    reader.guess("the number of sets is not said: taken as 1")
    return ONCE


def _said(reader: _Reader, kind: str) -> str:
    return next((found.text.strip("() ") for found in reader.facts.found.get(kind, ())), "")


def _hold(reader: _Reader) -> Range | None:
    for found in reader.facts.found.get("hold", ()):
        return read_time(found.value)
    return None


def _moves(reader: _Reader) -> bool:
    """Tell whether a time is movement, by the name of the exercise and of its stage."""
    name = reader.name
    if _ROLLED.search(name) or _ROLLING_STAGE.search(reader.stage):
        return True
    if _STILL_FIRST.search(name):
        return False
    return bool(_MOVED.search(name))


def _tempo(reader: _Reader) -> Tempo | None:
    for found in reader.facts.found.get("tempo", ()):
        figures = re.findall(r"[\dx]", found.value.lower())
        if "x" in figures:
            reader.guess(f"x in the tempo {found.value} is taken as 1 s")
        phases = [1.0 if figure == "x" else float(figure) for figure in figures]
        if len(phases) == 3:  # noqa: PLR2004 - a phase is missing
            phases.append(0.0)
            reader.guess(f"the tempo {found.value} is taken as lowering, pause, lifting: {Tempo(*phases)}")
        return Tempo(*phases)
    return None


def _most(reader: _Reader) -> tuple[Work, Range] | None:
    """Read as long, or as many, as one can."""
    facts = reader.facts
    said = _said(reader, "most").lower()
    if facts.of("reps") or len(facts.bare) > 1 or facts.pyramid:
        reader.notes.append(said)
        return None
    sets = facts.of("sets") or (facts.bare[0].value if facts.bare else None) or facts.of("times")
    time = _hold(reader) or facts.of("time")
    is_still = bool(_STRETCHED.search(reader.name))
    if re.search(r"amrap|amap|many|reps", said) or (re.fullmatch(r"max(?:imum)?", said) and not is_still):
        if time:
            reader.notes.append(said)
            return Timed(time), sets or ONCE
        message = "as many as one can is no figure; write reps or a time"
        raise ValueError(message)
    if time and "max" not in said:
        reader.notes.append(said)
        return None
    aim = re.search(r"\d+ ?(?:s|m|\"|')|:\d\d", _said(reader, "aim"))
    if not time and aim:
        from_aim = re.search(r"\d.*|:\d\d.*", _said(reader, "aim"))
        time = read_time(from_aim[0].split("(")[0]) if from_aim else None
    if not time:
        if "max" not in said and not is_still and "long" not in said:
            message = f"'{said}' is no figure; write reps or a time"
            raise ValueError(message)
        time = Range.just(LONG_HOLD)
        reader.guess(f"'{said}' is taken as up to {LONG_HOLD} s")
    return Open(time), sets or _once(reader)


def _breaths(reader: _Reader) -> tuple[Work, Range] | None:
    facts = reader.facts
    count = read_range(facts.found["breaths"][0].value)
    many = facts.of("sets") or facts.of("times") or facts.of("reps")
    many = many or (facts.bare[0].value if facts.bare else None)
    if facts.of("time") or _hold(reader):
        reader.notes.append(_said(reader, "breaths"))
        return None
    length = BREATH.inward + BREATH.outward
    seconds = Range(count.low * length, count.high * length)
    pace = f"{number(BREATH.inward)} s in, {number(BREATH.outward)} s out"
    reader.guess(f"{count} breaths are taken as {seconds} s: {pace}")
    return Hold(seconds, BREATH), many or _once(reader)


def _on(reader: _Reader) -> tuple[Work, Range] | None:
    """Read intervals: so long on, so long off."""
    facts = reader.facts
    seconds = read_time(facts.found["on"][0].value)
    many = facts.of("sets") or facts.of("times") or (facts.bare[0].value if facts.bare else None)
    work = Hold(seconds) if _STILL_FIRST.search(reader.name) else Timed(seconds)
    return work, many or _once(reader)


def _distance(reader: _Reader) -> tuple[Work, Range] | None:
    facts = reader.facts
    if facts.of("time") or facts.of("reps") or _hold(reader) or len(facts.bare) > 1:
        reader.notes.append(_said(reader, "distance"))
        return None
    message = f"'{_said(reader, 'distance')}' is a distance; write reps or a time"
    raise ValueError(message)


_KINDS: dict[str, Callable[[_Reader], tuple[Work, Range] | None]] = {
    "most": _most,
    "distance": _distance,
    "breaths": _breaths,
    "on": _on,
}


def _sides(reader: _Reader) -> tuple[tuple[Side, ...], bool]:
    found = reader.facts.found
    one = {"left" if match.value.lower().startswith("l") else "right" for match in found.get("one", ())}
    if len(one) > 1:
        message = "left and right are given apart; write a line for each side"
        raise ValueError(message)
    if "unclear side" in found:
        reader.guess(f"which side is meant by '{_said(reader, 'unclear side').strip('()')}' is not said")
    if one:
        return (Side(min(one)),), True
    if "both" not in found:
        return (), False
    said = " ".join(match.text.lower() for match in found["both"])
    if re.search(r"\b(?:way|direction|dir)", said):
        if _CIRCLES.search(reader.name):
            reader.guess(f"'{said}' is kept as a note: two directions are not two sides")
            reader.notes.append(said)
            return (), False
        reader.guess(f"'{said}' is taken as each side")
    return BOTH_SIDES, False


def _rest(reader: _Reader) -> float | None:
    for found in reader.facts.found.get("rest", ()):
        value = read_time(found.value)
        bounds = BOUNDS["rest"]
        if not bounds.low <= value.low <= bounds.high:
            reader.notes.append(found.text.strip("() "))
            reader.guess(f"a rest of {value} s is kept as a note: it is outside {bounds}")
            return None
        if value.low != value.high:
            reader.guess(f"a rest of {value} s is taken as {number(value.low)} s")
        return value.low
    return None


def _unused(reader: _Reader, work: Work) -> None:
    """Keep what found no place in the dose as notes, and say so."""
    facts = reader.facts
    over = [
        found.text for kind in ("hold", "rest", "distance", "on") for found in facts.found.get(kind, ())[1:]
    ]
    if not isinstance(work, Reps):
        over += [found.text for found in facts.found.get("tempo", ())]
    for kind in ("time", "sets", "reps", "times"):
        over += [figure.text for figure in facts.figures if figure.kind == kind][1:]
    bare = facts.bare
    over += [figure.text for figure in facts.figures if figure.kind == "bare" and figure not in bare[:3]]
    named = [figure.text for figure in facts.figures if figure.kind in {"sets", "times"}]
    over += named if len(bare) > 1 else named[1:] if bare or facts.of("reps") else []
    for text in over:
        if text.strip("() ") not in reader.notes:
            reader.notes.append(text.strip("() "))
            reader.guess(f"'{text.strip('() ')}' found no place in the dose and is kept as a note")


def _vague(reader: _Reader) -> None:
    """Say what was taken to be exact."""
    figures = [(figure.text, figure.value, figure.kind == "time") for figure in reader.facts.figures]
    for kind in ("hold", "on"):
        figures += [
            (found.value, read_time(found.value), True) for found in reader.facts.found.get(kind, ())[:1]
        ]
    for text, value, is_time in figures:
        if re.search(r"[+~<>=]", text):
            reader.guess(f"'{text.strip()}' is taken as {value}{' s' if is_time else ''}")
