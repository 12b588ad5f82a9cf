"""The folders that are the user's: settings, own routines, sounds and voices, cache, the last routine."""

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("voicecoach", appauthor=False)


def config() -> Path:
    """Return the file of the user's defaults."""
    return _DIRS.user_config_path / "config.toml"


def routines() -> Path:
    """Return the folder of the user's own routines."""
    return _DIRS.user_config_path / "routines"


def sounds() -> Path:
    """Return the folder of sounds that replace those of the program."""
    return _DIRS.user_config_path / "sounds"


def voices() -> Path:
    """Return the folder of models of voices that the user has fetched."""
    return _DIRS.user_data_path / "voices"


def cache() -> Path:
    """Return the folder of the clips that were spoken once."""
    return _DIRS.user_cache_path / "clips"


def last_routine() -> Path:
    """Return the file that keeps what was played last."""
    return _DIRS.user_state_path / "last-routine"
