"""The commands of `schedsolve results`, one a module."""
