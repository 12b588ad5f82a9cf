"""The voice: engines, the cache of clips, and the level of what they speak."""
