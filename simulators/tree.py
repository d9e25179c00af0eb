"""The file tree of a world: plain Python, immutable nodes, forks without copying content."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

MAX_LINKS = 40


@dataclass(frozen=True, slots=True)
class Node:
    """One entry. `content` is the bytes of a file or the target of a symlink.

    Args:
        type: file, dir or symlink.
        mode: permission bits.
        mtime: Unix seconds.
        known: False for a file of which only the name was seen; its content is not known.
    """

    type: Literal["file", "dir", "symlink"]
    content: bytes = b""
    mode: int = 0o644
    mtime: float = 0.0
    owner: str = "root"
    group: str = "root"
    known: bool = True

    @property
    def size(self) -> int:
        return len(self.content) if self.type != "dir" else 4096


class Tree:
    """Entries by absolute, normalised path. `/` always exists.

    Reading never changes it; every change raises `revision` of the path, so that a mirror of the
    tree (the shell's) can bring itself up to date with `changed_since`.
    """

    __slots__ = ("_changes", "_children", "_nodes", "_owned_children", "revision")

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {"/": Node("dir", mode=0o755)}
        self._children: dict[str, frozenset[str]] = {"/": frozenset()}
        self._changes: dict[str, int] = {}
        self.revision = 0

    def fork(self) -> "Tree":
        """A tree of its own that shares every node with this one."""
        other = Tree.__new__(Tree)
        other._nodes = self._nodes.copy()
        other._children = self._children.copy()
        other._changes = self._changes.copy()
        other.revision = self.revision
        return other

    def __contains__(self, path: str) -> bool:
        return path in self._nodes

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def get(self, path: str) -> Node | None:
        """The entry itself, symlinks not followed."""
        return self._nodes.get(path)

    def resolve(self, path: str, *, follow_last: bool = True) -> str:
        """The path with every symlink on the way replaced; parts that do not exist stay as they are.

        Raises:
            OSError: too many links.
        """
        parts = [part for part in path.split("/") if part]
        done = "/"
        links = 0
        while parts:
            part = parts.pop(0)
            if part == ".":
                continue
            if part == "..":
                done = posixpath.dirname(done)
                continue
            here = posixpath.join(done, part)
            node = self._nodes.get(here)
            if node is not None and node.type == "symlink" and (parts or follow_last):
                links += 1
                if links > MAX_LINKS:
                    raise OSError(40, "Too many levels of symbolic links", path)
                target = node.content.decode("utf-8", "surrogateescape")
                if target.startswith("/"):
                    done = "/"
                parts = [piece for piece in target.split("/") if piece] + parts
                continue
            done = here
        return done

    def node(self, path: str) -> Node | None:
        """The entry with symlinks followed."""
        try:
            return self._nodes.get(self.resolve(path))
        except OSError:
            return None

    def is_dir(self, path: str) -> bool:
        node = self.node(path)
        return node is not None and node.type == "dir"

    def read(self, path: str) -> bytes | None:
        """A file's content, symlinks followed; None where there is no such file."""
        node = self.node(path)
        return node.content if node is not None and node.type == "file" else None

    def children(self, path: str) -> list[str]:
        """Names in a directory, sorted."""
        return sorted(self._children.get(path, ()))

    def walk(self, top: str) -> Iterator[str]:
        """`top` and everything under it, parents before children, names in order."""
        if top not in self._nodes:
            return
        yield top
        stack = [iter(self.children(top))]
        paths = [top]
        while stack:
            name = next(stack[-1], None)
            if name is None:
                stack.pop()
                paths.pop()
                continue
            path = posixpath.join(paths[-1], name)
            yield path
            if self._children.get(path):
                stack.append(iter(self.children(path)))
                paths.append(path)

    def put(self, path: str, node: Node) -> None:
        """Set an entry; parents that are missing are made as directories of the same owner."""
        old = self._nodes.get(path)
        if path != "/" and old is None:
            parent, name = posixpath.split(path)
            above = self._nodes.get(parent)
            if above is None or above.type != "dir":
                self.put(parent, Node("dir", mode=0o755, mtime=node.mtime, owner=node.owner, group=node.group))
            self._children[parent] = self._children.get(parent, frozenset()) | {name}
        if node.type == "dir":
            self._children.setdefault(path, frozenset())
        elif old is not None and old.type == "dir":
            for below in list(self.walk(path))[1:]:
                self._drop(below)
            self._children.pop(path, None)
        self._nodes[path] = node
        self._touch(path)

    def write(self, path: str, content: bytes, **changes: object) -> None:
        """Write a file's content; mode and owner stay where the file exists already."""
        old = self._nodes.get(path)
        base = old if old is not None and old.type == "file" else Node("file")
        self.put(path, replace(base, content=content, known=True, **changes))  # type: ignore[arg-type]

    def change(self, path: str, **changes: object) -> None:
        """Change fields of an entry that exists."""
        self.put(path, replace(self._nodes[path], **changes))  # type: ignore[arg-type]

    def remove(self, path: str) -> None:
        """Remove an entry and all under it; `/` itself stays, emptied."""
        for below in reversed(list(self.walk(path))):
            if below != "/":
                self._drop(below)

    def move(self, path: str, destination: str) -> None:
        """Move an entry and all under it; what was at the destination is replaced."""
        moved = [(below, self._nodes[below]) for below in self.walk(path)]
        if destination in self._nodes:
            self.remove(destination)
        self.remove(path)
        for below, node in moved:
            self.put(destination + below[len(path) :], node)

    def changed_since(self, revision: int) -> list[str]:
        """Paths that changed (or went) after that revision, parents before children."""
        return sorted(path for path, at in self._changes.items() if at > revision)

    def _drop(self, path: str) -> None:
        del self._nodes[path]
        self._children.pop(path, None)
        parent, name = posixpath.split(path)
        if parent in self._children:
            self._children[parent] = self._children[parent] - {name}
        self._touch(path)

    def _touch(self, path: str) -> None:
        self.revision += 1
        self._changes[path] = self.revision
