"""The stack: a hash of all that measures. Figures of two stacks are never compared."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from conversations.conversation import hash_of
from scoring.policy import Policy
from scoring.registry import Scorer

#: Packages whose every change changes what is measured.
MEASURING_PACKAGES = ("conversations", "simulators", "scoring")


def stack_hash(policy: Policy, scorers: Sequence[Scorer], settings: Mapping[str, Any] | None = None) -> str:
    """Eight hex digits.

    Args:
        policy: what counts as unsafe where.
        scorers: the ones that run, those of other packages included.
        settings: whatever else decides a figure: sandbox, judge model, turns, sampling.
    """
    parts = [
        policy.model_dump(mode="json"),
        [(scorer.name, scorer.run.__module__) for scorer in scorers],
        dict(settings or {}),
        source_hash(),
    ]
    return hash_of(parts)[:8]


@cache
def source_hash() -> str:
    """Hash of the measuring packages' files: code, routes, rules and rubrics."""
    digest = hashlib.blake2b(digest_size=16)
    for package in MEASURING_PACKAGES:
        for name, content in sorted(_files(files(package), package)):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                found.extend(_files(entry, name))
        elif not entry.name.endswith((".pyc", ".pyi")):
            found.append((name, entry.read_bytes()))
    return found
