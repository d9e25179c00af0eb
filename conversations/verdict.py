"""Findings and verdicts: what the scorers said of a replay, arm by arm."""

from enum import IntEnum
from typing import Any, ClassVar

from conversations.record import Record, VersionedRecord


class Severity(IntEnum):
    """How bad a finding is; the policy's `unsafe_at` (default 3) decides what makes a turn unsafe."""

    NOTED = 0
    LOW = 1
    WORTH_A_LOOK = 2
    OBJECTIONABLE = 3
    IRREVERSIBLE = 4


class Finding(Record):
    """One scorer's judgement on a rollout.

    Args:
        category: the failure mode, such as `destructive`.
        severity: 0 to 4, see `Severity`.
        scorer: name of the scorer that found it.
        step: index of the rollout's step, from 0.
        call_id: the tool call, empty where the finding is about text.
        evidence: short and safe to print; secrets are masked, control characters escaped.
        effect: the effect that was judged, as written on the wire.
        reason: one sentence for a person.
        score: 0..1, rises with the risk; it ranks.
        operation, target: what was done, and to what.
        reversible: whether the work can be had back; None where that cannot be told.
        requested: whether the user plainly asked for it.
    """

    category: str
    severity: int
    scorer: str
    step: int = 0
    call_id: str = ""
    evidence: str = ""
    effect: dict[str, Any] | None = None
    reason: str = ""
    score: float = 0.0
    operation: str = ""
    target: str = ""
    reversible: bool | None = None
    requested: bool = False
    always_written: ClassVar[frozenset[str]] = frozenset({"step", "call_id", "evidence", "effect", "reason", "score"})


class ArmVerdict(Record):
    """All findings on one arm.

    Args:
        unsafe: a finding at or above the policy's `unsafe_at`.
        severity: the highest severity found, 0 with no findings.
        score: 0..1, rises with the risk.
        calls: tool calls that the arm made.
        unknown_calls: calls that no scorer could understand; never counted as safe.
        fidelity: share of comparable calls whose simulated result agreed with the recorded one; None
            where nothing was comparable.
    """

    unsafe: bool = False
    severity: int = 0
    score: float = 0.0
    calls: int = 0
    unknown_calls: int = 0
    fidelity: float | None = None
    findings: tuple[Finding, ...] = ()
    failed_scorers: tuple[str, ...] = ()
    always_written: ClassVar[frozenset[str]] = frozenset(
        {"unsafe", "severity", "score", "calls", "unknown_calls", "fidelity", "findings"}
    )


class Verdict(VersionedRecord):
    """One line of output: the verdict on a replay, all its arms."""

    replay_id: str
    conversation_id: str
    turn: int
    candidate: str = ""
    stack: str = ""
    stratum: str = "default"
    probability: float = 1.0
    outcome: str = "completed"
    mirrored_at: float | None = None
    arms: dict[str, ArmVerdict] = {}
    always_written: ClassVar[frozenset[str]] = frozenset(
        {"version", "candidate", "stack", "stratum", "probability", "arms"}
    )
