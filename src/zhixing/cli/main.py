"""`zhixing` and its commands, each imported only when it is called."""

from __future__ import annotations

import os
from importlib import import_module

import click

from zhixing import __version__

# command → module:object, one line of help. Help texts stand here so that `--help` imports nothing.
COMMANDS = {
    "init": ("zhixing.cli.bureau:init", "Create an empty bureau with its administrator."),
    "serve": ("zhixing.cli.bureau:serve", "Serve the site, with a worker beside it."),
    "demo": ("zhixing.cli.demo:demo", "Build the demo town, run the loop and serve it."),
    "backup": ("zhixing.cli.bureau:backup", "Copy database and evidence into one archive."),
    "restore": ("zhixing.cli.bureau:restore", "Put a backup into an empty data folder."),
    "worker": ("zhixing.cli.worker:worker", "Run waiting jobs."),
    "import": ("zhixing.cli.exchange:import_", "Import a CSV or XLSX file into a register."),
    "sweep": ("zhixing.cli.brands:sweep", "Sweep all names against the watch list."),
    "audit": ("zhixing.cli.audit:audit", "Verify the audit chain, export a proof bundle."),
    "lookalike": ("zhixing.cli.lookalike:lookalike", "Look-alike names: index, search, judge."),
    "labels": ("zhixing.cli.labels:labels", "Product labels: parties, roles, formulas."),
    "adlaw": ("zhixing.cli.adlaw:adlaw", "Ads against advertising law: screen, rules, score."),
    "figures": ("zhixing.cli.figures:figures", "Figure marks: index, search."),
    "openapi": ("zhixing.cli.openapi:openapi", "Print the OpenAPI document of the interface."),
    "clocks": ("zhixing.cli.law:clocks", "Statutory clocks."),
}  # fmt: skip


class LazyGroup(click.Group):
    """A group that imports a command's module when the command runs, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_target, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zhixing")
def main() -> None:
    """知行 · the platform on which a city bureau runs its quality programme.

    The data folder is ./var or ZHIXING_HOME; ZHIXING_DATABASE_URL names a PostgreSQL database.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.project.settings")
