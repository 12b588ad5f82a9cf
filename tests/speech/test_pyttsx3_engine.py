import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import espeakng_loader
import pytest

from voicecoach.errors import SpeechError
from voicecoach.sound.clip import peak, trim
from voicecoach.speech import pyttsx3_worker
from voicecoach.speech.engine import Manner
from voicecoach.speech.pyttsx3_engine import COMMAND, Pyttsx3Engine
from voicecoach.speech.text import spoken

MANNER = Manner("gmw/en-us", 125)
DOUBLES = Path(__file__).with_name("worker_doubles.py")
WORDS = ["roll", "slowly", "along", "the", "outside", "of", "your", "thigh", "breathe", "hips", "stacked"]


@pytest.fixture
def engine() -> Iterator[Pyttsx3Engine]:
    """Return the real engine."""
    engine = Pyttsx3Engine()
    yield engine
    engine.close()


@pytest.fixture
def wrong(tmp_path: Path) -> Iterator[Callable[..., Pyttsx3Engine]]:
    """Return a function that makes an engine whose worker does something wrong."""
    engines = []

    def make(what: str, limit_seconds: float = 20.0) -> Pyttsx3Engine:
        command = (sys.executable, str(DOUBLES), what, str(tmp_path))
        engines.append(Pyttsx3Engine(command=command, limit_seconds=limit_seconds))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


def phrases(number: int) -> list[str]:
    """Return phrases of one to twenty words, all distinct."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    found: dict[str, None] = {}
    while len(found) < number:
        found[" ".join(chance.choices(WORDS, k=chance.choice([1, 2, 3, 5, 8, 20]))).capitalize() + "."] = None
    return list(found)


def children() -> list[int]:
    """Return the workers that this process has started and that still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            command = (process / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == os.getpid() and "pyttsx3_worker.py" in command:
            found.append(int(process.name))
    return found


def gone(process: int, within: float = 20.0) -> bool:
    """Wait until a process has ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        stat = Path(f"/proc/{process}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_a_batch_is_spoken_each_phrase_as_itself(engine: Pyttsx3Engine) -> None:
    """Two hundred distinct phrases, spoken side by side, last as long as when they are spoken alone."""
    texts = phrases(200)
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: engine.synthesize(text, MANNER).seconds, texts))
    alone = [engine.synthesize(text, MANNER).seconds for text in texts]

    assert [text for text, a, b in zip(texts, together, alone, strict=True) if abs(a - b) > 0.05] == []


def test_the_rate_is_never_lost(engine: Pyttsx3Engine) -> None:
    """Of forty phrases at changing rates, every one is spoken at its own."""
    slow, fast = Manner("gmw/en-us", 110), Manner("gmw/en-us", 220)
    lengths = [engine.synthesize("Halfway there, my friend", (slow, fast)[i % 2]).seconds for i in range(40)]

    assert min(lengths[::2]) > 1.5 * max(lengths[1::2])


def test_the_woman_of_a_voice_is_another(engine: Pyttsx3Engine) -> None:
    """Every voice of eSpeak NG is listed as a man and as a woman, and the woman speaks."""
    genders = {voice.id: voice.gender for voice in engine.voices()}

    assert (genders["gmw/en-us"], genders["gmw/en-us+f3"]) == ("male", "female")
    assert peak(engine.synthesize("Hello", Manner("gmw/en-us+f3", 125))) > 0.1


def test_nothing_is_printed(engine: Pyttsx3Engine, capfd: pytest.CaptureFixture[str]) -> None:
    """What pyttsx3 prints reaches neither stdout nor stderr."""
    engine.synthesize("Hello", MANNER)
    engine.close()

    assert capfd.readouterr() == ("", "")


def test_a_worker_that_is_killed_loses_no_phrase(engine: Pyttsx3Engine) -> None:
    """A SIGKILL in the middle of a batch costs no phrase."""
    texts = phrases(60)
    with ThreadPoolExecutor(3) as threads:
        clips = [threads.submit(engine.synthesize, text, MANNER) for text in texts]
        clips[5].result()
        killed = children()
        for process in killed:
            os.kill(process, signal.SIGKILL)
        lengths = [clip.result().seconds for clip in clips]

    assert killed
    assert len(lengths) == 60


@pytest.mark.parametrize("what", ["hangs-once", "dies-once", "half-once", "silence-once", "babbles-once"])
def test_what_goes_wrong_once_is_tried_again(wrong: Callable[..., Pyttsx3Engine], what: str) -> None:
    """A phrase that fails the first time is spoken by the next worker."""
    assert wrong(what, limit_seconds=2.0).synthesize("Hello", MANNER).seconds == 1.0


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("hangs", "it did not answer within 0.2 seconds"),
        ("dies", "its process ended with code 1: out of breath"),
        ("half", "its file holds 11025 of 22050 frames"),
        ("silence", "it made a silent file"),
        ("short", "it spoke for 0.01 seconds; 0.06 is the least for this text"),
        ("nothing-written", "its file cannot be read: [Errno 2] No such file or directory"),
        ("wrong-rate", "it spoke with voice 'gmw/en-us' at rate 155 instead of"),
        ("babbles", "it answered b'Audio saved\\n'"),
    ],
)
def test_what_goes_wrong_twice_is_an_error(
    wrong: Callable[..., Pyttsx3Engine], tmp_path: Path, what: str, reason: str
) -> None:
    """A phrase that fails twice is reported with its text, its engine and the reason."""
    engine = wrong(what, limit_seconds=0.1 if what == "hangs" else 20.0)
    with pytest.raises(SpeechError) as report:
        engine.synthesize("Hello", MANNER)

    assert str(report.value).startswith(f"pyttsx3 could not speak 'Hello', tried twice: {reason}")
    assert len(list(tmp_path.glob("asked-*"))) == 2


def test_an_unknown_voice_is_refused(engine: Pyttsx3Engine) -> None:
    """A voice that is not there is an error, and not spoken with another one."""
    with pytest.raises(SpeechError, match="could not speak 'Hello': there is no voice 'gmw/en-xx'"):
        engine.synthesize("Hello", Manner("gmw/en-xx", 125))


def test_an_engine_that_cannot_start_says_why() -> None:
    """A worker that ends before it is ready is reported with its last words."""
    engine = Pyttsx3Engine(command=(sys.executable, "-c", "raise SystemExit('no library')"))
    with pytest.raises(SpeechError, match=r"could not list its voices, tried twice.*no library"):
        engine.voices()


def test_a_worker_that_cannot_be_started_is_reported() -> None:
    """Where the program itself is missing, the error says so."""
    engine = Pyttsx3Engine(command=("/nonexistent",))
    with pytest.raises(SpeechError, match="'/nonexistent' cannot be started"):
        engine.synthesize("Hello", MANNER)


def test_missing_data_is_found_before_the_library_ends_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its data eSpeak NG would end the process: it is not even loaded."""
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path))
    with pytest.raises(RuntimeError, match="reinstall espeakng-loader"):
        pyttsx3_worker.load_espeak()


