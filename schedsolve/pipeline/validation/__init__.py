"""Validation: checks of a whole schedule, its score, and what to do about it."""
