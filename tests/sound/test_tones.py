"""The tones: what a listener with closed eyes depends on, held against the files that are shipped."""

import subprocess
import sys
import tomllib
import wave
from itertools import combinations
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from voicecoach.errors import CoachError
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.sound import tones
from voicecoach.sound.clip import Samples
from voicecoach.sound.decode import decode, resample
from voicecoach.sound.tones import TONES, load
from voicecoach.units import decibels

CHECKOUT = Path(__file__).parents[2]
SOUNDS = CHECKOUT / "sounds"

LENGTHS_MS = {
    "start": (350, 450),
    "end": (350, 450),
    "halfway": (280, 320),
    "tick": (80, 120),
    "rep": (140, 160),
    "switch": (380, 420),
    "stage": (560, 640),
    "finish": (1000, 1200),
    "ack": (110, 130),
    "wake": (560, 640),
    "breathe-in": (600, 700),
    "breathe-out": (700, 800),
}
SOFT = {"ack", "wake", "breathe-in", "breathe-out"}

every_tone = pytest.mark.parametrize("name", TONES)


def samples(name: str) -> Samples:
    """Return a shipped tone at the rate of the session."""
    return load(name, SAMPLE_RATE).samples


def second_peak(sound: Samples) -> float:
    """Return the highest local maximum of the normalised autocorrelation, its main lobe at lag 0 apart."""
    power = np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2
    correlation = np.fft.irfft(power)[: len(sound)]
    inner = correlation[1:-1]
    peaks = inner[(inner > correlation[:-2]) & (inner >= correlation[2:])]
    return float(peaks.max() / correlation[0])


def likeness(one: Samples, other: Samples) -> float:
    """Return the largest normalised cross-correlation of two sounds, at any lag and of either sign."""
    size = len(one) + len(other)
    correlation = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    return float(np.abs(correlation).max() / np.sqrt(np.dot(one, one) * np.dot(other, other)))


def onset(sound: Samples, tone: Samples) -> int:
    """Return the frame at which a tone lies in a sound."""
    return int(np.argmax(np.correlate(sound, tone, "valid")))


def centre_hz(sound: Samples) -> float:
    """Return the centre of gravity of the power spectrum."""
    power = np.abs(np.fft.rfft(sound, SAMPLE_RATE)) ** 2
    return float(np.average(np.arange(len(power)), weights=power))


def rise_seconds(sound: Samples) -> float:
    """Return how long a sound takes to come within 6 dB of its peak."""
    return int(np.argmax(np.abs(sound) > 0.5 * np.abs(sound).max())) / SAMPLE_RATE


def above(hertz: int, sound: Samples) -> Samples:
    """Return what is left of a sound above a frequency."""
    spectrum = np.fft.rfft(sound, 2 * SAMPLE_RATE)
    spectrum[: 2 * hertz] = 0
    return np.fft.irfft(spectrum)[: len(sound)].astype(np.float32)


