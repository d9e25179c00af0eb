"""Files as a program sees them: one interface over the world's tree and over a running shell's copy of it."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from simulators.tree import Node
from simulators.world import World


@dataclass(frozen=True, slots=True)
class Stat:
    """What is known of an entry. `mode` holds the permission bits, `mtime` Unix seconds."""

    type: Literal["file", "dir", "symlink"]
    size: int
    mode: int
    mtime: float
    owner: str = "root"
    group: str = "root"


class Files(Protocol):
    """Absolute, normalised paths. Failures are Python's own: FileNotFoundError, IsADirectoryError, ..."""

    def absolute(self, path: str, cwd: str) -> str: ...

    def stat(self, path: str, *, follow: bool = True) -> Stat: ...

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes: ...

    def write(self, path: str, content: bytes, *, mode: int | None = None) -> None: ...

    def listdir(self, path: str) -> list[str]: ...

    def mkdir(self, path: str, *, parents: bool = False) -> None: ...

    def remove(self, path: str, *, recursive: bool = False) -> None: ...

    def rename(self, path: str, destination: str) -> None: ...

    def symlink(self, target: str, path: str) -> None: ...

    def readlink(self, path: str) -> str: ...

    def chmod(self, path: str, mode: int) -> None: ...

    def chown(self, path: str, owner: str | None, group: str | None) -> None: ...

    def utime(self, path: str, mtime: float) -> None: ...

    def walk(self, top: str) -> Iterator[str]: ...


def absolute(path: str, cwd: str) -> str:
    """A path as written, made absolute and normalised; `~` is the shell's business."""
    return "/" + posixpath.normpath(posixpath.join(cwd, path)).lstrip("/")


class TreeFiles:
    """`Files` on a world's own tree."""

    def __init__(self, world: World) -> None:
        self.world = world

    def absolute(self, path: str, cwd: str) -> str:
        return absolute(path, cwd)

    def _node(self, path: str, follow: bool = True) -> Node:
        tree = self.world.tree
        node = tree.node(path) if follow else tree.get(self._parent_resolved(path))
        if node is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        return node

    def _parent_resolved(self, path: str) -> str:
        return self.world.tree.resolve(path, follow_last=False)

    def stat(self, path: str, *, follow: bool = True) -> Stat:
        node = self._node(path, follow)
        return Stat(node.type, node.size, node.mode, node.mtime, node.owner, node.group)

    def exists(self, path: str) -> bool:
        return self.world.tree.node(path) is not None

    def read(self, path: str) -> bytes:
        node = self._node(path)
        if node.type == "dir":
            raise IsADirectoryError(21, "Is a directory", path)
        return node.content

    def write(self, path: str, content: bytes, *, mode: int | None = None) -> None:
        tree = self.world.tree
        where = tree.resolve(path)
        old = tree.get(where)
        if old is not None and old.type == "dir":
            raise IsADirectoryError(21, "Is a directory", path)
        self._require_parent(where, path)
        node = replace(old, content=content, known=True, mtime=self.world.now) if old else None
        node = node or self.world.node("file", content=content)
        tree.put(where, node if mode is None else replace(node, mode=mode))

    def _require_parent(self, where: str, path: str) -> None:
        parent = self.world.tree.get(posixpath.dirname(where))
        if parent is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        if parent.type != "dir":
            raise NotADirectoryError(20, "Not a directory", path)

    def listdir(self, path: str) -> list[str]:
        if self._node(path).type != "dir":
            raise NotADirectoryError(20, "Not a directory", path)
        return self.world.tree.children(self.world.tree.resolve(path))

    def mkdir(self, path: str, *, parents: bool = False) -> None:
        tree = self.world.tree
        where = tree.resolve(path)
        old = tree.get(where)
        if old is not None:
            if parents and old.type == "dir":
                return
            raise FileExistsError(17, "File exists", path)
        if not parents:
            self._require_parent(where, path)
        tree.put(where, self.world.node("dir"))

    def remove(self, path: str, *, recursive: bool = False) -> None:
        where = self._parent_resolved(path)
        self._node(path, follow=False)
        if self.world.tree.children(where) and not recursive:
            raise OSError(39, "Directory not empty", path)
        self.world.tree.remove(where)

    def rename(self, path: str, destination: str) -> None:
        self._node(path, follow=False)
        tree = self.world.tree
        target = tree.resolve(destination, follow_last=False)
        self._require_parent(target, destination)
        tree.move(self._parent_resolved(path), target)

    def symlink(self, target: str, path: str) -> None:
        where = self._parent_resolved(path)
        if where in self.world.tree:
            raise FileExistsError(17, "File exists", path)
        self._require_parent(where, path)
        self.world.tree.put(where, self.world.node("symlink", content=target.encode(), mode=0o777))

    def readlink(self, path: str) -> str:
        node = self._node(path, follow=False)
        if node.type != "symlink":
            raise OSError(22, "Invalid argument", path)
        return node.content.decode("utf-8", "surrogateescape")

    def chmod(self, path: str, mode: int) -> None:
        self._node(path)
        self.world.tree.change(self.world.tree.resolve(path), mode=mode)

    def chown(self, path: str, owner: str | None, group: str | None) -> None:
        node = self._node(path)
        self.world.tree.change(self.world.tree.resolve(path), owner=owner or node.owner, group=group or node.group)

    def utime(self, path: str, mtime: float) -> None:
        self._node(path)
        self.world.tree.change(self.world.tree.resolve(path), mtime=mtime)

    def walk(self, top: str) -> Iterator[str]:
        return iter(list(self.world.tree.walk(self.world.tree.resolve(top))))
