"""`python -m schedsolve` is the command `schedsolve`."""

from __future__ import annotations

from .cli.main import main

main()