def loudness(sound: Samples) -> float:
    """Return the loudness in LUFS, as FFmpeg's ebur128 measures it.

    A sound that fills the window of 400 ms: its loudest window. A shorter one: repeated without a pause.
    """
    short = len(sound) < 0.4 * SAMPLE_RATE
    key = "lavfi.r128.I" if short else "lavfi.r128.M"
    track = np.tile(sound, 60) if short else np.pad(sound, SAMPLE_RATE)
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="flt", sample_rate=SAMPLE_RATE, layout="mono")
    graph.link_nodes(source, graph.add("ebur128", "metadata=1"), graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(track[np.newaxis], "flt", "mono")
    frame.sample_rate = SAMPLE_RATE
    graph.push(frame)
    graph.push(None)
    measured: list[float] = []
    while True:
        try:
            metadata = graph.pull().metadata
        except (av.BlockingIOError, av.EOFError):
            return measured[-1] if short else max(measured)
        measured += [float(metadata[key])] if key in metadata else []


def write(path: Path, sound: Samples, sample_rate: int = SAMPLE_RATE) -> Path:
    """Write a sound as a user would have it: 16 bit, or of the kind that the name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, sample_rate)
    return path


def chirp(seconds: float, sample_rate: int = SAMPLE_RATE, peak: float = 0.5) -> Samples:
    """Return a glide from 300 to 900 Hz."""
    t = np.arange(round(seconds * sample_rate)) / sample_rate
    return (peak * np.sin(2 * np.pi * (300 * t + 300 * t * t / seconds))).astype(np.float32)


def test_names() -> None:
    """Every file has a name in the table, and every name has a file."""
    assert sorted(path.stem for path in SOUNDS.iterdir()) == sorted(TONES)


def test_script_makes_the_files(tmp_path: Path) -> None:
    """The committed files are, byte for byte, what the script makes."""
    subprocess.run([sys.executable, CHECKOUT / "scripts" / "make-sounds", tmp_path], check=True)
    assert {p.name: p.read_bytes() for p in SOUNDS.iterdir()} == {
        p.name: p.read_bytes() for p in tmp_path.iterdir()
    }


@every_tone
def test_format(name: str) -> None:
    """A shipped file is mono, 16 bit, at the rate of the session, so that nothing is converted."""
    with wave.open(str(SOUNDS / f"{name}.wav")) as file:
        assert (1, 2, SAMPLE_RATE) == (file.getnchannels(), file.getsampwidth(), file.getframerate())


@every_tone
def test_length(name: str) -> None:
    """A tone is as short as its meaning allows."""
    shortest, longest = LENGTHS_MS[name]
    assert shortest <= load(name, SAMPLE_RATE).seconds * 1000 <= longest


@every_tone
def test_no_click(name: str) -> None:
    """A tone fades in from nothing and out to nothing, and jumps nowhere between."""
    sound = samples(name)
    assert sound[0] == sound[-1] == 0.0
    assert np.abs(above(4000, sound)).max() < 0.003 * np.abs(sound).max()


@every_tone
def test_low(name: str) -> None:
    """Nothing that matters lies above 2 kHz, where older ears hear less."""
    sound = samples(name)
    assert np.sum(above(2000, sound) ** 2) < 0.01 * np.sum(sound**2)


def test_second_peak_of_a_sine() -> None:
    """The measure of likeness to itself catches what it is for: a plain sine."""
    sine = np.sin(2 * np.pi * 440 * np.arange(9600) / SAMPLE_RATE).astype(np.float32)
    assert second_peak(sine) > 0.98


@every_tone
def test_unlike_itself(name: str) -> None:
    """No tone resembles itself a little later, so its onset cannot be mistaken by a period."""
    assert second_peak(samples(name)) <= 0.85


@pytest.mark.parametrize(("one", "other"), list(combinations(TONES, 2)))
def test_unlike_each_other(one: str, other: str) -> None:
    """No two tones can be taken for each other."""
    assert likeness(samples(one), samples(other)) <= 0.7


@pytest.mark.parametrize(
    ("name", "factor"), [("start", 1.1), ("end", 1 / 1.1), ("breathe-in", 1.1), ("breathe-out", 1 / 1.1)]
)
def test_direction(name: str, factor: float) -> None:
    """Start and an in-breath rise, end and an out-breath fall, by a tone and more between their halves."""
    first, second = np.array_split(samples(name), 2)
    change = centre_hz(second) / centre_hz(first)
    assert change > factor if factor > 1 else change < factor


@pytest.mark.parametrize("name", ["breathe-in", "breathe-out"])
def test_a_breath_swells(name: str) -> None:
    """A breath comes five times as slowly as start and end do, so that it is calm and taken for neither."""
    assert rise_seconds(samples(name)) > 5 * max(rise_seconds(samples(other)) for other in ("start", "end"))


@every_tone
def test_loudness(name: str) -> None:
    """A tone is as loud as speech in a mono session; what answers, wakes or breathes is 8 dB softer."""
    assert pytest.approx(-27 if name in SOFT else -19, abs=0.7) == loudness(samples(name))


@every_tone
def test_true_peak(name: str) -> None:
    """Between the frames too, a tone leaves the headroom that lossy codecs need."""
    assert decibels(float(np.abs(resample(load(name, SAMPLE_RATE), 8 * SAMPLE_RATE).samples).max())) <= -2.5


@every_tone
@pytest.mark.parametrize(
    ("suffix", "codec", "bit_rate"),
    [("mp3", "mp3", 48_000), ("m4a", "aac", 48_000), ("opus", "libopus", 24_000)],
)
def test_onset_after_a_codec(name: str, suffix: str, codec: str, bit_rate: int, tmp_path: Path) -> None:
    """In a file of any lossy kind the tone is found within one frame of where it was put."""
    tone, first = samples(name), 12_345
    track = np.pad(tone, (first, SAMPLE_RATE))
    path = tmp_path / f"track.{suffix}"
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, SAMPLE_RATE, layout="mono", bit_rate=bit_rate)
        frame = av.AudioFrame.from_ndarray(track[np.newaxis], "flt", "mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert pytest.approx(first, abs=1) == onset(decode(path, SAMPLE_RATE).samples, tone)


@every_tone
@pytest.mark.parametrize("sample_rate", [16_000, 44_100, 48_000])
def test_other_rates(name: str, sample_rate: int) -> None:
    """At another rate a tone lasts as long and begins where it began."""
    clip = load(name, sample_rate)
    assert (sample_rate, round(len(samples(name)) * sample_rate / SAMPLE_RATE)) == (
        clip.sample_rate,
        clip.frames,
    )
    back = resample(clip, SAMPLE_RATE).samples
    assert onset(np.pad(back, 100), samples(name)) == 100


@pytest.mark.parametrize("suffix", ["voicecoach/sounds", "sounds"])
def test_homes(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are found inside an installed package and beside the package in a checkout."""
    tick = samples("tick")
    homes = [tmp_path / home.relative_to(CHECKOUT) for home in tones._HOMES]  # noqa: SLF001
    monkeypatch.setattr(tones, "_HOMES", homes)
    write(tmp_path / suffix / "start.wav", tick)
    assert np.array_equal(tick, samples("start"))


def test_wheel() -> None:
    """The build puts the files where an installed package looks for them."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["sounds"] == str(tones._HOMES[0].relative_to(CHECKOUT))  # noqa: SLF001


def test_users_tone_replaces_ours(tmp_path: Path) -> None:
    """A file of the same name in the user's folder is played instead, whatever its rate and channels."""
    left = chirp(0.5, 44_100)
    write(tmp_path / "start.wav", np.stack([left, left], axis=1), 44_100)
    clip = load("start", SAMPLE_RATE, tmp_path)
    assert (SAMPLE_RATE, SAMPLE_RATE // 2) == (clip.sample_rate, clip.frames)
    assert np.abs(clip.samples - chirp(0.5))[100:-100].max() < 0.001


def test_users_folder_without_the_tone(tmp_path: Path) -> None:
    """What the user did not replace stays as it is."""
    write(tmp_path / "start.wav", chirp(0.5))
    assert np.array_equal(samples("end"), load("end", SAMPLE_RATE, tmp_path).samples)
    assert np.array_equal(samples("end"), load("end", SAMPLE_RATE, tmp_path / "missing").samples)


def test_users_loud_tone_is_turned_down(tmp_path: Path) -> None:
    """A user's tone at full scale keeps its shape and leaves the headroom that lossy codecs need."""
    write(tmp_path / "start.wav", chirp(0.5, peak=1.0))
    assert pytest.approx(-2.5, abs=0.1) == decibels(float(load("start", SAMPLE_RATE, tmp_path).samples.max()))


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (b"this is no sound", "Invalid data found when processing input"),
        (b"", "Invalid data found when processing input"),
        (chirp(0.5, peak=0.0005), "it is silent"),
        (chirp(3.1), "it is longer than 3 seconds"),
        (chirp(0.0), "it is empty"),
    ],
)
def test_users_tone_that_cannot_be_used(sound: bytes | Samples, reason: str, tmp_path: Path) -> None:
    """A user's file that is no tone ends in one line that names the file, the reason and the remedy."""
    path = tmp_path / "start.wav"
    if isinstance(sound, bytes):
        path.write_bytes(sound)
    else:
        write(path, sound)
    with pytest.raises(CoachError) as raised:
        load("start", SAMPLE_RATE, tmp_path)
    assert str(raised.value).startswith(f"cannot use the sound '{path}': {reason}; put another there, ")
    assert str(raised.value).endswith(", or remove it to have the built-in sound back")


def test_users_broken_link(tmp_path: Path) -> None:
    """A link that leads nowhere is reported, for the user meant to replace the tone."""
    (tmp_path / "tick.wav").symlink_to(tmp_path / "gone.wav")
    with pytest.raises(CoachError, match="No such file"):
        load("tick", SAMPLE_RATE, tmp_path)
