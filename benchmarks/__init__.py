"""The benchmark: hard instances, other methods on the same rules, and what each reached."""
