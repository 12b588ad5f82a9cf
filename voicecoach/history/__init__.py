"""What was done: the log of sessions, and what is read from it."""
