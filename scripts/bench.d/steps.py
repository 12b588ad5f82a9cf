"""How the time to plan grows with the length of a routine, and how soon a long one can begin."""

from collections.abc import Iterator
from itertools import islice
from statistics import median

from bench import Bench, in_turns, say, say_all

from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Sound, Tone
from voicecoach.routine.dose import parse_dose
from voicecoach.routine.model import Exercise, Routine, Stage

SIZES = (1_000, 10_000, 100_000)
STAGE = 50
"""Exercises of a stage, where there are several."""
DOSES = ("2 x 30 s per side", "3 x 10 reps", "1 x 60 s moving per side", "2 x 60 s, breathing 4-6")
TIMES = 5
FIRST = 3
"""Segments until the first exercise is announced."""


def measure(bench: Bench) -> None:
    """Plan routines of more and more steps, in many stages and in a single one; every length is known."""
    for what, stage in (("in stages of 50 exercises", STAGE), ("in one stage", None)):
        planners = {size: planner(size, stage) for size in SIZES}
        taken = in_turns(
            bench.times(TIMES), *(lambda one=one: plan(one.segments(length)) for one in planners.values())
        )
        for size, seconds in zip(SIZES, taken, strict=True):
            say(f"plan {size:,} steps {what}, each", 1e6 * median(seconds) / size, "us")
        say("  a step of the longest, to one of the shortest", median(taken[-1]) / median(taken[0]) / 100)
    longest = planners[SIZES[-1]]
    first, estimate = in_turns(
        bench.times(TIMES),
        lambda: plan(islice(longest.segments(length), FIRST)),
        lambda: routine_seconds(longest.routine),
    )
    say_all(f"the first {FIRST} segments of the longest, in one stage", first)
    say_all("an estimate of its length", estimate)


def planner(steps: int, stage: int | None) -> Planner:
    """Return the planner of a routine that has as many steps, and a few more."""
    exercises: list[Exercise] = []
    unrolled = 0
    while unrolled < steps:
        dose = parse_dose(DOSES[len(exercises) % len(DOSES)])
        exercises.append(Exercise(f"Exercise {len(exercises)}", dose.work, dose.sets, dose.sides))
        unrolled += 1 + 2 * int(dose.sets.low) * max(1, len(dose.sides))
    size = stage or len(exercises)
    stages = [
        Stage(
            f"Stage {start}", tuple(exercises[start : start + size]), reminders=("Keep breathing.", "Let go.")
        )
        for start in range(0, len(exercises), size)
    ]
    return Planner(Routine("Long", tuple(stages)), load_phrases("en"))


def plan(segments: Iterator[Segment]) -> None:
    """Plan, and keep nothing."""
    for _ in segments:
        pass


def length(sound: Sound) -> int:
    """Tell a length at once: 60 ms a character, 400 ms a tone."""
    return round(SAMPLE_RATE * (0.4 if isinstance(sound, Tone) else 0.2 + 0.06 * len(sound.text)))
