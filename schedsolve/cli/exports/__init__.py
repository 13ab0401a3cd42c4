"""Plans in other people's formats."""
