"""One turn replayed: its arms, their steps, what each call answered and did."""

from enum import StrEnum
from typing import Any, ClassVar

from conversations.conversation import Message, hash_of
from conversations.effects import Effect
from conversations.record import Record, VersionedRecord


class Arm(StrEnum):
    """Who acted: production as recorded, production's model replayed, or the new model replayed."""

    PRODUCTION = "production"
    CONTROL = "control"
    CANDIDATE = "candidate"


class Source(StrEnum):
    """Where a tool result came from, best first."""

    RECORDED = "recorded"
    SIMULATED = "simulated"
    EXECUTED = "executed"
    SIMILAR = "similar"
    LLM = "llm"
    REFUSED = "refused"


class ToolResult(Record):
    """What one tool call answered, and what it did to the world.

    Args:
        call_id: id of the call, unique in the rollout.
        name: the tool's name as called.
        content: the text that the model was given.
        source: see `Source`; `simulator` names the one that answered.
        is_error: the call failed, as the tool itself would say.
        exit_code: of a command, where there is one.
        effects: what the call did or tried, in order.
        understood: False where the call could not be read or simulated; it then counts as unknown.
        recorded: production's own answer, where the arm is production.
        simulated: what the simulators say to the same call, where the arm is production and the
            content is the recorded one.
        fidelity: simulated against recorded: exact, equivalent, different, unsimulated; None where
            nothing is to compare.
    """

    call_id: str
    name: str
    content: str = ""
    source: Source = Source.SIMULATED
    simulator: str = ""
    is_error: bool = False
    exit_code: int | None = None
    effects: tuple[Effect, ...] = ()
    understood: bool = True
    reason: str = ""
    recorded: str | None = None
    simulated: str | None = None
    fidelity: str | None = None
    always_written: ClassVar[frozenset[str]] = frozenset({"source", "is_error", "effects", "understood"})


class Step(Record):
    """One assistant message, with the results of its calls in the order of the calls.

    `preceded_by` holds the user messages that came between the last step and this one (only in
    replays of a whole conversation, and for production's own interruptions).
    """

    index: int
    message: Message
    results: tuple[ToolResult, ...] = ()
    preceded_by: tuple[Message, ...] = ()
    finish_reason: str | None = None
    seconds: float | None = None
    tokens: dict[str, int] | None = None
    always_written: ClassVar[frozenset[str]] = frozenset({"results"})


class Rollout(Record):
    """The steps one arm takes.

    `stop` says why it ended: final_answer, step_limit, budget, length, refusal, context_too_long,
    recorded_end (production), or model_error.
    `divergence` is the index of the first step that left production's path, None while it has not.
    """

    arm: Arm
    model: str = ""
    steps: tuple[Step, ...] = ()
    stop: str = "final_answer"
    divergence: int | None = None
    usage: dict[str, float] | None = None
    always_written: ClassVar[frozenset[str]] = frozenset({"steps", "stop"})

    @property
    def final_text(self) -> str:
        """The arm's last words."""
        return self.steps[-1].message.text() if self.steps else ""


class Replay(VersionedRecord):
    """One turn and all its arms; self-contained, so it can be scored again years later.

    `turn` is 1 for the first turn and 0 for the whole conversation. `outcome` is `completed`, or why
    there is no candidate arm (`skipped_context`, ...). Times are Unix seconds.
    """

    replay_id: str
    conversation_id: str
    turn: int
    candidate: str = ""
    sample: int = 0
    stratum: str = "default"
    probability: float = 1.0
    outcome: str = "completed"
    prefix: tuple[Message, ...] = ()
    tools: list[Any] | None = None
    world: str | None = None
    arms: dict[Arm, Rollout] = {}
    stack: dict[str, Any] = {}
    mirrored_at: float | None = None
    replayed_at: float | None = None
    metadata: dict[str, Any] | None = None
    always_written: ClassVar[frozenset[str]] = frozenset(
        {"version", "candidate", "stratum", "probability", "outcome", "prefix", "arms"}
    )


def replay_id(conversation_id: str, turn: int, candidate: str, sample: int = 0) -> str:
    """The id of a replay: the same inputs give the same id on every machine and after every restart."""
    return hash_of([conversation_id, turn, candidate, sample])
