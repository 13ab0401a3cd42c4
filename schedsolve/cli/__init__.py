"""The command line: click commands and rich renderables, nothing that a library user would miss."""
