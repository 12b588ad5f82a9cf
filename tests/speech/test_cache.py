import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.sound.clip import Clip, to_pcm
from voicecoach.speech.cache import ClipCache, key_of

RATE = 24_000
KEY, OTHER = key_of("one"), key_of("other")


def clip(frames: int = 1000, level: float = 0.5) -> Clip:
    """Return a clip of noise that needs rounding."""
    noise = np.random.default_rng(frames).uniform(-level, level, frames)
    return Clip(noise.astype(np.float32), RATE)


@pytest.fixture
def full_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder on a full disk: a small one in memory, or a double where that takes more rights."""
    folder = tmp_path / "full"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        yield folder
        subprocess.run(["umount", folder], check=True)
        return

    def write(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path, len(content))

    monkeypatch.setattr(Path, "write_bytes", write)
    yield folder


def test_what_is_kept_comes_back_bit_for_bit(tmp_path: Path) -> None:
    """The clip that is kept, and the one that is read later, are the same frames."""
    kept = ClipCache(tmp_path).put(KEY, clip())
    read = ClipCache(tmp_path).get(KEY)

    assert read is not None
    assert (read.sample_rate, read.samples.tolist()) == (RATE, kept.samples.tolist())
    assert to_pcm(kept).tolist() == to_pcm(clip()).tolist()


def test_keys_tell_everything_apart() -> None:
    """Parts that differ in any place, or in where one ends, have different keys."""
    assert (
        len({key_of("a", "b"), key_of("ab"), key_of("a", "b", 1), key_of("b", "a"), key_of("a", ("b",))}) == 5
    )


def test_who_writes_first_has_made_it_for_all(tmp_path: Path) -> None:
    """A second process that made the same phrase a little longer takes the one that is there."""
    first = ClipCache(tmp_path).put(KEY, clip(1000))
    second = ClipCache(tmp_path).put(KEY, clip(1100))

    assert second.samples.tolist() == first.samples.tolist()


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b[:-1] + b"\x55", lambda _: b"", lambda b: b * 2]
)
def test_a_damaged_entry_is_noticed_removed_and_mentioned_once(tmp_path: Path, damage: object) -> None:
    """An entry that is not exactly as it was written counts as none."""
    heard: list[str] = []
    cache = ClipCache(tmp_path, mention=heard.append)
    for key in (KEY, OTHER):
        cache.put(key, clip())
    for path in (tmp_path / "clips").iterdir():
        path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]

    assert (cache.get(KEY), cache.get(OTHER)) == (None, None)
    assert heard == [f"a damaged clip in the cache {tmp_path} is made anew"]
    assert cache.info().entries == 0


def test_an_entry_under_another_name_is_damaged(tmp_path: Path) -> None:
    """A clip counts only for the key it was written under."""
    cache = ClipCache(tmp_path)
    cache.put(KEY, clip())
    (path,) = (tmp_path / "clips").iterdir()
    path.rename(path.with_name(f"{OTHER}.clip"))

    assert cache.get(OTHER) is None


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    """Beyond the limit the oldest entries are removed; one that was read counts as new."""
    cache = ClipCache(tmp_path, limit_bytes=10_000)
    keys = [key_of(number) for number in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, clip(1000))
        old = time.time() - 100_000 + age
        os.utime(tmp_path / "clips" / f"{key}.clip", (old, old))
    cache.get(keys[0])
    cache.put(key_of("last"), clip(1000))

    assert [key for key in keys if cache.get(key)] == [keys[0], keys[2], keys[3]]
    assert cache.info().bytes <= 10_000


def test_parts_that_a_crash_left_are_removed(tmp_path: Path) -> None:
    """A part that is old goes with the next sweep; a fresh one may be under way elsewhere."""
    cache = ClipCache(tmp_path)
    cache.put(KEY, clip())
    old, fresh = tmp_path / "clips" / ".a.1.1.part", tmp_path / "clips" / ".a.1.2.part"
    old.touch()
    os.utime(old, (0, 0))
    fresh.touch()
    cache.close()

    assert (old.exists(), fresh.exists(), cache.info().entries) == (False, True, 1)


def test_a_full_disk_is_mentioned_once_and_does_not_stop_the_session(full_folder: Path) -> None:
    """Where nothing can be written, clips stay in memory and are the same each time."""
    heard: list[str] = []
    cache = ClipCache(full_folder, mention=heard.append)
    kept = [cache.put(key_of(number), clip(20_000 + number)) for number in range(3)]
    cache.put_note(KEY, ["x" * 100_000])

    assert [cache.get(key_of(number)) for number in range(3)] == kept
    assert heard == [f"the cache {full_folder} cannot be written (No space left on device); going on without"]
    assert cache.info().entries == 0


def test_a_folder_that_cannot_be_made_does_not_stop_the_session(tmp_path: Path) -> None:
    """A file where the folder should be is mentioned, and clips stay in memory."""
    (tmp_path / "file").touch()
    heard: list[str] = []
    cache = ClipCache(tmp_path / "file" / "cache", mention=heard.append)
    kept = cache.put(KEY, clip())
    cache.put(OTHER, clip())

    assert cache.get(KEY) is kept
    assert len(heard) == 1


def test_notes_are_kept_and_replaced(tmp_path: Path) -> None:
    """The latest note under a key counts, and one that cannot be read is none."""
    cache = ClipCache(tmp_path)
    cache.put_note(KEY, {"rate": 1})
    cache.put_note(KEY, {"rate": 2})
    cache.put_note(OTHER, {"rate": 3})
    (tmp_path / "notes" / f"{OTHER}.json").write_text("{")

    assert (cache.note(KEY), cache.note(OTHER)) == ({"rate": 2}, None)


def test_clearing_leaves_what_is_not_the_caches(tmp_path: Path) -> None:
    """Clips and notes go, a user's file in the folder stays."""
    cache = ClipCache(tmp_path)
    cache.put(KEY, clip())
    cache.put_note(KEY, 1)
    (tmp_path / "mine.txt").touch()
    cache.clear()

    assert (cache.info().entries, [path.name for path in tmp_path.iterdir()]) == (0, ["mine.txt"])


def test_a_private_cache_goes_with_its_session() -> None:
    """Without a folder of the user's, clips are kept in one that is removed at the end."""
    cache = ClipCache.private()
    cache.put(KEY, clip())
    kept = cache.get(KEY)
    cache.close()

    assert kept is not None
    assert not cache.folder.exists()


def test_a_private_cache_goes_even_where_nobody_closes_it() -> None:
    """A program that ends with an error leaves no folder."""
    program = "from voicecoach.speech.cache import ClipCache as C; c = C.private(); print(c.folder); 1 / 0"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "ZeroDivisionError" in ended.stderr
    assert not Path(ended.stdout.strip()).exists()
