"""The rules that no session may break, asked of a file that was heard beside its plan. Pure."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from voicecoach.output.verify.heard import Heard, HeardTone
from voicecoach.output.verify.limits import Limits
from voicecoach.output.verify.report import Breach, Hold
from voicecoach.plan.document import Document, EventEntry, SegmentEntry
from voicecoach.plan.steps import WORK
from voicecoach.sound.targets import MOST_TRUE_PEAK_DBTP, TARGETS_LUFS, TOLERANCE_LU

HEARD_DB = -40.0
"""The peak, in dBFS, that a phrase reaches at least: clips are made to peak 30 dB above it and more."""
FAINT_DB = -65.0
"""The peak that either end of a phrase reaches: clips end where they fall 50 dB below their own peak."""
MARK_WITHIN = 0.01
"""Seconds by which a chapter may be off: containers keep milliseconds, some only their time base."""
_ALIKE = 0.2
"""Milliseconds between errors that have one cause."""
_QUOTED = 40
"""Characters of a phrase that are quoted."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file that was heard, its plan, and what is allowed to it."""

    document: Document
    heard: Heard
    limits: Limits

    def seconds(self, frame: float) -> float:
        """Return when a frame is."""
        return frame / self.document.sample_rate

    def error_ms(self, tone: HeardTone) -> float | None:
        """Return by how much a tone is late; None where it is not there."""
        return None if tone.onset is None else 1000 * self.seconds(tone.onset - tone.event.onset_frame)


def breaches(case: Case) -> tuple[Breach, ...]:
    """Return every rule that is broken, in the order of the file; first what concerns all of it."""
    found = [breach for rule in _RULES for breach in rule(case)]
    return tuple(sorted(found, key=lambda one: -1.0 if one.seconds is None else one.seconds))


def holds(document: Document, tones: Iterable[HeardTone]) -> Iterator[Hold]:
    """Yield each set as planned and as found."""
    rate = document.sample_rate
    found = {tone.event.onset_frame: tone.onset for tone in tones}
    for segment in _work(document):
        start = found.get(segment.start_frame)
        end = found.get(segment.start_frame + segment.frames)
        yield Hold(
            segment.exercise or segment.label,
            segment.side,
            segment.set,
            segment.start_frame / rate,
            segment.frames / rate,
            None if start is None or end is None else (end - start) / rate,
        )


def _work(document: Document) -> Iterator[SegmentEntry]:
    return (segment for segment in document.segments if segment.kind in WORK)


def _length(case: Case) -> Iterator[Breach]:
    planned, found = case.seconds(case.document.frames), case.seconds(case.heard.frames)
    if not -case.limits.onset <= found - planned <= case.limits.length:
        yield Breach("length", f"the file lasts {found:.3f} s, its plan {planned:.3f} s")


def _tones(case: Case) -> Iterator[Breach]:
    """Tell of tones that are not where they should be: those that are off by the same in one line."""
    found = [(tone, case.error_ms(tone)) for tone in case.heard.tones]
    for off, group in groupby(found, key=lambda one: _cause(one[1], 1000 * case.limits.onset)):
        (tone, error), *others = group
        if off is None:
            continue
        what = f"is {abs(error):.2f} ms {'late' if error > 0 else 'early'}" if error else "is not there"
        same = f", and {len(others)} more after it" if others else ""
        yield Breach(
            "tones", f"the tone '{tone.event.sound}' {what}{same}", case.seconds(tone.event.onset_frame)
        )


def _cause(error: float | None, most: float) -> float | None:
    """Return what is the same for errors of one cause: infinity where there is no tone, None for no error."""
    if error is None:
        return math.inf
    return round(error / _ALIKE) if abs(error) > most else None


def _seams(case: Case) -> Iterator[Breach]:
    for tone in case.heard.tones:
        if tone.onset is not None and tone.least_like < case.limits.least_like:
            message = f"the tone '{tone.event.sound}' has a seam or a click in it"
            yield Breach("seams", message, case.seconds(tone.event.onset_frame))
    for phrase in case.heard.speech if case.limits.has_clean_edges else ():
        if phrase.hole is not None:
            yield Breach("seams", f"there is a hole in {_quoted(phrase.event)}", case.seconds(phrase.hole))


def _holds(case: Case) -> Iterator[Breach]:
    """Tell of sets that are too short or too long; where a tone is missing, `_tones` tells."""
    bounds = {event.onset_frame for event in case.document.events if event.type == "tone"}
    for segment in _work(case.document):
        if not {segment.start_frame, segment.start_frame + segment.frames} <= bounds:
            message = f"{segment.exercise or segment.label} is planned without a tone at its start or end"
            yield Breach("holds", message, case.seconds(segment.start_frame))
    for hold in holds(case.document, case.heard.tones):
        error = hold.error_ms
        if error is not None and abs(error) > 1000 * case.limits.onset:
            much = f"{abs(error):.2f} ms too {'long' if error > 0 else 'short'}"
            yield Breach("holds", f"{named(hold)} is {much}: {hold.found:.4f} s", hold.start)


