"""A/B tests: what is compared, how large the groups must be, whether they are, and who is in which."""
