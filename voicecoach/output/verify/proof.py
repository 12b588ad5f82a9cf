"""The proof of one file: wires its plan, what is heard in it, and the rules."""

from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.output.verify import captions
from voicecoach.output.verify.alone import holds_alone
from voicecoach.output.verify.choose import Chosen, choose
from voicecoach.output.verify.limits import limits
from voicecoach.output.verify.listen import Progress, Tones, listen
from voicecoach.output.verify.report import Breach, Report
from voicecoach.output.verify.rules import Case, breaches, holds, why_not_judged
from voicecoach.plan.document import Document
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.sound.clip import amplify, limit
from voicecoach.sound.decode import open_stream
from voicecoach.sound.tones import TONES, load


def prove(
    path: Path,
    given: Path | None = None,
    *,
    kept: Path,
    sounds: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Return how a file compares with its plan, or what is heard in it where there is none.

    Args:
        path: the file.
        given: its plan; None: the one beside it, or the one that it names.
        kept: the folder of plans that are kept.
        sounds: the folder of the user's own tones.
        progress: hears of frames read, of all of them.

    Raises:
        CoachError: the file or the plan cannot be read.
    """
    with open_stream(path) as stream:
        tags = stream.tags
    chosen = choose(path, tags, kept, given)
    if not chosen:
        return holds_alone(path, SAMPLE_RATE, _tones({"start", "end"}, SAMPLE_RATE, sounds), progress)
    document = chosen.document
    names = {event.sound for event in document.events if event.type == "tone"}
    gain_db = document.meta.get("gain_db", 0.0)
    return _compared(path, chosen, _tones(names, document.sample_rate, sounds, gain_db), progress)


def _tones(names: set[str], sample_rate: int, sounds: Path | None, gain_db: float = 0.0) -> Tones:
    """Return tones as a session of that gain has them: their peaks are limited, which changes their shape."""
    if unknown := names.difference(TONES):
        message = f"the plan has a tone that is not known: {min(unknown)}; was it made by a later version?"
        raise CoachError(message)
    return {name: limit(amplify(load(name, sample_rate, sounds), gain_db)).samples for name in names}


def _compared(path: Path, chosen: Chosen, tones: Tones, progress: Progress | None) -> Report:
    document = chosen.document
    heard = listen(path, document, tones, progress)
    beneath = document.meta.get("beneath")
    allowed = limits(heard.codec, is_exact=heard.is_exact, lies_beneath=bool(beneath))
    case = Case(document, heard, allowed)
    beside = captions.beside(path)
    errors = [abs(error) for tone in heard.tones if (error := case.error_ms(tone)) is not None]
    return Report(
        file=str(path),
        plan=chosen.source,
        seconds=heard.frames / heard.sample_rate,
        holds=tuple(holds(document, heard.tones)),
        breaches=(*chosen.breaches, *breaches(case), *_captions(document, beside)),
        counts=(
            ("tones", len(heard.tones)),
            ("phrases", len(heard.speech)),
            ("silences", len(heard.gaps)),
            ("chapters", len(heard.marks)),
            ("captions", len(beside)),
        ),
        notes=tuple(_notes(case, beneath)),
        worst_onset_ms=max(errors, default=None),
        loudness=heard.loudness,
    )


def _captions(document: Document, beside: list[Path]) -> list[Breach]:
    found: list[Breach] = []
    for path in beside:
        try:
            found += captions.compare(document, captions.read(path), path.name)
        except CoachError as error:
            found.append(Breach("captions", str(error)))
    return found


def _notes(case: Case, beneath: object) -> list[str]:
    """Return what could not be looked at."""
    notes = []
    if beneath:
        notes.append(f"there is {beneath} beneath the session: silence and seams were not looked at")
    if reason := why_not_judged(case.document):
        notes.append(reason)
    if beneath != "music" and not case.limits.has_clean_edges:
        guard = 1000 * case.limits.guard
        notes.append(
            f"the codec ({case.heard.codec}) blurs: silence was looked at {guard:g} ms from any sound, "
            "holes in speech not at all"
        )
    if not case.heard.marks:
        notes.append("the file has no chapters")
    return notes
