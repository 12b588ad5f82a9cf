"""The cache: every clip that was ever spoken, on disk, so that it is spoken once and always alike."""

import hashlib
import json
import os
import shutil
import struct
import tempfile
import threading
import time
import weakref
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Self

import numpy as np

from voicecoach.sound.clip import Clip, from_pcm, to_pcm

FORMAT = 1
"""Raised when what is done to a clip before it is kept changes."""
LIMIT_BYTES = 500_000_000
_AFTER_SWEEP = 0.9
"""What is left of the limit when entries were removed, so that the next clip need not remove again."""
_UNSWEPT = 1 / 16
"""Of the limit: so much may be written before the folder is looked through."""
_TOUCH_SECONDS = 3600.0
"""An entry is marked as used at most this often."""
_STALE_SECONDS = 3600.0
"""A part older than this was left by a crash."""
_HEADER = struct.Struct("<4sIII")
"""The mark, the sample rate, the number of frames, the checksum of key, rate and frames."""
_MARK = b"VCC1"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds."""

    path: Path
    entries: int
    bytes: int


def key_of(*parts: object) -> str:
    """Return the key of what all these parts together lead to."""
    return hashlib.sha256(json.dumps([FORMAT, *parts]).encode()).hexdigest()


class ClipCache:
    """Keep clips, and notes about voices, in a folder that several processes may use at once.

    Whoever writes an entry first has made it for all: the others take theirs, so that a clip does not change
    under a session. Where the folder cannot be written, clips are kept in memory.
    """

    def __init__(
        self,
        folder: Path,
        *,
        limit_bytes: int = LIMIT_BYTES,
        mention: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Touch nothing yet.

        Args:
            folder: made when the first clip is kept.
            limit_bytes: beyond it, what was not used for the longest time is removed.
            mention: called with what a user should hear of, once for each kind of trouble.
        """
        self.folder = folder
        self.mention = mention
        self._clips, self._notes = folder / "clips", folder / "notes"
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._numbers = count()
        self._mentioned: set[str] = set()
        self._in_memory: dict[str, Clip] = {}
        self._unswept = 0
        self._removal: weakref.finalize[Any, Self] | None = None

    @classmethod
    def private(cls, mention: Callable[[str], object] = lambda _: None) -> Self:
        """Return a cache for this session alone, which removes its folder when it is closed."""
        cache = cls(Path(tempfile.mkdtemp(prefix="voicecoach-clips-")), mention=mention)
        # Also where the program ends without closing it.
        cache._removal = weakref.finalize(cache, shutil.rmtree, cache.folder, ignore_errors=True)
        return cache

    def get(self, key: str) -> Clip | None:
        """Return the clip that is kept under a key; None if there is none, or it is damaged."""
        if kept := self._in_memory.get(key):
            return kept
        path = self._path(key)
        try:
            with path.open("rb") as file:
                found = file.read()
                used = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        clip = _unpacked(found, key)
        if clip is None:
            self._say("damaged", f"a damaged clip in the cache {self.folder} is made anew")
            with suppress(OSError):
                path.unlink()
        elif time.time() - used > _TOUCH_SECONDS:
            # Where the folder can only be read, nothing is removed from it either.
            with suppress(OSError):
                os.utime(path)
        return clip

    def put(self, key: str, clip: Clip) -> Clip:
        """Keep a clip, and return the one to use: rounded to 16 bit, or the one somebody else kept before."""
        pcm = to_pcm(clip)
        ours = from_pcm(pcm, clip.sample_rate)
        packed = _packed(pcm, clip.sample_rate, key)
        try:
            if self._write(self._path(key), packed):
                self._count(len(packed))
                return ours
        except OSError as error:
            reason = error.strerror or error
            self._say("unwritable", f"the cache {self.folder} cannot be written ({reason}); going on without")
            return self._in_memory.setdefault(key, ours)
        return self.get(key) or self._in_memory.setdefault(key, ours)

    def note(self, key: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what was noted under a key; None if nothing was; a damaged note is removed."""
        path = self._notes / f"{key}.json"
        try:
            return json.loads(path.read_bytes())
        except OSError:
            return None
        except ValueError:
            with suppress(OSError):
                path.unlink()
            return None

    def put_note(self, key: str, note: object, *, replace: bool = True) -> None:
        """Note something, as JSON; where the folder cannot be written it is forgotten.

        Args:
            key: what it is found under.
            note: anything that JSON can hold.
            replace: whether it takes the place of an earlier note; if not, the first one stays for all.
        """
        path = self._notes / f"{key}.json"
        try:
            if replace:
                path.unlink(missing_ok=True)
            self._write(path, json.dumps(note).encode())
        except OSError as error:
            reason = error.strerror or error
            self._say("unwritable", f"the cache {self.folder} cannot be written ({reason}); going on without")

    def info(self) -> CacheInfo:
        """Return where the clips are, how many, and what they take on disk."""
        sizes = [entry.stat().st_size for entry in self._entries()]
        return CacheInfo(self.folder, len(sizes), sum(sizes))

    def clear(self) -> None:
        """Remove every clip and note; what else lies in the folder stays."""
        for folder in (self._clips, self._notes):
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Keep within the limit, or remove a folder that was for this session alone."""
        if self._removal:
            self._removal()
        elif self._unswept:
            self._sweep()

    def _path(self, key: str) -> Path:
        return self._clips / f"{key}.clip"

    def _write(self, path: Path, content: bytes) -> bool:
        """Write a file whole or not at all; return False if there was one already."""
        part = path.with_name(f".{path.name}.{os.getpid()}.{next(self._numbers)}.part")
        try:
            try:
                part.write_bytes(content)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(content)
            return _named(part, path)
        finally:
            part.unlink(missing_ok=True)

    def _count(self, written: int) -> None:
        with self._lock:
            self._unswept += written
            due = self._unswept > self._limit * _UNSWEPT
        if due:
            self._sweep()

    def _sweep(self) -> None:
        """Remove what was not used for the longest time, until all fits, and what crashes have left."""
        with self._lock:
            self._unswept = 0
        found = []
        for entry in self._entries(parts=True):
            try:
                stat = entry.stat()
            except OSError:
                continue
            if not entry.name.endswith(".part"):
                found.append((stat.st_mtime, stat.st_size, entry.path))
            elif time.time() - stat.st_mtime > _STALE_SECONDS:
                with suppress(OSError):
                    Path(entry.path).unlink()
        total = sum(size for _, size, _ in found)
        if total <= self._limit:
            return
        for _, size, path in sorted(found):
            with suppress(OSError):
                Path(path).unlink()
            total -= size
            if total <= self._limit * _AFTER_SWEEP:
                return

    def _entries(self, *, parts: bool = False) -> Iterator["os.DirEntry[str]"]:
        try:
            with os.scandir(self._clips) as found:
                yield from (entry for entry in found if parts or entry.name.endswith(".clip"))
        except OSError:
            return

    def _say(self, kind: str, message: str) -> None:
        with self._lock:
            new = kind not in self._mentioned
            self._mentioned.add(kind)
        if new:
            self.mention(message)


def _packed(pcm: np.typing.NDArray[np.int16], sample_rate: int, key: str) -> bytes:
    body = pcm.astype("<i2", copy=False).tobytes()
    return _HEADER.pack(_MARK, sample_rate, len(pcm), _checksum(key, sample_rate, body)) + body


def _unpacked(found: bytes, key: str) -> Clip | None:
    """Return the clip of an entry, or None if it is not exactly as it was written."""
    if len(found) < _HEADER.size:
        return None
    mark, sample_rate, frames, checksum = _HEADER.unpack_from(found)
    body = memoryview(found)[_HEADER.size :]
    if mark != _MARK or len(body) != 2 * frames or checksum != _checksum(key, sample_rate, body):
        return None
    return from_pcm(np.frombuffer(body, "<i2"), sample_rate)


def _checksum(key: str, sample_rate: int, body: bytes | memoryview) -> int:
    return zlib.crc32(body, zlib.crc32(f"{key} {sample_rate}".encode()))


def _named(part: Path, path: Path) -> bool:
    """Give a complete file its name, unless a file of that name is there: then return False."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links: the last one wins instead of the first.
        part.replace(path)
    return True
