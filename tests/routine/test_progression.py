import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.routine.progression import OFF, Increment, Quantity, Rule, format_rule, parse_rule
from voicecoach.routine.quantities import BOUNDS

INCREMENTS = st.builds(
    lambda quantity, figures: Increment(quantity, min(figures), max(figures)),
    st.sampled_from(Quantity),
    st.tuples(st.integers(1, 100), st.integers(1, 100)),
)
RULES = st.builds(
    Rule,
    after=st.integers(1, 50),
    increments=st.lists(INCREMENTS, max_size=6).map(tuple),
    to_next_form=st.booleans(),
).map(lambda rule: OFF if rule.is_off else rule)
HOLD_THEN_SETS = Rule(3, (Increment(Quantity.HOLD, 5, 45), Increment(Quantity.SETS, 1, 3)), to_next_form=True)


@given(RULES)
def test_what_is_written_is_read(rule: Rule) -> None:
    """A rule reads back as it was written."""
    assert rule == parse_rule(format_rule(rule))


@pytest.mark.parametrize(
    "text",
    [
        "after 3 easy: hold +5 s to 45 s, sets +1 to 3, next form",
        "after 3 easy sessions: +5 s hold up to 45 s, then +1 set up to 3, then the next form",
        "After three easy sessions in a row: hold +5 s up to 45 s, sets +1 up to 3, and then the next form.",
        "hold +5 to 45; sets +1 to 3; next form",
        "after 3 easy ones, add 5 s to the hold up to 45 s, 1 set up to 3 sets, go on to the next exercise",
        "after 3 easy: hold by 5 sec until 0:45 and sets by 1 until 3 and the harder form",
    ],
)
def test_reads_what_clinicians_write(text: str) -> None:
    """The same rule in the words of several people."""
    assert HOLD_THEN_SETS == parse_rule(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("off", OFF),
        ("next form", Rule(to_next_form=True)),
        ("after 2 easy: reps +2 to 12", Rule(2, (Increment(Quantity.REPS, 2, 12),))),
        ("time +1 min to 2 min", Rule(increments=(Increment(Quantity.TIME, 60, 120),))),
    ],
)
def test_reads_the_rest(text: str, rule: Rule) -> None:
    """None at all, a form alone, counts, minutes."""
    assert rule == parse_rule(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "does not say what gets harder"),
        ("after 3 easy:", "does not say what gets harder"),
        ("after 3: hold +5 s to 45 s", "does not say after how many easy sessions"),
        ("after many easy: hold +5 s to 45 s", "'many' is no number of easy sessions"),
        ("after 0 easy: hold +5 s to 45 s", "after: 0 is outside 1 to 50 easy sessions"),
        ("+5 s to 45 s", "does not say of what; write hold, time, reps or sets"),
        ("hold +5 s sets to 45 s", "names two quantities"),
        ("hold +5 s", "is not a rule of progress (at 'hold +5 s')"),
        ("hold harder", "is not a rule of progress (at 'hold harder')"),
        ("next form, sets +1 to 3", "the next form comes last"),
        ("sets +1 s to 3 s", "'1 s' is a time, and sets are counted"),
        ("hold +2.5 s to 45 s", "2.5 is not a whole number"),
        ("hold +0 s to 45 s", "a step is 1 or more"),
        ("hold +50 s to 45 s", "no more than its end"),
        ("sets +1 to 300", "sets: 300 is outside 1 to 100 sets"),
        ("; ".join(["sets +1 to 3"] * 7), "it has 7 increments; at most 6"),
    ],
)
def test_says_what_was_wanted(text: str, reason: str) -> None:
    """What is no rule is refused with what was read and what was wanted."""
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_rule(text)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            ["after", "3", "easy", ":", "hold", "+5", "s", "to", "45", ",", "then", "sets", "next form"]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is written is a rule within the bounds, or a ValueError."""
    try:
        rule = parse_rule(text)
    except ValueError:
        return
    for increment in rule.increments:
        BOUNDS[increment.quantity].check(increment.quantity, increment.up_to)
