"""Questions to a finished plan: why not there, what else, and is it still the same."""
