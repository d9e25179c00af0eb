"""The register of simulated programs, and what one is given."""

import importlib
import importlib.metadata
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from conversations.effects import Effect
from simulators.files_view import Files
from simulators.world import World

#: Entry point group in which a team's own programs are found.
ENTRY_POINTS = "windtunnel.programs"


@dataclass(slots=True)
class Completed:
    """What a program printed, and its exit status."""

    stdout: str = ""
    stderr: str = ""
    exit_code: int = 0


@dataclass(slots=True)
class Invocation:
    """One run of a program.

    Args:
        name: the program's base name as called (`git`, `python3`).
        argv: its arguments after expansion, the name not included.
        files: the file tree as it is at this moment of the script.
        world: account, clock and the program's own state (`world.part`); its tree may be behind `files`.
        env: exported variables.
        cwd: absolute path.
        stdin: what is piped in; None for none.
        user: who runs it (`root` under sudo).
        via: wrappers on the way, outermost first.
        run: runs a command line in the same shell (for wrappers such as `sudo` or `xargs`); None where
            that is not possible.
    """

    name: str
    argv: tuple[str, ...]
    files: Files
    world: World
    env: dict[str, str] = field(default_factory=dict)
    cwd: str = "/"
    stdin: str | None = None
    user: str = "root"
    via: tuple[str, ...] = ()
    effects: list[Effect] = field(default_factory=list)
    run: Callable[[tuple[str, ...]], Completed] | None = None

    def emit(self, effect: Effect) -> None:
        """Note an effect; the program, its arguments and wrappers are filled in where it does not say."""
        changes = {
            name: value
            for name, value in (("command", self.name), ("argv", (self.name, *self.argv)), ("via", self.via))
            if not getattr(effect, name)
        }
        self.effects.append(effect.replaced(**changes) if changes else effect)

    def path(self, path: str) -> str:
        """An argument as an absolute, normalised path."""
        return self.files.absolute(path, self.cwd)


Program = Callable[[Invocation], Completed]

_registered: dict[str, Program] = {}


def program(*names: str) -> Callable[[Program], Program]:
    """Register a program under its names."""

    def register(function: Program) -> Program:
        for name in names:
            _registered[name] = function
        return function

    return register


@cache
def load_programs() -> dict[str, Program]:
    """All programs by name: the shipped ones and those that installed packages bring by entry point."""
    package = importlib.import_module("simulators.programs")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"simulators.programs.{module.name}")
    for entry in importlib.metadata.entry_points(group=ENTRY_POINTS):
        entry.load()
    return dict(_registered)
