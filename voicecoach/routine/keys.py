"""The keys of a routine file: tables of their names, kinds and meanings.

A reader of the file, the schema for editors and ``voicecoach set`` all go by these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.routine import kinds
from voicecoach.routine.kinds import Kind, choice, counts, lengths, seconds
from voicecoach.routine.model import BOTH_SIDES, Aim, Order, Posture, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.work import Starts


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a routine file."""

    kind: Kind
    meaning: str
    """For people, as editors show it beside the key."""


SIDES: Mapping[str, tuple[tuple[Side, ...], bool]] = MappingProxyType(
    {
        "both": (BOTH_SIDES, False),
        **{f"{side} first": ((side, side.other), False) for side in Side},
        **{side.value: ((side,), False) for side in Side},
        **{f"{side} only": ((side,), True) for side in Side},
    }
)
"""The sides in their order, and whether one alone is meant."""

ORDERS: Mapping[str, Order] = MappingProxyType({order.value: order for order in Order})

EXERCISE_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "name": Key(kinds.NAME, "What the exercise is called; it is called out."),
        "dose": Key(kinds.DOSE, "How much, as clinicians write it: SETS x AMOUNT, and the sides."),
        "sets": Key(counts("sets"), "How many sets, or from how many to how many; the pace chooses."),
        "hold": Key(lengths("hold", "hold in each rep"), "Seconds of a hold; beside reps, in each of them."),
        "time": Key(lengths("time"), "Seconds of movement."),
        "reps": Key(counts("reps"), "How many reps, counted aloud."),
        "contract": Key(lengths("contract"), "Seconds of pressing, before a stretch; deepen goes with it."),
        "deepen": Key(lengths("hold"), "Seconds of the stretch after pressing."),
        "relax": Key(seconds("relax"), "Seconds between pressing and stretching; else the pace's."),
        "open": Key(lengths("open"), "Seconds of a hold with an open end, at most."),
        "wait": Key(lengths("wait"), "Wait until a key is pressed; in a recording, for so many seconds."),
        "breath": Key(kinds.BREATH, "Seconds in and out at which the breath is paced in a hold."),
        "per_side": Key(kinds.FLAG, "Whether each side does the dose."),
        "sides": Key(choice(SIDES), "Which sides do the dose, and in which order."),
        "order": Key(choice(ORDERS), "Each set on both sides in turn, or all sets of one side first."),
        "rest": Key(seconds("rest"), "Seconds between two sets; else the pace's."),
        "tempo": Key(kinds.TEMPO, "Seconds of the phases of a rep: lowering, pause, lifting, pause."),
        "starts": Key(
            choice({start.value: start for start in Starts}),
            "The movement that a rep begins with; down is usual.",
        ),
        "instruction": Key(kinds.TEXT, "What to do, said in full the first time; for closed eyes."),
        "caution": Key(kinds.TEXT, "What to beware of; said with the instruction."),
        "muscle": Key(kinds.LINE, "What it works on; doses are added up for each muscle."),
        "equipment": Key(kinds.NAMES, "What it takes; there is time to fetch it."),
        "posture": Key(
            choice({posture.value: posture for posture in Posture}),
            "What the body does meanwhile; there is time to change it.",
        ),
        "optional": Key(kinds.RANK, "The rank in which it may be left out when time is short, 1 first."),
        "reminders": Key(kinds.LINES, "Short encouragements, in place of those of the stage."),
        "say": Key(kinds.SAYINGS, "What is said at moments of each set; at counts seconds from its start."),
        "next": Key(kinds.FORM, "Its harder form: the name of a [[form]], or ROUTINE/EXERCISE."),
        "easier": Key(kinds.FORM, "Its easier form: the name of a [[form]], or ROUTINE/EXERCISE."),
        "progress": Key(kinds.RULE, "How it gets harder after easy sessions, or off; else as is usual."),
    }
)
"""The keys of a ``[[stage.exercise]]``."""

FORM_KEYS: Mapping[str, Key] = MappingProxyType(
    {key: row for key, row in EXERCISE_KEYS.items() if key not in {"wait", "optional"}}
)
"""The keys of a ``[[form]]``: those of an exercise. Its rank is that of the exercise whose place it takes."""

STAGE_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "title": Key(kinds.NAME, "What the stage is called; it is announced."),
        "purpose": Key(kinds.TEXT, "What the stage is for; said before it."),
        "aim": Key(
            choice({aim.value: aim for aim in Aim}), "What it does for the body: the guideline of its doses."
        ),
        "rounds": Key(counts("rounds"), "How often all its exercises are done, one after another."),
        "rest": Key(seconds("rest"), "Seconds between two rounds; else the pace's."),
        "reminders": Key(kinds.LINES, "Short encouragements for the quiet parts of its exercises."),
        "music": Key(kinds.PATH, "A file or folder of music, seen from where the routine file is."),
        "exercise": Key(kinds.TABLES, "The exercises, in their order."),
    }
)
"""The keys of a ``[[stage]]``."""

ROUTINE_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "schema": Key(kinds.VERSION, "The version of the format of the file; 1 may be left out."),
        "title": Key(kinds.NAME, "What the routine is called."),
        "language": Key(kinds.LANGUAGE, "Of the texts, and of the voice: en, or pt-br."),
        "introduction": Key(kinds.TEXT, "What it is for; said once, at the start."),
        "caution": Key(kinds.TEXT, "The safety words; always said at the start."),
        "source": Key(kinds.TEXT, "Where the routine and its doses come from; shown, not spoken."),
        "date": Key(kinds.DATE, "The date of files that are made from it."),
        "pace": Key(choice(PACES), "How briskly it is coached, unless it is asked for otherwise."),
        "pronunciation": Key(kinds.WORDS, "Words that a voice gets wrong, and how to spell them for it."),
        "stage": Key(kinds.TABLES, "The stages, in their order."),
        "form": Key(kinds.TABLES, "Harder and easier forms, done only in the place of an exercise."),
    }
)
"""The keys at the top of a routine file."""

PLAIN_WORK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reps": ("hold",),
        "contract": ("deepen", "relax"),
        "hold": (),
        "time": (),
        "open": (),
        "wait": (),
    }
)
"""The key that tells a kind of work, and the keys that go with it. The first one there decides."""
PLAIN_DOSE = ("sets", "per_side", "sides", *PLAIN_WORK, "deepen", "relax")
"""The keys of an exercise that together say what ``dose`` says in one line."""
