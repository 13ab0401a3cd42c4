"""Weeks that follow each other: what the store knows -> a scenario -> a plan with content -> a week that is kept."""
