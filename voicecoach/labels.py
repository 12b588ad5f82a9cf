"""Labels: what the files of one recording say of themselves, each with its place among them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import OutputError
from voicecoach.output.tags import Picture, write_tags
from voicecoach.output.tags.session import day_of, session_tags

if TYPE_CHECKING:
    from datetime import date

    from voicecoach.plan.document import Document
    from voicecoach.routine.model import Routine

NO_COVER = "none"
"""What is asked for by who wants no picture."""


def labels_of(routine: Routine, document: Document, wanted: str | None, files: int) -> Labels:
    """Prepare the labels of a recording.

    Args:
        routine: as adjusted.
        document: the plan of all of it.
        wanted: the file of a picture, or "none"; None: one is drawn.
        files: how many files there are.

    Raises:
        ChoiceError: the date of the environment is none, or the picture cannot be used.
    """
    return Labels(routine, day_of(routine, os.environ), _picture(document, wanted), files)


def _picture(document: Document, wanted: str | None) -> Picture | None:
    if wanted == NO_COVER:
        return None
    # Drawing loads a library that nothing else needs.
    if wanted is None:
        from voicecoach.output.cover import cover, face  # noqa: PLC0415

        return cover(face(document))
    from voicecoach.output.cover.own import picture_of  # noqa: PLC0415

    return picture_of(Path(wanted))


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and the picture of a recording."""

    routine: Routine
    day: date | None
    picture: Picture | None
    files: int
    """How many files there are."""

    def stick(self, path: Path, document: Document, number: int) -> list[str]:
        """Write the tags into a file that is complete; return what the user should know.

        Args:
            path: the file.
            document: the plan of what is heard in it.
            number: which of the files it is, from 1.
        """
        tags = session_tags(document, self.routine, self.day)
        if self.files > 1:
            tags = replace(tags, title=str(document.meta["title"]), track=number, tracks=self.files)
        try:
            write_tags(path, tags, document.chapters, document.sample_rate, self.picture)
        except OutputError as error:
            return [f"it has no tags: {error}"]
        return []
