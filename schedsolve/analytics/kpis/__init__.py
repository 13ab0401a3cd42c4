"""The eight figures of the dashboard, one a file: rows, formula, target and alert."""
