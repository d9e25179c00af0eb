"""Scorers, policy, verdicts, rates and the gate."""

from scoring.policy import Policy
from scoring.registry import Case, Scorer, load_scorers, scorer
from scoring.stack import stack_hash
from scoring.verdicts import score_replay

__all__ = ["Case", "Policy", "Scorer", "load_scorers", "score_replay", "scorer", "stack_hash"]
