import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.errors import OutputError
from voicecoach.output.audio.file import open_file
from voicecoach.output.replace import replacing

EXPORT = """
import os, sys
from pathlib import Path
import numpy as np
from voicecoach.errors import OutputError
from voicecoach.output.replace import replacing
from voicecoach.output.audio.file import open_file
{before}
try:
    with replacing(Path(sys.argv[1])) as temporary:
        sink = open_file(temporary, 24000)
        try:
            for second in range(100):
                sink.write(np.ones(24000, np.float32))
                {during}
        finally:
            sink.close()
except OutputError as error:
    sys.exit(str(error))
"""


def export(target: Path, before: str = "", during: str = "pass") -> "subprocess.CompletedProcess[str]":
    """Write 100 s of sound to a target, in a process of its own."""
    code = EXPORT.format(before=before, during=during)
    return subprocess.run([sys.executable, "-c", code, target], capture_output=True, text=True, check=False)


@pytest.fixture(params=["there was none", "there was an older one"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Name a file to be written, with and without an older one there."""
    target = tmp_path / "hips.wav"
    if "older" in request.param:
        target.write_text("old")
    return target


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Hold that a folder is the same afterwards."""
    before = contents(folder)
    yield
    assert before == contents(folder)


def write_half(target: Path, error: BaseException) -> None:
    """Begin to write a target, and meet an error."""
    with replacing(target) as temporary:
        temporary.write_text("half")
        raise error


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_complete_file_takes_the_place(target: Path) -> None:
    """After the block the target is what was written, and nothing is beside it."""
    with replacing(target) as temporary:
        assert (target.parent, target.suffix) == (temporary.parent, temporary.suffix)
        temporary.write_text("new")
    assert {"hips.wav": b"new"} == contents(target.parent)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, BrokenPipeError])
def test_whatever_ends_the_block_leaves_the_target_alone(error: type[BaseException], target: Path) -> None:
    """An interrupt or a fault leaves what was there, and passes on as it is."""
    with unchanged(target.parent), pytest.raises(error):
        write_half(target, error())


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "fault"),
        (errno.EACCES, "permission"),
    ],
)
def test_faults_of_the_disk_name_the_target_and_a_remedy(number: int, remedy: str, target: Path) -> None:
    """An error of the system becomes one line for the user, about the file that the user named."""
    line = f"^cannot write .*hips.wav: .*{remedy}.*[^\n]$"
    with unchanged(target.parent), pytest.raises(OutputError, match=line):
        write_half(target, OSError(number, os.strerror(number)))


def test_an_error_about_another_file_is_not_ours(target: Path) -> None:
    """A missing routine file, say, is no fault of the target."""
    missing = target.parent / "routine.toml"
    with (
        unchanged(target.parent),
        pytest.raises(FileNotFoundError, match=r"routine\.toml"),
        replacing(target),
    ):
        missing.read_text()


def test_a_file_beyond_the_limit_leaves_the_target_alone(target: Path) -> None:
    """A real export that is refused more bytes in the middle ends with one line and leaves what was there."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    with unchanged(target.parent):
        run = export(target, before=limit)
    assert (1, f"cannot write {target}: the file is too large for this disk; choose another folder\n") == (
        run.returncode, run.stderr
    )  # fmt: skip


def test_a_full_disk_leaves_the_target_alone(tmp_path: Path) -> None:
    """A real export onto a disk that fills up ends with one line, and what was there is there."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; the test above it runs for everybody")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets not even root mount a small disk; the test above it runs everywhere")
    try:
        (disk / "hips.wav").write_text("old")
        run = export(disk / "hips.wav")
        assert {"hips.wav": b"old"} == contents(disk)
    finally:
        subprocess.run(["umount", disk], check=True)
    assert 1 == run.returncode
    assert "the disk is full; free some space or choose another folder" in run.stderr
    assert 1 == len(run.stderr.splitlines())


def test_a_kill_leaves_the_target_alone_and_the_next_run_clears_up(target: Path) -> None:
    """After SIGKILL the target is what it was; the next export beside it removes what was left."""
    there = contents(target.parent)
    run = export(target, during="if second == 50: os.kill(os.getpid(), 9)")
    assert -9 == run.returncode
    left = contents(target.parent)
    assert there.items() < left.items()
    assert 1 == len(left) - len(there)
    with replacing(target.with_name("other.wav")) as temporary:
        temporary.write_text("new")
    assert {**there, "other.wav": b"new"} == contents(target.parent)


def test_what_another_export_is_writing_is_left_to_it(target: Path) -> None:
    """Two exports at once into one folder do not disturb each other."""
    with replacing(target) as first, replacing(target) as second:
        first.write_text("first")
        second.write_text("second")
        with replacing(target.with_name("third.wav")) as third:
            third.write_text("third")
    assert {"hips.wav": b"first", "third.wav": b"third"} == contents(target.parent)


def test_files_that_only_look_alike_are_left(target: Path) -> None:
    """What voicecoach did not write itself, or wrote on another machine, is not removed."""
    others = [".hips.voicecoach-notes.wav", ".hips.voicecoach-ffffffff-999999999-00000000.wav"]
    for name in others:
        (target.parent / name).write_text("mine")
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert {*others, "hips.wav"} == set(contents(target.parent))


def test_a_link_is_followed(tmp_path: Path) -> None:
    """A link stays a link, and the file that it names is replaced."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "hips.wav").write_text("old")
    link = tmp_path / "link.wav"
    link.symlink_to("real/hips.wav")
    with replacing(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert {"hips.wav": b"new"} == contents(tmp_path / "real")


def test_permissions_are_kept(tmp_path: Path) -> None:
    """A file that only its owner could read is so afterwards; a new one is as the umask says."""
    old, new = tmp_path / "old.wav", tmp_path / "new.wav"
    old.write_text("old")
    old.chmod(0o600)
    for target in (old, new):
        with replacing(target) as temporary:
            temporary.write_text("new")
    umask = os.umask(0)
    os.umask(umask)
    assert [0o600, 0o666 & ~umask] == [stat.S_IMODE(path.stat().st_mode) for path in (old, new)]


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    """The temporary name is no longer than the target's may be."""
    target = tmp_path / ("ü" * 125 + ".wav")
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert {target.name: b"new"} == contents(tmp_path)


def test_what_cannot_be_a_file_is_refused_before_any_work(tmp_path: Path) -> None:
    """A folder, a missing folder, and a thing that is no file: each is one line with a remedy."""
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "file").write_text("")
    for name, remedy in {
        "": "it is a folder; name a file in it",
        "nowhere/hips.wav": "there is no folder .*nowhere; make it, or choose another one",
        "file/hips.wav": "there is no folder .*file; make it",
        "pipe.wav": "not a file; choose another name",
    }.items():
        with pytest.raises(OutputError, match=remedy), replacing(tmp_path / name):
            pytest.fail("the block must not run")


def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    """A folder or file that may not be written is one line with a remedy."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; runs as an ordinary user")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    protected = tmp_path / "protected.wav"
    protected.touch(mode=0o400)
    for target, remedy in ((closed / "hips.wav", "no permission to write"), (protected, "write-protected")):
        with pytest.raises(OutputError, match=remedy), replacing(target):
            pytest.fail("the block must not run")


def test_an_export_is_written_through(tmp_path: Path) -> None:
    """A file sink and the replacing of its target work together."""
    with replacing(tmp_path / "hips.wav") as temporary:
        sink = open_file(temporary, 24_000)
        sink.write(np.ones(24_000, np.float32))
        sink.close()
    assert 24_000 == soundfile.info(tmp_path / "hips.wav").frames
