"""Routines made at random, and the doubles that plans are tested with."""

from hypothesis import strategies as st

from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Sound, Speech, Tone
from voicecoach.routine.model import BOTH_SIDES, Aim, Exercise, Order, Posture, Routine, Side, Stage
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import ONCE, Breath, Range, Tempo
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Saying, Starts, Timed, Wait
from voicecoach.units import frames

NAMES = st.sampled_from(["Quads", "Calves", "Pigeon", "Clam", "Standing single-leg hip flexion"])


def sixty_ms_a_character(sound: Sound) -> int:
    """Measure without a voice: tones last 400 ms, ticks and reps 100, speech 60 ms a character."""
    if isinstance(sound, Tone):
        return frames(0.1 if sound.name in {"tick", "rep"} else 0.4, SAMPLE_RATE)
    return frames(0.06 * len(sound.text) + 0.2, SAMPLE_RATE)


def cue_names(segment: Segment) -> list[tuple[float, str]]:
    """Return what is heard in a segment, and when, in seconds; tones in angle brackets."""
    return [(event.onset / SAMPLE_RATE, cue_name(event.sound)) for event in segment.events]


def cue_name(sound: Sound) -> str:
    """Return a text, or the name of a tone in angle brackets."""
    return sound.text if isinstance(sound, Speech) else f"<{sound.name}>"


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
BREATHS = st.builds(Breath, st.sampled_from([2.0, 4.0]), st.sampled_from([3.0, 6.0]))
WORK = st.one_of(
    st.builds(Hold, ranges(1, 200), st.none() | BREATHS),
    st.builds(Timed, ranges(1, 200)),
    REPS,
    st.builds(ContractRelax, ranges(2, 20), ranges(1, 60), st.none() | st.sampled_from([2.0, 5.0, 20.0])),
    st.builds(Open, ranges(5, 200)),
)
REMINDERS = st.lists(
    st.sampled_from(["Keep breathing.", "Sink a little deeper.", "Slow strokes.", "Soften your jaw."]),
    max_size=4,
).map(tuple)
SAYINGS = st.lists(
    st.builds(
        Saying,
        at=st.integers(0, 200).map(float) | st.floats(0, 200),
        text=st.sampled_from(["Press into the floor.", "Look up.", "Now let the upper knee sink a little."]),
    ),
    max_size=4,
).map(tuple)
EXERCISES = st.builds(
    Exercise,
    name=NAMES,
    work=WORK,
    sets=ranges(1, 4),
    sides=st.sampled_from([(), BOTH_SIDES, BOTH_SIDES[::-1], (Side.LEFT,), (Side.RIGHT,)]),
    order=st.sampled_from(Order),
    rest=st.none() | st.floats(2, 90),
    instruction=st.sampled_from(["", "Lie down. Breathe.", "Keep the back long and let the hip sink."]),
    posture=st.none() | st.sampled_from(Posture),
    equipment=st.sampled_from([(), ("roller",), ("roller", "ball")]),
    optional=st.none() | st.integers(1, 9),
    reminders=REMINDERS,
    say=SAYINGS,
)
WAITS = st.builds(Exercise, name=st.just("Fetch your mat"), work=st.builds(Wait, ranges(5, 90)))
STAGES = st.builds(
    Stage,
    title=st.sampled_from(["Roll", "Stretch"]),
    exercises=st.lists(EXERCISES | EXERCISES | WAITS, min_size=1, max_size=3).map(tuple),
    purpose=st.sampled_from(["", "To loosen up."]),
    aim=st.none() | st.sampled_from(Aim),
    rounds=st.just(ONCE) | ranges(1, 3),
    rest=st.none() | st.floats(2, 90),
    reminders=REMINDERS,
)
ROUTINES = st.builds(
    Routine,
    title=st.just("Hips"),
    stages=st.lists(STAGES, min_size=1, max_size=2).map(tuple),
    caution=st.just("Stop on pain."),
    pace=st.sampled_from(list(PACES.values())),
)
