"""A plan brought in line with what has changed; the past stays."""
