"""Live: one playhead over the segments, the player, the keys."""
