"""How long it takes to speak, against an engine that does nothing else; and until the first sound."""

import json
import subprocess
import time
from itertools import count
from pathlib import Path
from statistics import median

from bench import (
    PYTHON,
    ROUTINE,
    VOICECOACH,
    Bench,
    in_turns,
    say,
    say_against,
    say_all,
    say_ratio,
    seconds_of,
)
from first_sound import NAME

from voicecoach.coach import Session, open_session
from voicecoach.plan.timeline import Speech
from voicecoach.speaking import Speaking
from voicecoach.speech.cores import cores
from voicecoach.speech.pyttsx3_worker import VOLUME

TIMES, FIRST_TIMES = 11, 7
MOST = 2.2
COLD_SECONDS, WARM_SECONDS = 1.0, 0.3
ENGINE_RATE = 22_050
HERE = Path(__file__).parent


def measure(bench: Bench) -> None:
    """Speak everything, then listen for the first sound."""
    speak_all(bench)
    first_sounds(bench)


def speak_all(bench: Bench) -> None:
    """Speak all phrases of a session with the voice and, in turns, with the bare engine."""
    ours, theirs, tuned, again = [], [], [], []
    heard, made = 0.0, 0
    for turn in range(bench.times(TIMES)):
        # Each turn a cache of its own, and the voice measured before: its workers run.
        speaking = Speaking(cache=bench.folder / f"clips-{turn}")
        with open_session(ROUTINE, speaking=speaking) as session:
            phrases = list(session.planner.speech())
            tuned.append(seconds_of(lambda session=session: session.voice.tuning))
            bare = Bare(session, phrases)
            two = [session.prepare, bare.speak]
            for do in two if turn % 2 else reversed(two):
                (ours if do is two[0] else theirs).append(seconds_of(do))
            made = bare.frames
            heard = sum(session.voice.measure(phrase) for phrase in phrases) / session.planner.sample_rate
        with open_session(ROUTINE, speaking=speaking) as session:
            again.append(seconds_of(session.prepare))
    say("phrases", len(phrases))
    say("speech in them, as kept", heard, "s", f"{made / ENGINE_RATE:,.0f} s as the bare engine makes it")
    say_all("measure the voice, once (starts its processes)", tuned)
    say_all(f"all phrases through the voice, {cores()} cores", ours)
    say_all(f"the bare engine, {cores()} cores", theirs)
    say("each phrase, voice", 1000 * median(ours) / len(phrases), "ms")
    say("each phrase, bare engine", 1000 * median(theirs) / len(phrases), "ms")
    say_all("all phrases from the cache", again)
    say_ratio("voice / bare engine", ours, theirs, MOST)


class Bare:
    """The bare engine, in one process per core, loaded and waiting."""

    def __init__(self, session: Session, phrases: list[Speech]) -> None:
        """Share the phrases out, long ones evenly, and let every process load."""
        tuning = session.voice.tuning
        told = []
        for phrase in phrases:
            manner = tuning.counts if phrase.count else tuning.talk
            told.append((manner.voice, manner.rate, manner.pitch, session.voice.spoken(phrase)))
        told.sort(key=lambda one: -len(one[-1]))
        self.frames = 0
        self._processes = []
        for core in range(cores()):
            share = sorted(told[core :: cores()], key=lambda one: one[1])
            process = subprocess.Popen(  # noqa: S603 - a program of ours
                [PYTHON, HERE / "bare_espeak.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            order = {"volume": round(100 * VOLUME), "phrases": share}
            print(json.dumps(order), file=process.stdin, flush=True)
            self._processes.append(process)
        for process in self._processes:
            process.stdout.readline()

    def speak(self) -> None:
        """Let all processes speak, and wait for the last."""
        for process in self._processes:
            print(file=process.stdin, flush=True)
        self.frames = sum(int(process.communicate()[0]) for process in self._processes)


def first_sounds(bench: Bench) -> None:
    """Start to play, with an empty cache and with a full one."""
    numbers = count()
    play = (PYTHON, HERE / "first_sound.py", "play", ROUTINE, "--device", NAME, "--cache")
    bench.run(VOICECOACH, "plan", ROUTINE, "--cache", bench.folder / "full")

    def until_first(taken: list[float], cache: Path) -> None:
        start = time.monotonic()
        taken.append(float(bench.run(*play, cache).split()[0]) - start)

    cold, warm = [], []
    in_turns(
        bench.times(FIRST_TIMES),
        lambda: until_first(cold, bench.folder / f"empty-{next(numbers)}"),
        lambda: until_first(warm, bench.folder / "full"),
    )
    say_all("play, cold: from start of program to first sound", cold)
    say_all("play, warm", warm)
    say_against("first sound, cold", median(cold), COLD_SECONDS, "s")
    say_against("first sound, warm", median(warm), WARM_SECONDS, "s")
