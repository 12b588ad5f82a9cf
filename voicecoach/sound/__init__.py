"""PCM: clips, tones, and their mixing into blocks."""
