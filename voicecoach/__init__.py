"""A voice coach for holds and reps: a routine becomes a timeline of spoken cues and beeps."""
