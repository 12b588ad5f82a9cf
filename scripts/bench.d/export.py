"""How long it takes to make a recording, of every kind, against its bare encoder and today's usual way."""

import shutil
import subprocess
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import lameenc
import numpy as np
import soundfile
from bench import PYTHON, ROUTINE, VOICECOACH, Bench, Do, in_turns, say, say_all, say_ratio
from bench import seconds_of as timed

from voicecoach.coach import Session, open_session
from voicecoach.exporting import BLOCK_SECONDS
from voicecoach.output.audio.encoders import LAME_QUALITY, FFmpeg
from voicecoach.output.audio.file import AudioFile
from voicecoach.output.audio.kinds import KINDS, Kind, Quality
from voicecoach.output.audio.recipe import Recipe
from voicecoach.output.pcm import to_pcm16
from voicecoach.plan.timeline import Segment, Speech
from voicecoach.sound.render import render_all
from voicecoach.speaking import Speaking
from voicecoach.speech.cores import cores

TIMES = 3
TIMES_OF_LOSSLESS = 9
"""A file that is not compressed is written in a moment, and what the disk does in it differs the more."""
SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".opus")
MOST_OF_WAVE = 2.0
"""The target for WAV, against the standard library writing the same bytes."""
MOST_OF_ENCODER = 1.15
"""The target for every other kind, against its fastest bare encoder."""
MOST_OF_ENCODER_ON_ALL = 1 / 1.6
"""The target for lossy kinds on two cores."""

Bare = Callable[[Path, np.ndarray, bytes, int], object]
"""Write a file from samples, or from the same as 16 bit PCM, as plainly as it can be done."""


@dataclass(frozen=True)
class Plan:
    """A session that is planned, and the same as samples."""

    session: Session
    segments: Sequence[Segment]
    samples: np.ndarray
    pcm: bytes

    @property
    def rate(self) -> int:
        """Return its sample rate."""
        return self.session.planner.sample_rate


def measure(bench: Bench) -> None:
    """Write each kind of file from a finished plan, in turns with its bare encoder; then whole programs."""
    with open_session(ROUTINE, speaking=Speaking(cache=bench.folder / "clips")) as session:
        session.prepare()
        session.level()
        segments = list(session.segments())
        samples = np.concatenate(list(rendered(session, segments)))
        plan = Plan(session, segments, samples, to_pcm16(samples))
        say("length of the session", len(samples) / plan.rate / 60, "min")
        for suffix in SUFFIXES:
            compare(bench, plan, suffix)
    whole_programs(bench)


def rendered(session: Session, segments: Sequence[Segment]) -> object:
    """Yield planned segments as blocks, as an export does."""
    blocksize = round(BLOCK_SECONDS * session.planner.sample_rate)
    return render_all(segments, session.voice.clip, blocksize)


def ours(bench: Bench, plan: Plan, suffix: str, jobs: int) -> Do:
    """Return what writes a file as voicecoach does."""
    recipe = Recipe(KINDS[suffix], plan.rate, jobs=jobs)

    def write() -> None:
        with AudioFile(bench.folder / f"ours{suffix}", recipe) as file:
            for block in rendered(plan.session, plan.segments):
                file.write(block)

    return write


def compare(bench: Bench, plan: Plan, suffix: str) -> None:
    """Print what one kind of file takes."""
    bare = bench.folder / f"bare{suffix}"
    kind, all_cores = KINDS[suffix], cores()
    things = [
        ours(bench, plan, suffix, 1),
        ours(bench, plan, suffix, all_cores),
        lambda: BARE[suffix](bare, plan.samples, plan.pcm, plan.rate),
    ]
    if suffix == ".mp3":
        things.append(lambda: through_pyav(kind, bare, plan.samples, plan.rate))
    times = TIMES if kind.grid else TIMES_OF_LOSSLESS
    one, many, theirs, *more = in_turns(bench.times(times), *things)
    say_all(f"{suffix}: ours, on one core", one)
    if kind.grid:
        say_all(f"  ours, on {all_cores}", many)
    say_all(f"  the bare encoder: {NAMES[suffix]}", theirs)
    most = MOST_OF_WAVE if suffix == ".wav" else MOST_OF_ENCODER
    say_ratio("  ours on one core / bare", one, theirs, most)
    if kind.grid:
        say_ratio(f"  ours on {all_cores} / bare", many, theirs, MOST_OF_ENCODER_ON_ALL)
    if more:
        say_all("  LAME through PyAV, packet by packet", more[0])
        say_ratio("  that / the bare encoder", more[0], theirs)


