"""Stand-ins for the worker of pyttsx3: each does one thing wrong, as the first argument says.

The second argument is a folder for the marks of those that do it only once; the last one is the folder of
the sound files.
"""

import json
import os
import sys
import time
import wave
from pathlib import Path

WRONG, MARKS = sys.argv[1], Path(sys.argv[2])
RATE = 22_050


def say(line: str) -> None:
    """Send a line to the parent."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write(path: str, frames: bytes, told: int) -> None:
    """Write a file that tells of more or fewer frames than it holds."""
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[: 44 + told])


def first_time() -> bool:
    """Return whether nothing went wrong before."""
    try:
        (MARKS / "once").mkdir()
    except FileExistsError:
        return False
    return True


def main() -> None:
    """Answer each request, one way or another."""
    say(json.dumps({"ready": True}))
    for line in sys.stdin:
        request = json.loads(line)
        (MARKS / f"asked-{time.time_ns()}").touch()
        sound = (1000).to_bytes(2, "little") * RATE
        answer = {"spoken": True, "voice": request["voice"], "rate": request["rate"]}
        wrong = WRONG.removesuffix("-once") if not WRONG.endswith("-once") or first_time() else "nothing"
        match wrong:
            case "hangs":
                time.sleep(600)
            case "dies":
                sys.exit("out of breath")
            case "half":
                write(request["path"], sound, len(sound) // 2)
            case "silence":
                write(request["path"], bytes(2 * RATE), 2 * RATE)
            case "short":
                write(request["path"], sound[:400], 400)
            case "nothing-written":
                pass
            case "wrong-rate":
                write(request["path"], sound, len(sound))
                answer["rate"] += 30
            case "babbles":
                say("Audio saved")
                continue
            case _:
                write(request["path"], sound, len(sound))
        say(json.dumps(answer))
    os._exit(0)


main()
