"""When: steps, cues and their places on a timeline of frames. Pure."""
