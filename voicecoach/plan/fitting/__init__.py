"""Fitting: what of a routine may be made longer or shorter, in which order, and how that is told."""
