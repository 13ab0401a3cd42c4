"""The kinds of `schedsolve import`, one a module."""