def named(hold: Hold) -> str:
    """Return what a set is called: its exercise, side and number."""
    number = f"set {hold.set}" if hold.set else None
    return ", ".join(part for part in (hold.label, hold.side, number) if part)


def _sides(case: Case) -> Iterator[Breach]:
    """Tell of sets that last longer on one side than on the other."""
    both: dict[tuple[object, ...], list[Hold]] = {}
    for segment, hold in zip(_work(case.document), holds(case.document, case.heard.tones), strict=True):
        bout = (segment.stage_index, segment.exercise_index, segment.round, segment.set, segment.kind)
        both.setdefault(bout, []).append(hold)
    for one, other in (pair for pair in both.values() if len(pair) == len(("left", "right"))):
        if one.found is None or other.found is None:
            continue
        if abs(one.found - other.found) > 2 * case.limits.onset:
            much = f"{one.found:.4f} s {one.side}, {other.found:.4f} s {other.side}"
            yield Breach("sides", f"{one.label} is not the same on both sides: {much}", one.start)


def _silence(case: Case) -> Iterator[Breach]:
    for gap in case.heard.gaps:
        if gap.peak_db > case.limits.silence_db:
            message = f"there is sound ({gap.peak_db:.0f} dBFS) where nothing is planned"
            yield Breach("silence", message, case.seconds(gap.at))


def _speech(case: Case) -> Iterator[Breach]:
    """Tell of phrases that are not heard, or not from their start to their end."""
    for phrase in case.heard.speech:
        if not any(map(str.isalnum, phrase.event.sound)):
            continue
        at = case.seconds(phrase.event.onset_frame)
        if phrase.peak_db < HEARD_DB + phrase.event.gain_db:
            yield Breach("speech", f"{_quoted(phrase.event)} is not heard", at)
        elif min(phrase.head_db, phrase.tail_db) < FAINT_DB + phrase.event.gain_db:
            end = "beginning" if phrase.head_db < phrase.tail_db else "end"
            yield Breach("speech", f"the {end} of {_quoted(phrase.event)} is not heard", at)


def _overlap(case: Case) -> Iterator[Breach]:
    """Tell of speech that is planned into speech or into a tone; tones may sound together."""
    events = sorted(case.document.events, key=lambda event: event.onset_frame)
    # All that began before an event and is not over by then.
    sounding: list[EventEntry] = []
    for event in events:
        sounding = [one for one in sounding if one.onset_frame + one.frames > event.onset_frame]
        for one in sounding:
            if "speech" in {one.type, event.type}:
                message = f"{_quoted(event)} begins before {_quoted(one)} is over"
                yield Breach("overlap", message, case.seconds(event.onset_frame))
        sounding.append(event)


def _chapters(case: Case) -> Iterator[Breach]:
    """Tell of chapters of the file that are not those of the plan; none at all is no breach."""
    planned, found = case.document.chapters, case.heard.marks
    if not found:
        return
    if len(found) != len(planned):
        yield Breach("chapters", f"the file has {len(found)} chapters, its plan {len(planned)}")
        return
    for chapter, mark in zip(planned, found, strict=True):
        at = case.seconds(chapter.start_frame)
        if abs(mark.seconds - at) > MARK_WITHIN:
            yield Breach("chapters", f"the chapter '{chapter.title}' starts at {mark.seconds:.3f} s", at)
        elif mark.title != chapter.title:
            yield Breach("chapters", f"the chapter '{chapter.title}' is called '{mark.title}'", at)


def _loudness(case: Case) -> Iterator[Breach]:
    target, found = TARGETS_LUFS[min(case.heard.channels, 2)], case.heard.loudness
    if not why_not_judged(case.document) and abs(found.integrated_lufs - target) > TOLERANCE_LU:
        wanted = f"{target:g} LUFS within {TOLERANCE_LU} LU"
        yield Breach("loudness", f"the loudness is {found.integrated_lufs:.1f} LUFS; it should be {wanted}")
    if found.true_peak_dbtp > MOST_TRUE_PEAK_DBTP:
        most = f"it should be at most {MOST_TRUE_PEAK_DBTP:g}"
        message = f"the true peak is {found.true_peak_dbtp:.1f} dBTP; {most}"
        yield Breach("peak", message)


def why_not_judged(document: Document) -> str:
    """Return why the loudness of a file is not what all of a session is to have; empty where it is."""
    if document.meta.get("beneath") == "music":
        # It is as loud as its listener wants it.
        return "music counts in the loudness of the file, which is not judged"
    if document.meta.get("part_of"):
        return "it is one part of a session, which has its loudness as a whole: that is not judged"
    return ""


def _quoted(event: EventEntry) -> str:
    text = event.sound if len(event.sound) <= _QUOTED else f"{event.sound[: _QUOTED - 3]}..."
    return f"'{text}'" if event.type == "speech" else f"the tone '{text}'"


_RULES: tuple[Callable[[Case], Iterator[Breach]], ...] = (
    _length,
    _tones,
    _seams,
    _holds,
    _sides,
    _silence,
    _speech,
    _overlap,
    _chapters,
    _loudness,
)
"""Each yields what breaks it."""
