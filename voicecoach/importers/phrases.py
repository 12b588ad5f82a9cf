"""The phrases of a prescription: patterns, and how a line is taken apart by them.

Each pattern is looked for anywhere in a line, in the order of the table; what it finds is cut out, and a mark
stays in its place, so that no figure is read twice. What remains is the name and what else was said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.importers.quantities import RANGE, TIME

DOSE, ASIDE = "\x1f", "\x1e"
"""The marks of what was cut out: a part of the dose, and what is said besides. No tidy line has them."""

_PART = (
    r"(?:sides?|legs?|arms?|feet|foot|hands?|hips?|knees?|ankles?|shoulders?|limbs?|calf|calves|wrists?|"
    r"elbows?"
    r"|thighs?|heels?|hamstrings?|glutes?|quads?)(?![a-z])"
)
_END = rf"(?= ?(?:$|[,.;:)(/|{DOSE}{ASIDE}-]|x\b|\d|hold|for\b|rest|repeat|with\b|w/|then\b|and\b))"
_DAY = r"(?:days?|weeks?|wks?|nights?|mornings?|evenings?|hours?|months?|d\b|hrs?)(?![a-z])"
_PLACE = r"(?:(?:at|in|on|of) (?:the |each |every )?\w+(?: (?:position|range|rep|movement))?)"
_MOTION = (
    r"(?:hold|holds|held|holding|pause|pauses|squeeze|squeezes|iso(?:metric)?(?: hold)?s?|"
    r"static holds?)(?![a-z])"
)
_LEFT, _RIGHT = r"(?:left|(?-i:\bLt?\b\.?))", r"(?:right|(?-i:\bRt?\b\.?))"
_ONE = rf"(?:{_LEFT}|{_RIGHT})"
_PAIR = (
    r"(?:left|(?-i:\bL)|(?<=[\d(/ ])l(?=[/+&])) ?(?:/|\+|&|,|-|and|then|or) ?(?:right|r(?![a-z]))"
    r"|(?:right|(?-i:\bR)|(?<=[\d(/ ])r(?=[/+&])) ?(?:/|\+|&|,|-|and|then|or) ?(?:left|l(?![a-z]))"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


PHRASES: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        "link": (_any(r"<?\b(?:https?://|www\.)[^\s<>()]+>?"), ASIDE),
        "aim": (
            _any(
                r"\((?:aim|goal|target)[^()]*\)",
                r"\b(?:aim(?:ing)?|goal|target)(?: is| of| for|:)?:? ?[^,;()|]*",
            ),
            ASIDE,
        ),
        "progress": (
            _any(
                r"\(?\b(?:progress(?:ing)?|build(?:ing)?(?: up)?|work(?:ing)? (?:up|toward)s?|increas(?:e|"
                r"ing)|advance|up to) "
                r"(?:to|towards|by|until|from)? ?[^,;()|]*\d[^,;()|]*\)?(?<!up to)",
            ),
            ASIDE,
        ),
        "effort": (
            _any(
                r"@? ?\bRPE ?[:=]? ?\d{1,2}(?:\.5)?(?: ?- ?\d{1,2}(?:\.5)?)?(?: ?/ ?10)?",
                r"\b\d{1,2}(?:\.5)?(?: ?- ?\d{1,2})? ?RPE\b",
                r"\bRIR ?[:=]? ?\d(?: ?- ?\d)?|\b\d(?: ?- ?\d)? ?RIR\b",
                r"\b(?:pain|effort|intensity|discomfort|exertion)(?: level)?s? ?(?:of|at|:|<|<=|=|≤|under|"
                r"below|up to|no more than|max)* ?\d{1,2}(?: ?- ?\d{1,2})?(?: ?/ ?10)?",
                r"(?<![\d/])(?:10|\d)(?: ?- ?(?:10|\d))? ?/ ?10(?: (?:pain|effort|intensity|"
                r"discomfort|exertion)"
                r")?(?! ?(?:reps|each|per|ea\b|x\b))(?<!10/10)(?<!10 / 10)",
                r"(?:@ ?)?\b\d{1,3}(?: ?- ?\d{1,3})? ?%(?: ?(?:of )?(?:1 ?RM|max|MVC|HRmax|HR|effort|"
                r"body ?weight|BW|intensity))?",
                r"@ ?(?:[6-9]|10)(?:\.5)?(?![\d.:-]| ?(?:s|sec|min|kg|lb|x|reps?)\b)",
            ),
            ASIDE,
        ),
        "often": (
            _any(
                rf"\(?\b(?:(?:\d{{1,2}}(?: ?(?:-|to) ?\d{{1,2}})?) ?(?:x|times?|sessions?)?|once|twice|"
                rf"thrice|x ?\d)(?: ?/ ?|,? (?:a|per|each|every) ?){_DAY}\)?",
                r"\b(?:\d{1,2}(?: ?(?:-|to) ?\d{1,2})? ?(?:x|times?|sessions?) ?|once |twice |thrice |"
                r"x ?\d ?)(?:daily|weekly|hourly)\b",
                r"\b\d{1,2}(?: ?(?:-|to) ?\d{1,2})? ?x ?(?:day|week|wk)\b",
                rf"\b(?:every|each|per|a) (?:other |single |second |\d{{1,2}}(?: ?- ?\d{{1,2}})? ?)?{_DAY}",
                rf"\b\d(?:-\d)? {_DAY} ?(?:/|per|a|out of) ?(?:\d )?{_DAY}",
                r"\b(?:daily|weekly|hourly|nightly|every other day|alternate days|BID|TID|QID|QD|EOD)\b",
                r"\b(?:for|x) ?\d{1,2}(?: ?- ?\d{1,2})? (?:days|weeks|wks|months)\b",
                r"\b(?:am|morning) ?(?:and|&|/|\+) ?(?:pm|night|evening)\b",
                r"\b[1-7](?:-[1-7])?/(?:7|52|12)\b",
                r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day)?s?(?: ?[/,&] ?(?:mon|tues?|wed|"
                r"thu|thurs?|fri|sat|sun)(?:day)?s?)+\b",
            ),
            ASIDE,
        ),
        "tempo": (
            _any(
                r"\bT ?[:=] ?(?P<t5>[\dx](?:[-/:.][\dx]){2,3}|[\dx]{3,4})\b",
                r"(?:@ ?|\bat )?\btempo ?(?:of|at|:|=|@)? ?@? ?(?P<t1>[\dx](?:[-/:.][\dx]){2,3}|[\dx]{3,4})"
                r"\b",
                r"(?:@ ?|\bat (?:a )?)?\(?(?P<t2>\b[\dx](?:[-/:.][\dx]){2,3}|\b[\dx]{4}) ?tempo\b\)?",
                r"@ ?(?P<t3>[\dx](?:[-/:.][\dx]){2,3}|\d[\dx]{3})(?![\d/-])",
                r"(?<![\d/.:-])(?P<t4>\d(?:-[\dx]){2,3})(?![\d/-])",
            ),
            DOSE,
        ),
        "slow": (
            _any(
                rf"{TIME}[ -]?(?:eccentric|concentric|lower(?:ing)?|negatives?|down|up|descent|ascent|"
                rf"raise|release|lift|on the way (?:down|up))\b(?: phase)?",
                rf"\b(?:lower(?:ing)?|eccentric|down|descend|slow(?:ly)?) (?:for |over |"
                rf"in )?(?:a )?{TIME}(?:[ -]?(?:count))?",
                r"\b\d{1,2}[ -](?:count|ct)[ -](?:eccentric|lower(?:ing)?|negatives?|down|up)\b",
            ),
            ASIDE,
        ),
        "weight": (
            _any(
                r"(?:@ ?|\b(?:with|w/|using|holding) ?(?:a |an )?)?(?<![\w.:])"
                r"(?:(?<!x )2 ?x ?)?\d{1,3}(?:\.\d+)?(?: ?(?:-|to|/) ?\d{1,3}(?:\.\d+)?)? ?(?:kgs?|"
                r"lbs?|kilos?|"
                r"kilograms?|pounds?|#)(?![a-z])(?: (?:each hand|per hand|each|DBs?|dumb-?bells?|KBs?|"
                r"kettle-?bells?|weights?|bands?))?",
                r"@ ?\d{2,3}(?:\.\d+)?(?![\d.:-]| ?(?:s|sec|min)\b)",
            ),
            ASIDE,
        ),
        "on": (
            _any(
                rf"(?P<on>{TIME}) ?(?:of )?(?:on|work|hard|effort)\b(?! (?:the|both|each|left|right|your|a|"
                rf"all|toes|heels|hands|knees|elbows)\b)",
                r"(?P<on3>(?<![\w.:/])\d{1,3}) ?(?:on|work)(?= ?[/,-]? ?\d{1,3} ?\w* ?(?:off|rest))",
                rf"\bwork(?: for)?:? ?(?P<on2>{TIME})",
            ),
            DOSE,
        ),
        "rest": (
            _any(
                rf"\(?(?P<r1>{TIME}|(?<!x )(?<!of )(?<![\w.:/])\d{{1,3}}) ?(?:of )?(?:rest|recovery|"
                rf"recover|break|off|relax(?:ation)?)\b(?! ?[:=]? ?\d)(?: (?:in )?(?:between|b/w|btwn|"
                rf"after|btw)(?: (?:each|every|all))?(?: (?:sets?|reps?|rounds?|exercises|sides))?)?\)?",
                rf"\(?\b(?:rest|recovery|recover|break|relax)(?: (?:for|of|period|time|interval)"
                rf")*(?: (?:in )?(?:between|b/w|btwn|after)(?: (?:each|every|all))?(?: (?:sets?|reps?|"
                rf"rounds?))?)? ?[:=~@-]? ?(?:for )?(?P<r2>{TIME}|\d{{1,3}}(?: ?- ?\d{{1,3}})?)(?! ?(?:x\b|"
                rf"reps|sets|times))(?: (?:in )?(?:between|b/w|btwn|after|btw)(?: (?:each|every|all)"
                rf")?(?: (?:sets?|reps?|rounds?|exercises|sides))?)?\)?",
                rf"\b(?:RI|rest int(?:erval)?|R/I) ?[:=]? ?(?P<r4>{TIME}|\d{{1,3}})",
                rf"(?P<r3>{TIME}) (?:in )?(?:between|b/w|btwn) (?:each |every |all )?(?:sets?|reps?|rounds?)",
            ),
            DOSE,
        ),
        "unrested": (
            _any(
                r"\b(?:no|minimal|rest as needed|little) rest\b(?: between (?:sets|exercises))?",
                r"\brest as needed\b|\brest (?:in )?between sets?\b",
            ),
            ASIDE,
        ),
        "alternating": (
            _any(
                r"\balternat(?:ing(?! \w+/)(?: (?:sides?|legs?|arms?|feet|hands))?|e (?:sides?|legs?|"
                r"arms?|feet|hands))\b"
            ),
            ASIDE,
        ),
        "unclear side": (
            _any(
                r"\(?\b(?:on )?(?:the )?(?:affected|involved|injured|surgical|operated|operative|sore|"
                r"painful|bad|weak(?:er)?|tight(?:er)?|unaffected|good) (?:side|leg|arm|limb|knee|hip|"
                r"ankle|shoulder|foot)(?: only)?\)?"
            ),
            ASIDE,
        ),
        "one": (
            _any(
                rf"[(\[]? ?(?:on |with )?(?:the )?\b(?P<s1>{_ONE})(?: ?{_PART})? only\b ?[)\]]?",
                rf"[(\[]? ?\bonly (?:on )?(?:the )?(?P<s2>{_ONE})(?: ?{_PART})? ?[)\]]?",
                rf"[(\[] ?(?P<s3>{_ONE})(?: ?{_PART})? ?[)\]]",
                rf"\bon (?:the )?(?P<s4>{_ONE})(?: ?{_PART})?{_END}",
                rf"(?P<s5>{_ONE}) side\b(?! ?(?:plank|bend|lying|raise|step|lunge|bridge))",
                rf"(?:(?<=[-,;:|(] )|^)(?P<s7>{_ONE})(?= ?:? ?\d)",
                r"(?<=[a-z] )(?P<s8>(?-i:[LR]))(?= ?: ?\d)",
                rf"(?:(?<=[-,;:|] )|(?<=\d )|(?<=reps )|(?<=s )|(?<=sec ))(?P<s6>{_ONE})"
                rf"(?: ?{_PART})?(?! ?(?:[/+&,]|then|and) ?(?:left|right|l\b|r\b)){_END}",
            ),
            DOSE,
        ),
        "both": (
            _any(
                r"(?:,? ?(?:and |then |& )*(?:repeat|switch|same|do)(?: (?:on|with|for|to)"
                r")?(?: the)? ?(?:other|opposite)(?: (?:side|leg|arm))?|,? ?(?:and |then )*(?:switch|swap|"
                r"change) (?:sides|legs|arms)|, ?(?:then )?(?:switch|swap)(?= ?(?:$|[.;,]))|"
                r",? ?then (?:the )?(?:other|opposite) (?:side|leg|arm))",
                rf"(?:on |for |to |w/ ?)?(?:\b(?:per|each|every|either|both the|one|1)|(?<![a-z])ea\b\.?|"
                rf"(?<=[\d\"'snchpx] )/|(?<=[\d\"'snchpx{DOSE}])/) ?{_PART}(?<!one leg)(?<!one arm)(?<!1 leg)"
                rf"(?<!1 arm)(?<!one hand)(?<!one foot)(?: each)?",
                rf"(?:on |for |w/ ?|with )?\bboth {_PART}{_END}",
                r"(?<=[\ds\"]) a (?:side|leg|arm)\b",
                r"(?:(?:per|each|every|ea\.?|/) ?(?:way|direction|dir\.?)(?![a-z]))|\b(?:both|either)"
                r" (?:ways|directions)\b",
                rf"[(\[]? ?(?:on |for )?\b(?:{_PAIR})(?: sides?| legs?| arms?)?(?: each)?(?![a-z]) ?[)\]]?",
                r"\((?:both|each|B|BL|b/l|bilat(?:eral(?:ly)?)?)\)",
                r"(?<=[\ds\"d] )(?-i:B)(?=$|[,;.])",
                r"(?:\bon )?\b(?:both|bilaterally|bilat\b\.?|b/l|apiece)" + _END,
                r"(?:(?<=\d)|(?<=\d )|(?<=[,;] )|(?<=- ))\bbilateral" + _END,
                r"(?<![a-z])(?:(?:e|ea|each) ?/ ?(?:side|leg|arm)|e/s|e/l|es|p/s|ea\.?|(?<=\d)e|"
                r"(?!(?<=hold )each (?:for|\d))(?!(?<=holding )each (?:for|"
                r"\d))each)(?![a-z/])(?! (?:set|"
                r"rep|time|one|exercise|position|breath|stretch|movement|day|session|hold|round|muscle|"
                r"spot|area|finger|toe|cycle))",
                r"\bper (?=x|\d)",
            ),
            DOSE,
        ),
        "hold": (
            _any(
                rf"(?P<h1>{TIME})[ -]?(?:\w+ )?{_MOTION}(?: {_PLACE})?",
                rf"(?P<h2>(?<![\w.:])\d{{1,3}}(?: ?- ?\d{{1,3}})?)[ -]?(?:counts?|ct|beats?)"
                rf"[ -]?{_MOTION}(?: {_PLACE})?",
                rf"(?:\b(?:holds?|held|holding|pauses?)|(?<=[,;:(] )squeezes?)(?: (?!x\b|and\b|then\b|"
                rf"with\b)[a-z]+){{0,5}}?(?: for| of)?(?: a|"
                rf" the)?(?: count of)?(?: at least| up to| about| around)? ?[:=@-]? ?(?P<h3>{TIME})"
                rf"(?: {_PLACE})?",
                r"\b(?:hold|pause|squeeze)(?: it| each| this| position|"
                r" stretch)*(?: for)?(?: a)?(?: count of)? ?[:=]? ?(?P<h4>\d{1,3}(?: ?(?:-|to)"
                r" ?\d{1,3})?)(?: counts?\b)?(?! ?(?:x\b|reps?|sets?|rounds?|times|kg|lb|breath|deep|"
                r"slow|full|%|[\d./:]))",
                rf"\b(?:h|iso) ?: ?(?P<h5>{TIME})",
            ),
            DOSE,
        ),
        "most": (
            _any(
                r"\b(?:max(?:imum|imal)?(?:[ -](?:hold|time|effort|duration|seconds))|AMRAP|AMAP|"
                r"(?:hold )?(?:as long|as many)(?: reps?)?(?: as)?(?: (?:you can|possible|able|tolerated)"
                r")?|(?:un)?till? (?:failure|fatigue|exhaustion)|to (?:failure|fatigue|exhaustion)|(?<=x )"
                r"(?:failure|fatigue|max)|max reps?|until fatigued?)\b"
            ),
            DOSE,
        ),
        "distance": (
            _any(
                rf"{RANGE} ?(?:meters?|metres?|km|kms|miles?|mi|yards?|yds?|yd|feet|ft|laps?|lengths?|"
                rf"flights?(?: of stairs)?)(?![a-z])",
                r"(?<![\w.:])\d{2,4} ?m(?![a-z])",
            ),
            DOSE,
        ),
        "breaths": (
            _any(
                rf"(?:hold (?:for )?)?(?P<b1>{RANGE}) ?(?:(?:deep|slow|full|long|big|calm|belly|"
                rf"diaphragmatic|nasal|complete|relaxed|and|,) ?)*(?:breaths?|breath cycles?|inhales?|"
                rf"exhales?)\b(?: hold| cycles?)?"
            ),
            DOSE,
        ),
    }
)
"""What is looked for, in this order, and the mark that takes its place."""


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase that was found."""

    text: str
    named: Mapping[str, str]
    """The groups of its pattern that matched."""

    @property
    def value(self) -> str:
        """Return the figure of it, however it was written."""
        return next(iter(self.named.values()), "")


def cut(line: str, *, without: frozenset[str] = frozenset()) -> tuple[str, dict[str, list[Found]]]:
    """Cut all phrases but the core out of a line, and return what remains of it and what was found."""
    found: dict[str, list[Found]] = {}
    for kind, (pattern, mark) in PHRASES.items():
        if kind in without:
            continue

        def note(match: re.Match[str], kind: str = kind, mark: str = mark) -> str:
            named = {name: text for name, text in match.groupdict().items() if text}
            found.setdefault(kind, []).append(Found(match[0].strip(), MappingProxyType(named)))
            return f" {mark} "

        line = re.sub(" +", " ", pattern.sub(note, line))
    return line, found
