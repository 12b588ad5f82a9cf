"""Movement or stillness: what an exercise is by its name, where a time alone is written."""

import re

_ROLLED = re.compile(
    r"\b(?:foam ?roll\w*|roll(?:ing)? out (?:the |your )?(?:quad|it ?b|cal[fv]|glute|ham|adductor|lat|tfl|"
    r"pirif|back|hip|thigh|foot|feet)\w*|"
    r"roll(?:er|ing|s)?(?![ -]?(?:ups?|downs?|outs?))|massage|lacrosse|tennis ball|lax ball|spiky ball|"
    r"ball (?:on|under|to)|peanut|smash|release|trigger|theragun)\b(?!.*\b(?:plank|hold|wall sit)\b)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:bik(?:e|ing)|cycl(?:e|ing)|spin|walk(?:s|ing)?|run(?:s|ning)?|jog(?:s|ging)?|march(?:es|ing)?|"
    r"row(?:s|ing|er|erg)?|ergo?|elliptical|"
    r"treadmill|skip(?:s|ping)?|rope|climbers?|burpees?|shuffles?|danc\w+|swim\w*|stairs?|stairmaster|"
    r"steps?(?:-?(?:ups?|downs?))?|flow|circles?|swings?|cardio|"
    r"cat[-/ ](?:cow|camel)|slides?|pumps?|(?:high|butt) ?(?:knees|kicks?)|boxing|jacks?|hops?|jumps?|"
    r"jumping|push-?ups?|press(?:es|-?ups)?|sit[- ]?ups?|crunch(?:es)?|"
    r"lunges?|squats?|curls?|"
    r"raises?|kicks?|taps?|rotations?|twists|russian twist|switch(?:es)?|swaps?|carr(?:y|ies)|"
    r"crawls?|sled|pull-?ups?|dips?|thrusters?|snatch(?:es)?|"
    r"cleans?|bounds?|skaters?|mobility|mobili[sz]ations?|pendulums?|flossing|floss|glides?|nods?|tilts?|"
    r"rocks?|rocking|drills?|agility|sprints?|warm[- ]?up|"
    r"cool[- ]?down|hike|yoga|tai chi|arm ?bike|ube|trampoline|ladder|deadlifts?|bridges|deadbugs?|"
    r"clam(?:shell)?s?|circuit|sit[- ]to[- ]stands?|thread the needle|scrunches|pick-?ups|hugs?|"
    r"roll-?outs?|walk-?outs?|inch ?worms?|wipers?|angels?|extensions?|flexions?|openers?|reach(?:es)?|"
    r"chops?|throws?|slams?|punch(?:es)?|pulses?|thrusts?|rows|fly(?:e?s)?|flies|pull-?aparts?|shrugs?|"
    r"lifts?|abductions?|adductions?|flutter|scissors?|bicycles?|breathing|pranayama|nadi shodhana|strides?|"
    r"intervals?|pulleys?|ropes?|tempo run|exercise bike|skiing|ski ?erg|dribbl\w+|juggling|training|"
    r"pedals?|pedall?ing|jumping|skating|cross[- ]?trainer|stepper|sweeps?)\b",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(?:bik(?:e|ing)|cycling|walk(?:s|ing)?|run(?:s|ning)?|jog(?:s|ging)?|row(?:er|ing|erg)|elliptical|"
    r"treadmill|skip(?:s|ping)?|rope|climbers?|burpees?|jacks?|swim\w*|stairs?|stairmaster|march(?:es|ing)?|"
    r"breathing|sprints?|cardio)\b",
    re.IGNORECASE,
)
_STRETCHING = re.compile(r"\b(?:stretching|flexibility|yin|isometrics?|holds)\b", re.IGNORECASE)
_STILL_FIRST = re.compile(
    r"\b(?:holds?|planks?|isometric|iso|stretch(?:es)?|wall sits?|pose|hang)\b", re.IGNORECASE
)
_ROLLING_STAGE = re.compile(r"\b(?:roll|rolling|foam|release|smr|massage)\b", re.IGNORECASE)
_CIRCLES = re.compile(r"\b(?:circle|circles|roll|rolls|pendulum|alphabet|cw|clockwise)\b", re.IGNORECASE)
_STRETCHED = re.compile(
    r"\b(?:stretch(?:es)?|planks?|holds?|wall sits?|hang|pose|balance|leg stand|pigeon|cobra|couch)\b",
    re.IGNORECASE,
)


def moves(name: str, stage: str) -> bool:
    """Tell whether a time is movement, by the name of the exercise and of its stage."""
    if _ROLLED.search(name) or _ROLLING_STAGE.search(stage):
        return True
    return not is_plainly_still(name) and bool(_MOVED.search(name))


def surely_moves(name: str, stage: str) -> bool:
    """Tell whether a time can be nothing but movement: rolling, walking and the like."""
    return bool(_ROLLED.search(name) or _ROLLING_STAGE.search(stage) or _SURE.search(name))


def surely_held(name: str, stage: str) -> bool:
    """Tell whether a time can be nothing but a hold: a stretch, a plank, a balance."""
    return (
        is_position(name) or is_plainly_still(name) or is_position(stage) or bool(_STRETCHING.search(stage))
    )


def is_plainly_still(name: str) -> bool:
    """Tell whether a name says that a position is held, whatever else it says."""
    return bool(_STILL_FIRST.search(name))


def is_position(name: str) -> bool:
    """Tell whether a name is one of a stretch, a plank, a balance."""
    return bool(_STRETCHED.search(name))


def is_timed(name: str) -> bool:
    """Tell whether a figure without a unit can be seconds of it."""
    is_moved = _MOVED.search(name) and not re.search(r"holds?\b|stretch", name, re.IGNORECASE)
    return is_position(name) and not is_moved


def goes_round(name: str) -> bool:
    """Tell whether the two directions of it are not two sides."""
    return bool(_CIRCLES.search(name))
