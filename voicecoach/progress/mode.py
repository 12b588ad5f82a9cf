"""What a user can have made of progress."""

from enum import StrEnum


class Mode(StrEnum):
    """Name what is made of the steps that are due."""

    AUTO = "auto"
    """They are taken."""
    ASK = "ask"
    """They are offered; where nobody can be asked, steps back are taken, and none up."""
    OFF = "off"
    """The routine is done as written."""
