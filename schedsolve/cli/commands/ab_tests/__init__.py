"""One module per step of an A/B test; each holds a click command named `command`."""
