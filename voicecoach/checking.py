"""The check of a routine file: every problem that keeps it from being played, and what to be warned of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.errors import ChoiceError, Finding, RoutineError
from voicecoach.forms import Lookup
from voicecoach.languages import file_of, in_language, untranslated
from voicecoach.plan.audit import Audit, audit
from voicecoach.plan.concerns import is_auditable, outside_guidelines, uneven_sides
from voicecoach.plan.phrases import load_phrases
from voicecoach.routine.files import parse_file
from voicecoach.routine.forms import KEYS, is_elsewhere, referring
from voicecoach.routine.model import Routine
from voicecoach.routine.oddities import oddities
from voicecoach.routine.problems import Problems, findings_of, place_of
from voicecoach.routine.shelf import translations
from voicecoach.routine.texts import read
from voicecoach.routine.translation_files import load
from voicecoach.speech.lint import lint, lint_words

_MISSING = "untranslated"
"""The code of what has no words in a language."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a file."""

    findings: tuple[Finding, ...]
    """Problems, or where there are none, warnings; by their lines, then those of translations."""
    routine: Routine | None = None
    """None: it cannot be played."""
    audit: Audit | None = None
    """Of its doses, where that was asked for."""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return what is wrong."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what to be warned of."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def check_file(
    path: Path, *, dose: bool = False, lang: str | None = None, own: Path | None = None
) -> Checked:
    """Read a routine file and its words in other languages, and look at all of it.

    Args:
        path: of the file.
        dose: whether its doses are asked for; then uneven sides are an error.
        lang: the language of which each missing text is told; None: of each language, how many are missing.
        own: the user's own folder of routines.
    """
    name = str(path)
    try:
        text = read(path)
        routine = parse_file(text, path)
    except RoutineError as error:
        return Checked(
            tuple(finding if finding.file else replace(finding, file=name) for finding in error.findings)
        )
    try:
        load_phrases(routine.language)
    except ChoiceError as error:
        problems = Problems(code="language")
        problems.add(str(error), "language")
        return Checked(problems.findings(text, name))
    audited = audit(routine) if dose or is_auditable(routine) else None
    found = [lint(routine), oddities(routine), _music(routine), _elsewhere(routine, own)]
    if audited:
        found.append(uneven_sides(audited, "error" if dose else "warning"))
        if not dose:  # the table tells of all that is outside
            found.append(outside_guidelines(audited))
    findings = list(findings_of(found, text, name))
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    findings += _words(path, routine, lang, own)
    return Checked(tuple(findings), routine, audited if dose else None)


def phrases_missing(lang: str) -> Checked:
    """Return a warning for each phrase of the coach that a language lacks.

    Raises:
        ChoiceError: there is no such language.
    """
    name = f"the phrases in {lang}"
    return Checked(
        tuple(Finding(f"missing: {key}", name, _MISSING, "warning") for key in load_phrases(lang).missing)
    )


def _words(path: Path, routine: Routine, lang: str | None, own: Path | None) -> Iterator[Finding]:
    """Yield what is wrong in the words of a routine in other languages, misread by a voice, or missing."""
    name = str(path)
    for tag in (lang,) if lang else translations(path, own):
        try:
            _, missing = in_language(routine, path, tag, own)
        except RoutineError as error:
            yield from error.findings
            continue
        except ChoiceError as error:
            yield Finding(str(error), name, "language")
            continue
        if file := file_of(routine, path, tag, own):
            yield from lint_words(load(file, routine)).findings(read(file), str(file))
        if lang:
            yield from (
                Finding(f"missing in {lang}: {place}", name, _MISSING, "warning") for place in missing
            )
        elif missing:
            yield Finding(untranslated(path.stem, routine, tag, len(missing)), name, _MISSING, "warning")


def _elsewhere(routine: Routine, own: Path | None) -> Problems:
    """Return a problem for each reference to an exercise of another routine that is not there."""
    problems, lookup = Problems(code="no-form"), Lookup(own)
    for place, exercise in referring(routine, problems):
        for key in KEYS:
            reference: str = getattr(exercise, key)
            if is_elsewhere(reference):
                try:
                    lookup.form(reference)
                except ChoiceError as error:
                    place.add(f"{key} = '{reference}': {error}", key)
    return problems


def _music(routine: Routine) -> Problems:
    """Return a warning for each stage whose music is not there."""
    warnings = Problems(code="no-music", severity="warning")
    for index, stage in enumerate(routine.stages):
        if stage.music and not _is_there(stage.music):
            of_stage = warnings.at(("stage", index), place_of("stage", index, stage.title))
            of_stage.add(
                f"music: there is no {stage.music}; name a file or a folder, or take it out", "music"
            )
    return warnings


def _is_there(music: str) -> bool:
    try:
        return Path(music).expanduser().exists()
    except (OSError, RuntimeError):  # a name that is too long, a home that is not there
        return False
