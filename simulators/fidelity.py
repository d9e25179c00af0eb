"""Simulated against recorded: how an answer compares with production's own."""

import re
from typing import Literal

from conversations.replay import Source, ToolResult

Outcome = Literal["exact", "equivalent", "different", "unsimulated"]

_SPACES = re.compile(r"[ \t]+")


def compare(result: ToolResult, recorded: str) -> Outcome:
    """Compare a simulated answer with the recorded one.

    `unsimulated` is an answer that no simulator gave (refused, or not understood); `exact` is the
    same text; `equivalent` the same but for white space and the order of lines; `different` the rest.
    """
    if result.source is Source.REFUSED or not result.understood:
        return "unsimulated"
    if result.content == recorded:
        return "exact"
    return "equivalent" if _plain(result.content) == _plain(recorded) else "different"


def _plain(text: str) -> list[str]:
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return sorted(line for line in lines if line)
