"""A short queue of PCM between the thread that writes a session and the one that feeds a device."""

from collections import deque


class Ring:
    """Hold a bounded number of frames, first in, first out. Who shares it between threads locks it."""

    def __init__(self, capacity: int, frame_bytes: int) -> None:
        """Begin empty, with room for `capacity` frames of so many bytes."""
        self.capacity = capacity
        self.frames = 0
        """How many frames are in it."""
        self._frame_bytes = frame_bytes
        self._pieces: deque[memoryview] = deque()

    @property
    def room(self) -> int:
        """Return how many more frames it takes."""
        return self.capacity - self.frames

    def append(self, pcm: memoryview) -> None:
        """Add frames, for which there must be room."""
        self._pieces.append(pcm)
        self.frames += len(pcm) // self._frame_bytes

    def take(self, frames: int) -> bytes:
        """Remove and return so many frames, or as many as there are."""
        wanted = frames * self._frame_bytes
        taken = []
        while wanted and self._pieces:
            piece = self._pieces.popleft()
            taken.append(piece[:wanted])
            if len(piece) > wanted:
                self._pieces.appendleft(piece[wanted:])
            wanted -= len(taken[-1])
        pcm = b"".join(taken)
        self.frames -= len(pcm) // self._frame_bytes
        return pcm

    def skip_silence(self, most: int) -> int:
        """Remove digital silence at the front, so many frames at most, and return how many it were."""
        skipped = 0
        while skipped < most and self._pieces:
            piece = self._pieces.popleft()
            sound = bytes(piece).lstrip(b"\0")
            silent = min(most - skipped, (len(piece) - len(sound)) // self._frame_bytes)
            skipped += silent
            if rest := piece[silent * self._frame_bytes :]:
                self._pieces.appendleft(rest)
                break
        self.frames -= skipped
        return skipped

    def clear(self) -> int:
        """Forget all frames, and return how many they were."""
        dropped, self.frames = self.frames, 0
        self._pieces.clear()
        return dropped
