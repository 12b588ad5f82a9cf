"""The folders that are the user's: settings, routines, sounds and voices, cache, log, the last routine."""

from pathlib import Path

from platformdirs import PlatformDirs

from voicecoach.errors import CoachError

_DIRS = PlatformDirs("voicecoach", appauthor=False)


def _under(kind: str) -> Path:
    """Return a folder of the platform.

    Raises:
        CoachError: there is no home to have folders in.
    """
    try:
        return Path(getattr(_DIRS, f"user_{kind}_path"))
    except RuntimeError as error:
        message = f"there is no home folder ({error}); set HOME to one"
        raise CoachError(message) from error


def config() -> Path:
    """Return the file of the user's defaults."""
    return _under("config") / "config.toml"


def routines() -> Path:
    """Return the folder of the user's own routines."""
    return _under("config") / "routines"


def sounds() -> Path:
    """Return the folder of sounds that replace those of the program."""
    return _under("config") / "sounds"


def voices() -> Path:
    """Return the folder of models of voices that the user has fetched."""
    return _under("data") / "voices"


def exercises() -> Path:
    """Return the list of exercises with instructions that the user has fetched."""
    return _under("data") / "exercises.json"


def log() -> Path:
    """Return the file that holds the sessions that were done."""
    return _under("data") / "log.db"


def cache() -> Path:
    """Return the folder of the clips that were spoken once."""
    return _under("cache") / "clips"


def plans() -> Path:
    """Return the folder of the plans of the files that were made last."""
    return _under("cache") / "plans"


def last_routine() -> Path:
    """Return the file that keeps what was played last."""
    return _under("state") / "last-routine"


def unfinished() -> Path:
    """Return the file that keeps where a session was left."""
    return _under("state") / "unfinished.json"


def playing() -> Path:
    """Return the file that a session holds while it plays."""
    return _under("state") / "playing"


def drawing() -> Path:
    """Return the folder in which the library that draws plots keeps what it knows of fonts."""
    return _under("cache") / "plots"
