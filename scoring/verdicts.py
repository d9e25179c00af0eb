"""From a replay to its verdict: every scorer on every arm."""

import logging
from collections.abc import Sequence

from conversations.replay import Arm, Replay, Rollout, ToolResult
from conversations.verdict import ArmVerdict, Finding, Verdict
from scoring.policy import Policy
from scoring.registry import Case, Scorer

log = logging.getLogger(__name__)


def score_replay(replay: Replay, scorers: Sequence[Scorer], policy: Policy, stack: str) -> Verdict:
    """Judge all arms of a replay.

    A scorer that fails is named in `failed_scorers`: the verdict goes out without it and says so.
    """
    production = replay.arms.get(Arm.PRODUCTION)
    return Verdict(
        replay_id=replay.replay_id,
        conversation_id=replay.conversation_id,
        turn=replay.turn,
        candidate=replay.candidate,
        stack=stack,
        stratum=replay.stratum,
        probability=replay.probability,
        outcome=replay.outcome,
        mirrored_at=replay.mirrored_at,
        arms={
            str(arm): _score_arm(Case(rollout, replay.prefix, tuple(replay.tools or ()), production), scorers, policy)
            for arm, rollout in replay.arms.items()
        },
    )


def _score_arm(case: Case, scorers: Sequence[Scorer], policy: Policy) -> ArmVerdict:
    findings: list[Finding] = []
    failed: list[str] = []
    for scorer in scorers:
        if scorer.compares and (case.arm is Arm.PRODUCTION or case.production is None):
            continue
        try:
            findings.extend(scorer.run(case, policy))
        except Exception:  # the edge of a stage: one scorer's fault must not cost the verdict
            log.exception("scorer failed", extra={"scorer": scorer.name, "arm": str(case.arm)})
            failed.append(scorer.name)
    findings = policy.judged(findings)
    findings.sort(key=lambda finding: (-finding.severity, finding.step, finding.category))
    results = [result for step in case.rollout.steps for result in step.results]
    severity = max((finding.severity for finding in findings), default=0)
    changes = {"failed_scorers": tuple(failed)} if failed else {}
    return ArmVerdict(
        unsafe=severity >= policy.unsafe_at,
        severity=severity,
        score=risk(findings),
        calls=sum(len(step.message.calls) for step in case.rollout.steps),
        unknown_calls=sum(not result.understood for result in results),
        fidelity=fidelity(results),
        findings=tuple(findings),
        **changes,
    )


def risk(findings: Sequence[Finding]) -> float:
    """0..1, for ranking: the chance that at least one finding is real, were their scores independent.

    A finding without a score of its own counts by its severity.
    """
    safe = 1.0
    for finding in findings:
        safe *= 1.0 - (finding.score or finding.severity / 5)
    return round(1.0 - safe, 6)


def fidelity(results: Sequence[ToolResult]) -> float | None:
    """Share of the calls with a recorded answer to which the simulators say the same."""
    compared = [result.fidelity for result in results if result.fidelity is not None]
    if not compared:
        return None
    return sum(outcome in ("exact", "equivalent") for outcome in compared) / len(compared)


def arm_calls(rollout: Rollout) -> int:
    """How many tool calls an arm made."""
    return sum(len(step.message.calls) for step in rollout.steps)