def by_wave(path: Path, _samples: np.ndarray, pcm: bytes, rate: int) -> None:
    """Write a WAV file with the standard library."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)


def by_soundfile(path: Path, _samples: np.ndarray, pcm: bytes, rate: int) -> None:
    """Write a FLAC file with libsndfile."""
    whole = np.frombuffer(pcm, "<i2")
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16", format="FLAC") as file:
        for first in range(0, len(whole), rate):
            file.write(whole[first : first + rate])


def by_lame(path: Path, _samples: np.ndarray, pcm: bytes, rate: int) -> None:
    """Write a bare MP3 stream with LAME, with the settings of ours."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate((KINDS[".mp3"].bit_rate(Quality.STANDARD, 1) or 0) // 1000)
    encoder.set_quality(LAME_QUALITY)
    encoder.silence()
    with path.open("wb") as file:
        for first in range(0, len(pcm), 2 * rate):
            file.write(encoder.encode(pcm[first : first + 2 * rate]))
        file.write(encoder.flush())


def by_pyav(path: Path, samples: np.ndarray, _pcm: bytes, rate: int) -> None:
    """Write a file through PyAV, with the settings of ours."""
    through_pyav(KINDS[path.suffix], path, samples, rate)


def through_pyav(kind: Kind, path: Path, samples: np.ndarray, rate: int) -> None:
    """Encode samples with FFmpeg's encoder and write its packets, one after another."""
    encoder = FFmpeg(kind, rate, 1, kind.bit_rate(Quality.STANDARD, 1))
    with av.open(str(path), "w", format=kind.container) as container:
        stream = container.add_stream(kind.codec, rate=rate, layout="mono")

        def write(packets: Sequence[av.Packet]) -> None:
            for packet in packets:
                packet.stream = stream
                container.mux_one(packet)

        for first in range(0, len(samples), rate):
            write(encoder.packets(samples[first : first + rate]))
        write(encoder.rest())


BARE: dict[str, Bare] = {
    ".wav": by_wave,
    ".flac": by_soundfile,
    ".mp3": by_lame,
    ".m4a": by_pyav,
    ".opus": by_pyav,
}
NAMES = {
    ".wav": "wave",
    ".flac": "libsndfile",
    ".mp3": "LAME",
    ".m4a": "FFmpeg's, through PyAV",
    ".opus": "libopus, through PyAV",
}


def whole_programs(bench: Bench) -> None:
    """Time exports as whole processes, with what they take to start; and the way it is done today."""
    target = bench.folder / "session.mp3"
    command = (VOICECOACH, "export", ROUTINE, "-o", target, "--cache", bench.folder / "clips")
    whole, unheard, started = in_turns(
        bench.times(TIMES),
        bench.program(*command),
        bench.program(*command, "--no-check"),
        bench.program(PYTHON, "-c", "import voicecoach.exporting"),
    )
    say_all("export to MP3, warm, as a whole process", whole)
    say_all("  the same, without listening to it at the end", unheard)
    say_all("  of it: Python, and all imports", started)
    todays_way(bench, whole)


def todays_way(bench: Bench, whole: Sequence[float]) -> None:
    """Speak each cue into a file of its own with espeak-ng, and join files and silences with ffmpeg."""
    if missing := [name for name in ("espeak-ng", "ffmpeg") if shutil.which(name) is None]:
        print(f"  today's way: not measured: there is no {' and no '.join(missing)}")
        return
    with open_session(ROUTINE, speaking=Speaking(cache=bench.folder / "clips")) as session:
        timeline = [
            (start + event.onset, event.sound)
            for start, segment in session.timeline().starts()
            for event in segment.events
        ]
        rate = session.planner.sample_rate
    folder = bench.folder / "cues"
    folder.mkdir()
    taken = timed(lambda: spoken_and_joined(folder, timeline, rate))
    say("espeak-ng for each cue, then ffmpeg concat to MP3", taken * 1000, "ms", "once")
    say("  that / our whole process", taken / (sum(whole) / len(whole)))


def spoken_and_joined(folder: Path, timeline: Sequence[tuple[int, object]], rate: int) -> None:
    """Make the session as a script of a few lines would, its silences as long as it takes them to be."""
    listed, end = [], 0.0
    for number, (onset, sound) in enumerate(timeline):
        cue, pause = folder / f"{number}.wav", folder / f"{number}-before.wav"
        text = sound.text if isinstance(sound, Speech) else "beep"
        subprocess.run(["espeak-ng", "-w", cue, text], check=True)  # noqa: S603, S607 - as a script does
        with wave.open(str(cue)) as file:
            seconds, spoken_at = file.getnframes() / file.getframerate(), file.getframerate()
        silent = max(0.0, onset / rate - end)
        by_wave(pause, np.zeros(0), bytes(2 * round(silent * spoken_at)), spoken_at)
        listed += [f"file '{pause.name}'", f"file '{cue.name}'"]
        end = max(end, onset / rate) + seconds
    (folder / "list.txt").write_text("\n".join(listed))
    command = ["ffmpeg", "-v", "error", "-f", "concat", "-i", "list.txt", "-b:a", "64k", "session.mp3"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - as above