def test_closing_leaves_nothing_behind(engine: Pyttsx3Engine) -> None:
    """After closing there is no process, and nothing more is spoken."""
    engine.synthesize("Hello", MANNER)
    started = children()
    engine.close()

    assert started
    assert set(children()) & set(started) == set()
    with pytest.raises(SpeechError, match="pyttsx3 is closed"):
        engine.synthesize("Hello", MANNER)


def test_an_interrupt_from_the_terminal_does_not_end_a_worker(engine: Pyttsx3Engine) -> None:
    """A worker that gets SIGINT goes on speaking; it is in no process group of ours either."""
    engine.synthesize("Hello", MANNER)
    (worker,) = children()
    os.kill(worker, signal.SIGINT)
    engine.synthesize("Hello again", MANNER)

    assert children() == [worker]
    assert os.getpgid(worker) != os.getpgid(0)


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """When the program is killed without a chance to clean up, its workers end and remove their files."""
    program = tmp_path / "program.py"
    program.write_text(
        "import time\n"
        "from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine\n"
        "from voicecoach.speech.engine import Manner\n"
        "engine = Pyttsx3Engine()\n"
        "engine.synthesize('Hello', Manner('gmw/en-us', 125))\n"
        "worker = engine._idle[0]\n"
        "print(worker._process.pid, worker.folder, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker, folder = parent.stdout.readline().split()
        parent.kill()
    ended = gone(int(worker))

    assert (ended, Path(folder).exists()) == (True, False)


def test_the_worker_starts_without_heavy_imports(tmp_path: Path) -> None:
    """The worker imports neither numpy nor anything of ours."""
    log = subprocess.run(
        [sys.executable, "-X", "importtime", *COMMAND[1:], tmp_path / "none"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    ).stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in log.splitlines()}

    assert imported & {"numpy", "av", "voicecoach", "pyttsx3"} == {"pyttsx3"}


@pytest.mark.parametrize(
    "text",
    [
        "[[h@l'oU]]",
        "<speak><break time='10m'/>hello</speak>",
        "a\0b\x07c",
        "--help",
        "\N{PERSON IN LOTUS POSITION}\u200d\u2640\ufe0f breathe",
        "\u202eright to left",
        "a" * 2_000,  # as long as a text of a routine may be
        "Ω≈ç√∫ 漢字 नमस्ते",
        "\ud800 lone",
        "1" * 500,
        "&amp; &lt;b&gt;",
    ],
)
def test_hostile_text_is_spoken_harmlessly(engine: Pyttsx3Engine, text: str) -> None:
    """Whatever a routine says, something is heard, and the worker lives."""
    clip = trim(engine.synthesize(spoken(text), MANNER))

    assert clip.seconds > 0.2
    assert len(children()) == 1


def test_markup_does_not_steer_the_engine(engine: Pyttsx3Engine) -> None:
    """A pause that is asked for in SSML is not made, and phonemes are read as letters."""
    plain = engine.synthesize(spoken("Hello, my friend"), MANNER).seconds
    tagged = engine.synthesize(spoken('Hello, <break time="5s"/> my friend'), MANNER).seconds

    assert tagged == pytest.approx(plain, abs=0.05)
