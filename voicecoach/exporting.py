"""A session as files: wires its plan, its sound, the kinds of files, and what stands beside them."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from voicecoach import folders, units
from voicecoach.errors import CoachError, OutputError
from voicecoach.labels import labels_of
from voicecoach.output.audio.file import AudioFile, is_audio
from voicecoach.output.audio.kinds import Quality, suffix_of
from voicecoach.output.audio.measuring import loudness_of
from voicecoach.output.audio.recipe import Recipe
from voicecoach.output.beside.captions import WRITERS as CAPTIONS
from voicecoach.output.beside.chapters_json import to_chapters_json
from voicecoach.output.beside.cue_sheet import to_cue
from voicecoach.output.beside.playlist import playlist
from voicecoach.output.plans import keep
from voicecoach.output.replace import replacing
from voicecoach.plan.chapters import Level
from voicecoach.plan.document import excerpt
from voicecoach.plan.drawing import draw
from voicecoach.routine.address import slug
from voicecoach.sound.render import render_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voicecoach.coach import Progress, Session
    from voicecoach.output.audio.kinds import Kind
    from voicecoach.output.sink import Block
    from voicecoach.plan.document import Document
    from voicecoach.sound.loudness import Loudness

PLAYLIST = ".m3u8"
"""The suffix of the list of a set of files."""
BLOCK_SECONDS = 4.0
"""A file takes large blocks: there is nobody to wait for."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a session is to become."""

    target: Path | None
    """The file; of a set of files, what their names begin with. None: standard output."""
    kind: Kind
    quality: Quality = Quality.STANDARD
    jobs: int = 1
    """How many cores encode."""
    chapters: Level = Level.EXERCISE
    split: Level | None = None
    """A file for each part of this level; None: one file."""
    captions: tuple[str, ...] = ()
    """Kinds of captions to stand beside it."""
    cue_sheet: bool = False
    chapters_json: bool = False
    plan_file: Path | None = None
    """Where the plan goes, as JSON."""
    timeline: Path | None = None
    """Where the drawing of the session goes, as SVG."""
    cover: str | None = None
    """The file of a picture, or "none"; None: one is drawn."""

    def files(self) -> Sequence[Path]:
        """Return the files that are known beforehand."""
        return [path for path in (self.target, self.plan_file, self.timeline) if path]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, and the plan of what is heard in it."""

    path: Path
    document: Document


@dataclass(frozen=True, slots=True)
class Report:
    """What was written."""

    pieces: Sequence[Piece]
    recipe: Recipe
    size: int
    """Bytes of all files that can be heard."""
    name: str
    """Where it is to be found."""
    beside: tuple[Path, ...] = ()
    """All other files."""
    notes: tuple[str, ...] = ()
    """What the user should know of."""

    @property
    def seconds(self) -> float:
        """Return the length of it all."""
        return sum(piece.document.frames for piece in self.pieces) / self.recipe.sample_rate

    @property
    def chapters(self) -> int:
        """Return the chapters of all files."""
        return sum(len(piece.document.chapters) for piece in self.pieces)


def blocks(session: Session) -> Iterator[Block]:
    """Yield a session as blocks of sound, with what lies beneath it: the frames that are heard live."""
    planner = session.planner
    blocksize = units.frames(BLOCK_SECONDS, planner.sample_rate)
    return render_all(session.segments(), session.voice.clip, blocksize, planner.channels, session.backdrop())


def written(session: Session, order: Order, progress: Progress | None = None) -> Report:
    """Write a session to its files. All of them get their names when all are complete.

    What goes to standard output is made whole first: a file that nobody can go back in has no lengths.

    Args:
        session: what is written.
        order: what it is to become.
        progress: hears of frames done, of all of them.

    Raises:
        OutputError: a file cannot be written; older ones are as they were.
        ChoiceError: this kind of file does not have the sample rate of the session.
    """
    if order.target:
        return _written(session, order, order.target, progress)
    with TemporaryDirectory(prefix="voicecoach-") as folder:
        target = Path(folder, f"session{suffix_of(order.kind)}")
        report = _written(session, order, target, progress)
        with target.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
    return replace(report, name="standard output")


def _written(session: Session, order: Order, target: Path, progress: Progress | None) -> Report:
    planner, whole, done = session.planner, session.document(order.chapters), 0
    pieces = _pieces(session, whole, order.split, target)
    recipe = Recipe(
        order.kind,
        planner.sample_rate,
        planner.channels,
        order.quality,
        order.jobs,
        has_silences=session.beneath is None,
        language=session.routine.language,
    )
    labels = labels_of(session.routine, whole, order.cover, len(pieces))
    beside = dict(_beside(order, whole, pieces, target))
    stream, sizes, notes = _Stream(blocks(session)), [], []
    with ExitStack() as complete:
        for number, piece in enumerate(pieces, 1):
            temporary = complete.enter_context(replacing(piece.path))
            with AudioFile(temporary, recipe.with_chapters(piece.document.chapters)) as sink:
                for block in stream.take(piece.document.frames):
                    sink.write(block)
                    done += len(block)
                    if progress:
                        progress(done, whole.frames)
            notes += labels.stick(temporary, piece.document, number)
            sizes.append(temporary.stat().st_size)
        for path, text in beside.items():
            complete.enter_context(replacing(path)).write_text(text, encoding="utf-8")
    for piece in pieces:
        # Without it 'verify' asks for a plan, and no more.
        with suppress(CoachError, OSError):
            keep(piece.document, folders.plans())
    name = target.with_suffix(PLAYLIST) if order.split else target
    return Report(pieces, recipe, sum(sizes), str(name), tuple(beside), tuple(dict.fromkeys(notes)))


def _pieces(session: Session, whole: Document, split: Level | None, target: Path) -> Sequence[Piece]:
    """Return the files that a session becomes: they follow one another without a gap."""
    if split is None:
        return (Piece(target, whole),)
    parts = session.document(split).chapters
    digits = len(str(len(parts)))
    return tuple(
        Piece(
            target.with_stem(f"{target.stem}-{number:0{digits}}-{slug(part.title)}"),
            excerpt(whole, part.title, part.start_frame, part.frames),
        )
        for number, part in enumerate(parts, 1)
    )


def _beside(
    order: Order, whole: Document, pieces: Sequence[Piece], target: Path
) -> Iterator[tuple[Path, str]]:
    """Yield what stands beside the files, each with its name."""
    for piece in pieces:
        for kind in order.captions:
            yield piece.path.with_suffix(f".{kind}"), CAPTIONS[kind](piece.document)
        title, chapters = str(piece.document.meta["title"]), piece.document.chapters
        if order.cue_sheet:
            sheet = to_cue(chapters, whole.sample_rate, piece.path.name, title=title)
            yield piece.path.with_suffix(".cue"), sheet
        if order.chapters_json:
            text = to_chapters_json(chapters, whole.sample_rate, title=title)
            yield piece.path.with_suffix(".chapters.json"), text
    if order.plan_file:
        yield order.plan_file, json.dumps(whole.to_json(), ensure_ascii=False) + "\n"
    if order.timeline:
        yield order.timeline, draw(whole)
    if order.split:
        yield target.with_suffix(PLAYLIST), playlist((piece.path, piece.document) for piece in pieces)


class _Stream:
    """Take so many frames at a time from a stream of blocks."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = iter(blocks)
        self._rest: Block | None = None

    def take(self, frames: int) -> Iterator[Block]:
        """Yield the next blocks, as many frames as are wanted."""
        while frames > 0:
            block = next(self._blocks) if self._rest is None else self._rest
            # As it is, if it can be: the block that stands for silence is known by what it is.
            fits = len(block) <= frames
            self._rest = None if fits else block[frames:]
            yield block if fits else block[:frames]
            frames -= len(block)


def listened_to(report: Report, progress: Progress | None = None) -> Loudness:
    """Decode what was written, and return how loud it is; of several files, all of them."""
    return loudness_of([piece.path for piece in report.pieces], progress)


def refuse_strangers(paths: Iterable[Path], remedy: str) -> None:
    """Refuse to write over a file that is no audio file: its name may be a slip.

    Raises:
        OutputError: one of them is something else; the line ends with the remedy.
    """
    for path in paths:
        if path.is_file() and path.stat().st_size and not is_audio(path):
            message = f"{path} is there already, and is no audio file; {remedy}"
            raise OutputError(message)
