"""What is scheduled: scenario, catalog, calendar and plan. Nothing here knows the solver."""
