"""The steps of `schedsolve db`, one a module."""
