"""What to do: the routine, its doses, its files, its adjustments."""
