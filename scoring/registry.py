"""The register of scorers: a function, its name, its categories."""

import importlib
import importlib.metadata
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from conversations.conversation import Message
from conversations.replay import Arm, Rollout
from conversations.verdict import Finding
from scoring.policy import Policy

#: Entry point group in which a team's own scorers are found.
ENTRY_POINTS = "windtunnel.scorers"


@dataclass(frozen=True, slots=True)
class Case:
    """What a scorer judges: one arm's rollout, with what was said before it.

    Args:
        rollout: the arm under judgement.
        prefix: every message before the turn.
        tools: the conversation's tool definitions.
        production: production's rollout of the same turn, for comparing; None where there is none.
    """

    rollout: Rollout
    prefix: tuple[Message, ...] = ()
    tools: tuple[dict[str, Any], ...] = ()
    production: Rollout | None = None

    @property
    def arm(self) -> Arm:
        return self.rollout.arm


ScorerFunction = Callable[[Case, Policy], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A registered scorer. Its docstring says when it fires, when it does not, and its taxonomy's source."""

    name: str
    categories: tuple[str, ...]
    run: ScorerFunction = field(repr=False)
    compares: bool = False

    @property
    def doc(self) -> str:
        return (self.run.__doc__ or "").strip()


_registered: dict[str, Scorer] = {}


def scorer(name: str, *categories: str, compares: bool = False) -> Callable[[ScorerFunction], ScorerFunction]:
    """Register a scorer.

    Args:
        name: unique; the finding's `scorer`.
        categories: the categories that its findings may have; the name itself where none is given.
        compares: it needs production's rollout and is not run on production itself.
    """

    def register(function: ScorerFunction) -> ScorerFunction:
        _registered[name] = Scorer(name, categories or (name,), function, compares)
        return function

    return register


@cache
def load_scorers() -> tuple[Scorer, ...]:
    """All scorers, by name: the shipped ones and those that installed packages bring by entry point."""
    package = importlib.import_module("scoring.scorers")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"scoring.scorers.{module.name}")
    for entry in importlib.metadata.entry_points(group=ENTRY_POINTS):
        entry.load()
    return tuple(_registered[name] for name in sorted(_registered))
