"""A session that was done, as the files by which training logs exchange activities."""
