"""Targets: how loud a recording is, and every session with it. Figures alone."""

TARGETS_LUFS = {1: -19.0, 2: -16.0}
"""The loudness on one channel and on two, by podcast practice, within the -16 to -20 of AES TD1004.

Both are the same for a listener: BS.1770 adds the powers of the channels, which is 3 LU for two alike.
"""
TOLERANCE_LU = 0.7
"""How far a recording may be from it."""
MOST_TRUE_PEAK_DBTP = -1.0
"""The highest peak of a recording, by the same practice."""
