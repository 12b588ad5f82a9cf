"""How fast a session becomes sound, in this process."""

from statistics import median

from bench import ROUTINE, Bench, in_turns, say

from voicecoach import units
from voicecoach.coach import FILE_BLOCK_SECONDS, open_session
from voicecoach.output.pcm import to_pcm16
from voicecoach.session.player import BLOCK_SECONDS
from voicecoach.sound.render import render
from voicecoach.speaking import Speaking

TIMES = 7


def measure(bench: Bench) -> None:
    """Render to nowhere, in the blocks of a file and of a device."""
    with open_session(ROUTINE, speaking=Speaking(cache=bench.folder / "clips")) as session:
        session.prepare()
        segments = list(session.segments())
        rate = session.planner.sample_rate
        length = sum(segment.frames for segment in segments) / rate

        def rendered(block_seconds: float, *, pcm: bool = False) -> None:
            for segment in segments:
                for block in render(segment, session.voice.clip, units.frames(block_seconds, rate)):
                    if pcm:
                        to_pcm16(block)

        large, as_pcm, small = in_turns(
            bench.times(TIMES),
            lambda: rendered(FILE_BLOCK_SECONDS),
            lambda: rendered(FILE_BLOCK_SECONDS, pcm=True),
            lambda: rendered(BLOCK_SECONDS),
        )
    say("length of the session", length / 60, "min")
    for label, taken in (
        (f"blocks of {FILE_BLOCK_SECONDS:g} s, as for a file", large),
        ("the same, and made 16 bit", as_pcm),
        (f"blocks of {1000 * BLOCK_SECONDS:g} ms, as for a device", small),
    ):
        say(label, length / median(taken), "times", f"real time; {1000 * median(taken):,.0f} ms in all")
