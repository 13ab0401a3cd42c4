"""A group of commands that are imported when they are called, so that help answers at once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from .failures import ExitCode


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own: `<package>.<name>` (_ for -) holds each as `command`.

    `table` gives every command its short help, in the order in which they are listed. Called without a command,
    the group shows its help as a usage error.
    """

    def __init__(self, *arguments: Any, table: Mapping[str, str], package: str, **extra: Any) -> None:
        super().__init__(*arguments, **{"subcommand_metavar": "COMMAND [ARGS]...", **extra})
        self.table = table
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, imported now."""
        if cmd_name not in self.table:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without any argument, show the help and end as a usage error."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(ExitCode.USAGE)
        return super().parse_args(ctx, args)
