"""Readers of recorded conversations: OpenAI chat format, one JSON object a line, plain or gzipped."""

import gzip
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar, cast

from conversations.conversation import Conversation
from conversations.errors import InputError, RecordError
from conversations.record import Record, from_json

R = TypeVar("R", bound=Record)

#: A longer line is reported and passed over; the topics take 8 MiB, readers of files a little more.
MAX_LINE_BYTES = 32 * 1024 * 1024


@dataclass(slots=True)
class ReadCount:
    """How many lines were read, and what was wrong with those that were not."""

    read: int = 0
    bad: int = 0
    problems: list[str] = field(default_factory=list)


def read_conversations(
    paths: Sequence[Path | str],
    *,
    strict: bool = False,
    report: Callable[[str], None] | None = None,
    count: ReadCount | None = None,
) -> Iterator[Conversation]:
    """Conversations from files, in order; see `read_records`."""
    for _, conversation in read_records(Conversation, paths, strict=strict, report=report, count=count):
        yield conversation


def read_records(
    kind: type[R],
    paths: Sequence[Path | str],
    *,
    strict: bool = False,
    report: Callable[[str], None] | None = None,
    count: ReadCount | None = None,
) -> Iterator[tuple[str, R]]:
    """Records from JSONL files, each with its place `FILE:LINE`.

    Args:
        kind: the record's class.
        paths: files, `.gz` or plain; `-` is standard input.
        strict: stop at the first line that cannot be read.
        report: called with `FILE:LINE: reason` for each such line; standard error where not given.
        count: counts what was read and what was not.

    Raises:
        InputError: a file that is missing, a directory, or not text; or no line could be read.
        RecordError: a bad line, with `strict`.
    """
    tell = report or _to_stderr
    count = count if count is not None else ReadCount()
    for path in paths:
        for place, line in _lines(path):
            try:
                if isinstance(line, str):
                    raise RecordError(line, place)
                record = from_json(kind, line, place)
            except RecordError as error:
                if strict:
                    raise
                count.bad += 1
                tell(str(error))
                continue
            count.read += 1
            yield place, record
    if not count.read:
        names = ", ".join(str(path) for path in paths)
        if count.bad:
            raise InputError(f"{names}: none of {count.bad} lines could be read as a {kind.__name__.lower()}")
        raise InputError(f"{names}: no lines; expected one JSON object a line")


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr)


def _lines(path: Path | str) -> Iterator[tuple[str, bytes | str]]:
    """Non-empty lines with their place; a str instead of bytes is the reason why a line has no bytes."""
    name = str(path)
    number = 0
    try:
        with _opened(name) as stream:
            while True:
                line = stream.readline(MAX_LINE_BYTES + 1)
                if not line:
                    return
                number += 1
                place = f"{name}:{number}"
                if len(line) > MAX_LINE_BYTES:
                    size = len(line) + _skip_line(stream, line)
                    yield place, f"a line of {size:,} bytes; {MAX_LINE_BYTES:,} is the most"
                elif b"\0" in line[:4096]:
                    raise InputError(f"{place}: a binary file; expected JSON lines, plain or gzipped")
                elif line.strip():
                    yield place, line
    except IsADirectoryError as error:
        raise InputError(f"{name}: a directory; name the files in it") from error
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise InputError(f"{name}:{number + 1}: the gzip data is broken: {error}") from error
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error


def _skip_line(stream: IO[bytes], line: bytes) -> int:
    skipped = 0
    while line and not line.endswith(b"\n"):
        line = stream.readline(1024 * 1024)
        skipped += len(line)
    return skipped


def _opened(name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    with Path(name).open("rb") as probe:
        zipped = probe.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(name, "rb")) if zipped else Path(name).open("rb")
