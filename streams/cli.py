"""The one console script. Each command lives in its own file under `streams/commands`."""

import importlib
import logging
import pkgutil
import sys

import typer
from rich.console import Console

from conversations.errors import WindtunnelError
from streams import commands

#: Everything that is not machine-readable output goes here.
stderr = Console(stderr=True, soft_wrap=True, highlight=False)

EPILOG = (
    "Exit codes: 0 done or pass; 1 error; 2 wrong usage; 3 gate: fail; 4 gate: undecided. "
    "Settings come from flags, then WINDTUNNEL_* variables, then the file named by WINDTUNNEL_CONFIG."
)

app = typer.Typer(
    name="windtunnel",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    epilog=EPILOG,
    help=(
        "Continuous shadow evaluation of LLM agents before rollout.\n\n"
        "Mirror real conversations onto Kafka, replay them through a candidate in simulated tools, "
        "score what it did, and watch the unsafe-operation rate. Start with [bold]windtunnel demo[/bold]."
    ),
)


def load_commands() -> None:
    """Every module of `streams.commands` has a `register(app)`; panels order the help."""
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        importlib.import_module(f"streams.commands.{module.name}").register(app)


def main() -> None:
    """Run the command line: one paragraph on stderr and exit code 1 for an error, never a traceback."""
    load_commands()
    try:
        app(standalone_mode=True)
    except WindtunnelError as error:
        stderr.print(f"windtunnel: {error}", markup=False)
        logging.getLogger(__name__).debug("error", exc_info=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
