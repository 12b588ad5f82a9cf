"""Routines made at random, and the doubles that plans are tested with."""

from hypothesis import strategies as st

from voicecoach.plan.timeline import SAMPLE_RATE, Sound, Tone
from voicecoach.routine.model import (
    BOTH_SIDES,
    Exercise,
    Hold,
    Posture,
    Reps,
    Routine,
    Side,
    Stage,
    Starts,
    Timed,
)
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import Range, Tempo
from voicecoach.units import frames

NAMES = st.sampled_from(["Quads", "Calves", "Pigeon", "Clam", "Standing single-leg hip flexion"])


def sixty_ms_a_character(sound: Sound) -> int:
    """Measure without a voice: tones last 400 ms, ticks and reps 100, speech 60 ms a character."""
    if isinstance(sound, Tone):
        return frames(0.1 if sound.name in {"tick", "rep"} else 0.4, SAMPLE_RATE)
    return frames(0.06 * len(sound.text) + 0.2, SAMPLE_RATE)


def ranges(low: int, high: int) -> st.SearchStrategy[Range]:
    """Return ranges within whole bounds, both ends included."""
    figures = st.integers(low, high)
    return st.tuples(figures, figures).map(lambda pair: Range(float(min(pair)), float(max(pair))))


TEMPOS = st.builds(
    Tempo,
    eccentric=st.sampled_from([1.0, 1.5, 3.0]),
    stretched=st.sampled_from([0.0, 1.0]),
    concentric=st.sampled_from([1.0, 2.0]),
    contracted=st.sampled_from([0.0, 1.0]),
)
REPS = st.builds(
    Reps,
    count=ranges(1, 15),
    tempo=st.none() | TEMPOS,
    hold=st.none() | ranges(1, 6),
    starts=st.sampled_from(Starts),
)
WORK = st.builds(Hold, ranges(1, 200)) | st.builds(Timed, ranges(1, 200)) | REPS
EXERCISES = st.builds(
    Exercise,
    name=NAMES,
    work=WORK,
    sets=ranges(1, 4),
    sides=st.sampled_from([(), BOTH_SIDES, (Side.LEFT,), (Side.RIGHT,)]),
    rest=st.none() | st.floats(2, 90),
    instruction=st.sampled_from(["", "Lie down. Breathe.", "Keep the back long and let the hip sink."]),
    posture=st.none() | st.sampled_from(Posture),
    equipment=st.sampled_from([(), ("roller",), ("roller", "ball")]),
    optional=st.none() | st.integers(1, 9),
)
STAGES = st.builds(
    Stage,
    title=st.sampled_from(["Roll", "Stretch"]),
    exercises=st.lists(EXERCISES, min_size=1, max_size=3).map(tuple),
    purpose=st.sampled_from(["", "To loosen up."]),
)
ROUTINES = st.builds(
    Routine,
    title=st.just("Hips"),
    stages=st.lists(STAGES, min_size=1, max_size=2).map(tuple),
    caution=st.just("Stop on pain."),
    pace=st.sampled_from(list(PACES.values())),
)
