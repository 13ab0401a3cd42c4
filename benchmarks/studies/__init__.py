"""The questions that the benchmark asks, one a file."""
