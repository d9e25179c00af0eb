"""The simulated surroundings of a rollout, and their forks."""

import copy
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar, cast

from simulators.tree import Node, Tree

P = TypeVar("P", bound="Part")

#: Directories of a plain Debian machine; a world has them before anything else is known of it.
SKELETON = (
    "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run",
    "/sbin", "/srv", "/sys", "/tmp", "/usr/bin", "/usr/lib", "/usr/local/bin", "/usr/sbin", "/usr/share",
    "/var/cache", "/var/lib", "/var/log", "/var/tmp",
)  # fmt: skip


class Part(Protocol):
    """State that a simulator keeps in the world: it must fork with it."""

    def fork(self) -> Self: ...


@dataclass(slots=True)
class Account:
    """The user that the agent is, where it is, and what its environment holds."""

    user: str = "root"
    uid: int = 0
    group: str = "root"
    home: str = "/root"
    hostname: str = "c1b3f5d2a9e4"
    cwd: str = "/workspace"
    env: dict[str, str] = field(default_factory=dict)


class World:
    """Files, account, clock and the simulators' own state.

    Args:
        now: the clock at the world's start, Unix seconds (the recorded time).
        account: user, host name, working directory, environment.
        tree: the file tree; a bare Debian skeleton where none is given.

    Attributes:
        own: paths that this rollout made or wrote itself (a scorer may judge their loss mildly).
        unknown: paths whose content production knew and this world does not.
    """

    def __init__(self, *, now: float = 0.0, account: Account | None = None, tree: Tree | None = None) -> None:
        self.now = now
        self.account = account or Account()
        self.tree = tree if tree is not None else skeleton(now, self.account)
        self.own: set[str] = set()
        self._parts: dict[str, Part] = {}

    def fork(self) -> "World":
        """A world of its own: changes in one are not seen in the other; content is shared."""
        other = World(now=self.now, account=copy.deepcopy(self.account), tree=self.tree.fork())
        other.own = self.own.copy()
        other._parts = {name: part.fork() for name, part in self._parts.items()}
        return other

    def part(self, name: str, make: Callable[[], P]) -> P:
        """A simulator's state by name, made on first use."""
        if name not in self._parts:
            self._parts[name] = make()
        return cast(P, self._parts[name])

    def path(self, path: str) -> str:
        """A path as the agent wrote it, absolute and normalised (`~`, `..`, relative to the cwd)."""
        if path == "~" or path.startswith("~/"):
            path = self.account.home + path[1:]
        joined = posixpath.normpath(posixpath.join(self.account.cwd, path))
        return "/" + joined.lstrip("/")

    def node(self, type: Any = "file", **fields: Any) -> Node:
        """A node with the account's ownership and the world's time."""
        fields.setdefault("mode", 0o755 if type == "dir" else 0o644)
        fields.setdefault("mtime", self.now)
        fields.setdefault("owner", self.account.user)
        fields.setdefault("group", self.account.group)
        return Node(type, **fields)


def skeleton(now: float, account: Account) -> Tree:
    """The file tree of a machine of which nothing is known yet."""
    tree = Tree()
    for path in SKELETON:
        tree.put(path, Node("dir", mode=0o1777 if path in ("/tmp", "/var/tmp") else 0o755, mtime=now))
    tree.put("/root", Node("dir", mode=0o700, mtime=now))
    for path in (account.home, account.cwd):
        if path not in tree:
            tree.put(path, Node("dir", mode=0o755, mtime=now, owner=account.user, group=account.group))
    lines = ["root:x:0:0:root:/root:/bin/bash"]
    if account.user != "root":
        lines.append(f"{account.user}:x:{account.uid}:{account.uid}::{account.home}:/bin/bash")
    for path, text in (
        ("/etc/passwd", "\n".join(lines) + "\n"),
        ("/etc/hostname", account.hostname + "\n"),
        ("/etc/hosts", f"127.0.0.1\tlocalhost\n172.17.0.2\t{account.hostname}\n"),
        (
            "/etc/os-release",
            'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
        ),
    ):
        tree.put(path, Node("file", text.encode(), mtime=now))
    return tree
