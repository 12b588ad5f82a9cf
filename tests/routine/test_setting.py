from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.own import STARTER
from voicecoach.routine.address import slug
from voicecoach.routine.files import parse
from voicecoach.routine.keys import EXERCISE_KEYS
from voicecoach.routine.setting import apply_settings
from voicecoach.routine.shelf import LIBRARY

TEXT = """\
# mine
title = "Hips"   # of the house

[[stage]]
title = "Roll"
    # about rolling

[[stage.exercise]]
  name = "Piriformis"
  dose = "1-2 x 30-60 s per side"   # as June said
# the next one

[[stage.exercise]]
name = "Bridge"
reps = [8, 12]
per_side = true
tempo = "3-1-1-0"

[[stage]]
title = "Move"
exercise = [{ name = "March", time = 30, rest = 20 }, { name = "Wait", dose = "30 s wait" },
  { name = "Press", dose = "6 s contract, 20 s deepen" }]
"""


def changed(*asked: str, text: str = TEXT) -> list[tuple[str, str]]:
    """Return the lines that settings change, before and after."""
    after, _ = apply_settings(text, "hips.toml", asked)
    return [
        (one, other)
        for one, other in zip_longest(text.splitlines(), after.splitlines(), fillvalue="")
        if one != other
    ]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("piriformis.hold=60", '  dose = "1-2 x 60 s, per side"   # as June said'),
        ("roll.piriformis.hold=30-45", '  dose = "1-2 x 30-45 s, per side"   # as June said'),
        ("1.1.sets=2-3", '  dose = "2-3 x 30-60 s, per side"   # as June said'),
        ("piriformis.hold = 1-2m", '  dose = "1-2 x 60-120 s, per side"   # as June said'),
        ("piriformis.breath=4-6", '  dose = "1-2 x 30-60 s, breathing 4-6, per side"   # as June said'),
        ("piriformis.sides=right first", '  dose = "1-2 x 30-60 s, right first"   # as June said'),
        ("piriformis.per_side=false", '  dose = "1-2 x 30-60 s"   # as June said'),
        ("piriformis.dose=3 x 10", '  dose = "3 x 10"   # as June said'),
        ("bridge.reps=15", "reps = 15"),
        ("bridge.tempo=2-0-2-0", 'tempo = "2-0-2-0"'),
        ("title=Evening hips", 'title = "Evening hips"   # of the house'),
        ('roll.title=Roll "it"', 'title = "Roll \\"it\\""'),
        (
            "march.time=1:30",
            'exercise = [{ name = "March", time = 90, rest = 20 }, { name = "Wait", dose = "30 s wait" },',
        ),
        (
            "march.rest=",
            'exercise = [{ name = "March", time = 30 }, { name = "Wait", dose = "30 s wait" },',
        ),
        (
            "wait.wait=60",
            'exercise = [{ name = "March", time = 30, rest = 20 }, { name = "Wait", dose = "60 s wait" },',
        ),
        ("press.relax=4", '  { name = "Press", dose = "1 x 6 s contract, 4 s relax, 20 s deepen" }]'),
        ("press.rest=30", '  { name = "Press", dose = "6 s contract, 20 s deepen", rest = 30 }]'),
    ],
)
def test_a_value_is_replaced_in_its_place(asked: str, line: str) -> None:
    """One line changes, comments and layout stay, and a part of a dose is changed inside it."""
    ((_, after),) = changed(asked)
    assert line == after


