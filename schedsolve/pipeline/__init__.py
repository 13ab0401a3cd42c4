"""The thin layers around the solver: what is resolved before it, and what is filled in after it."""
