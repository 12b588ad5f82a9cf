"""The checkup: whether engine, voice, output, cache and formats are as they should be, and what to do if not."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach import folders
from voicecoach.errors import CoachError
from voicecoach.output.sink import DEVICES, FILES, default_device, device_report
from voicecoach.plan.timeline import SAMPLE_RATE, Speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part."""

    part: str
    good: bool
    verdict: str
    remedy: str = ""
    """What to do; empty where nothing is wrong."""
