"""Music of a routine: which file or folder lies beneath which stage. Pure: nothing is opened here."""

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.errors import ChoiceError
from voicecoach.routine.address import find_stage
from voicecoach.routine.model import Routine

NO_MUSIC = "none"
"""What is asked for where there is to be no music."""


def with_music(routine: Routine, asked: Sequence[str]) -> Routine:
    """Return the routine with the music that was asked for in place of its own.

    Args:
        routine: as written: a stage may have music of its own.
        asked: each a file or folder for all stages, or ``STAGE=FILE`` for one. Text before an equals sign
            that holds a slash belongs to a path: ``./a=b.mp3``.

    Raises:
        ChoiceError: there is no such stage, no file is named, or two are for the same stages.
    """
    chosen: dict[int | None, str] = {}
    for text in asked:
        stage, path = _read(routine, text)
        if stage in chosen:
            which = "the whole session" if stage is None else f"stage {stage + 1}"
            message = f"--music {text}: {which} has music already, '{chosen[stage]}'; put both into a folder"
            raise ChoiceError(message)
        chosen[stage] = path
    stages = (
        replace(stage, music=chosen.get(index, chosen.get(None, stage.music)))
        for index, stage in enumerate(routine.stages)
    )
    silenced = (replace(stage, music="") if stage.music == NO_MUSIC else stage for stage in stages)
    return replace(routine, stages=tuple(silenced)) if chosen else routine


def _read(routine: Routine, text: str) -> tuple[int | None, str]:
    """Return the index of the stage that is named, None for all of them, and the path."""
    reference, equals, path = text.partition("=")
    if not equals or "/" in reference or "\\" in reference:
        reference, path = "", text
    if not path.strip():
        message = f"--music {text}: write FILE or STAGE=FILE, as in --music roll=upbeat.mp3"
        raise ChoiceError(message)
    if not reference:
        return None, path
    try:
        return find_stage(routine, reference), path
    except ChoiceError as error:
        message = f"--music {text}: {error}; a path with = in it is written ./{text}"
        raise ChoiceError(message) from error