@pytest.mark.parametrize(
    ("asked", "old", "new"),
    [
        ("pace=gentle", "of the house\n", 'of the house\npace = "gentle"\n'),
        ("roll.rounds=2", 'title = "Roll"\n', 'title = "Roll"\nrounds = 2\n'),
        ("piriformis.rest=15", "as June said\n", "as June said\n  rest = 15\n"),
        ('bridge.equipment=["mat", "wall"]', '3-1-1-0"\n', '3-1-1-0"\nequipment = ["mat", "wall"]\n'),
        ("bridge.tempo=", '\ntempo = "3-1-1-0"\n', "\n"),
        ("date=2026-06-01", "of the house\n", "of the house\ndate = 2026-06-01\n"),
        (
            "bridge.sides=left only",
            'per_side = true\ntempo = "3-1-1-0"\n',
            'tempo = "3-1-1-0"\nsides = "left only"\n',
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_keys_are_added_and_taken_out(asked: str, old: str, new: str, line_end: str) -> None:
    """A new key stands after the others of its table, in its indent and line ends."""
    text = TEXT.replace("\n", line_end)
    after, _ = apply_settings(text, "hips.toml", [asked])
    assert TEXT.replace(old, new, 1).replace("\n", line_end) == after


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_tables_between_stay_where_they_are(line_end: str, end: str) -> None:
    """A table between two stages is not moved, and a header stays as it is spelled."""
    before, after = (
        f"""title = "x"
date = 2026-06-01  # today{added}
[[stage]]
title = "A"
[[ stage . "exercise" ]]
name = "N"  # {{a}}
hold = {hold}

[pronunciation]  # between
Om = "ohm"
[[stage]]
title = "B"
exercise = [ {{ name = "I" , dose = "{dose}"{rest} }} ]"""
        for hold, dose, rest, added in [
            (20, "10 s", "", ""),
            (30, "1 x 15 s", ", rest = 5", '\npace = "gentle"'),
        ]
    )
    asked = ["n.hold=30", "i.hold=15", "i.rest=5", "pace=gentle"]
    made, _ = apply_settings((before + end).replace("\n", line_end), "x", asked)
    assert (after + end).replace("\n", line_end) == made


def test_several_at_once() -> None:
    """Two parts of one dose are changed after one another, and each change is told."""
    after, edits = apply_settings(
        TEXT, "hips.toml", ["piriformis.hold=60", "piriformis.sets=3", "pace=brisk"]
    )
    assert '"3 x 60 s, per side"' in after
    assert [
        '1.1 Piriformis: dose: "1-2 x 30-60 s per side" -> "1-2 x 60 s, per side"',
        '1.1 Piriformis: dose: "1-2 x 60 s, per side" -> "3 x 60 s, per side"',
        'pace: nothing -> "brisk"',
    ] == [str(edit) for edit in edits]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("piriformis", "write ADDRESS.KEY=VALUE"),
        ("=3", "write ADDRESS.KEY=VALUE"),
        ("piriformi.hold=3", "the routine has no 'piriformi' (did you mean 'piriformis'"),
        ("../../x.hold=3", "the routine has no '../../x'"),
        ("piriformis.hols=3", "has no 'hols' to set (did you mean 'hold'"),
        ("paec=gentle", "a routine has no 'paec' to set (did you mean 'pace'"),
        ("pace=fast", "pace=fast: wanted one of gentle, steady, brisk"),
        ("stage=3", "a routine has no 'stage' to set"),
        ("piriformis.hold=soon", "'soon' is not a duration"),
        ("piriformis.hold=0", "hold: 0 is outside 1 to 3600 s"),
        ("piriformis.sets=3-2", "the range 3-2 runs backwards"),
        ("piriformis.sets=two", "'two' is not a whole number"),
        ("piriformis.tempo=3-1-1-0", "only reps have a tempo"),
        ("piriformis.wait=30", "it is not a wait"),
        ("piriformis.hold=", "it is a part of the dose"),
        ("piriformis.rest=", "there is nothing to take out"),
        ("piriformis.dose=", "no dose; write dose"),
        ("bridge.dose=30 s", "give either dose or per_side, reps, not both"),
        ("wait.sets=2", "has no sets"),
        ("title=", "a routine has a title"),
        ("title=...", "wanted a name with a letter or digit"),
        ("roll.aim=relax", "wanted one of roll, stretch"),
    ],
)
def test_what_cannot_be_set(asked: str, reason: str) -> None:
    """One line says why, and a setting before it is not made either."""
    with pytest.raises(ChoiceError) as caught:
        apply_settings(TEXT, "hips.toml", ["pace=gentle", asked])
    assert reason in str(caught.value)
    assert 1 == len(str(caught.value).splitlines())


def test_a_routine_with_problems_is_not_changed() -> None:
    """Its problems are told instead."""
    with pytest.raises(RoutineError, match="unknown key"):
        apply_settings(TEXT.replace("reps =", "rps ="), "hips.toml", ["pace=gentle"])


TEXTS = (
    TEXT,
    STARTER.read_text(encoding="utf-8"),
    (LIBRARY / "hip-mobility.toml").read_text(encoding="utf-8"),
)
ASKED = st.tuples(
    st.sampled_from(TEXTS[:2]),
    st.integers(0, 40),
    st.sampled_from(sorted(EXERCISE_KEYS)),
    st.sampled_from(
        ["30", "2-3", "1:30", "true", "left only", "lying", "4-6", "3-1-1-0", "", '["mat"]', "mat"]
    )
    | st.text(max_size=20),
)


@settings(deadline=None)
@given(ASKED)
def test_any_setting(asked: tuple[str, int, str, str]) -> None:
    """Whatever is asked, what comes out is a routine with all comments, or it is refused in one line."""
    text, number, key, value = asked
    routine = parse(text, "x")
    addresses = [
        f"{stage}.{place}"
        for stage, one in enumerate(routine.stages, 1)
        for place, _ in enumerate(one.exercises, 1)
    ]
    try:
        after, (edit,) = apply_settings(text, "x", [f"{addresses[number % len(addresses)]}.{key}={value}"])
    except ChoiceError:
        return
    assert parse(after, "x")
    assert edit.after in after
    comments = [line for line in text.split("\n") if line.startswith("#")]
    assert comments == [line for line in after.split("\n") if line.startswith("#")]
    assert abs(after.count("\n") - text.count("\n")) <= 1 + edit.before.count("\n")


def test_names_of_the_bundled_routine_can_be_addressed() -> None:
    """Each exercise of a bundled routine takes a new rest by its stage and name."""
    text = TEXTS[2]
    for stage in parse(text, "x").stages:
        for exercise in stage.exercises:
            after, _ = apply_settings(text, "x", [f"{slug(stage.title)}.{slug(exercise.name)}.rest=33"])
            assert "rest = 33" in after
