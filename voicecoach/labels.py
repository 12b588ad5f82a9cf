"""Labels: what the files of one recording say of themselves, each with its place among them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.errors import OutputError
from voicecoach.output.session_tags import day_of, session_tags
from voicecoach.output.tags import Picture, write_tags

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from voicecoach.plan.document import Document
    from voicecoach.routine.model import Routine

NO_COVER = "none"


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and the picture of a recording."""

    routine: Routine
    day: date | None
    picture: Picture | None
    files: int
    """How many files there are."""

    @classmethod
    def of(cls, routine: Routine, cover: str | None, files: int) -> Labels:
        """Prepare them.

        Args:
            routine: as adjusted.
            cover: the file of a picture, or "none"; None: one is drawn.
            files: how many files there are.

        Raises:
            ChoiceError: the date of the environment is none.
        """
        return cls(routine, day_of(routine, os.environ), None, files)

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
