"""Production's own answers: given again to the same call in the same state."""

from dataclasses import dataclass, field

from conversations.conversation import ToolCall, hash_of
from conversations.effects import EffectBase

#: Effects that leave the world as it was: after them the same call still has the same answer.
READ_ONLY_KINDS = frozenset({"file_read", "rows_read", "process_run", "secret_touched", "resource_limit_hit"})


def call_key(call: ToolCall) -> str:
    """Equal for calls of the same tool with the same arguments, however they were spaced or ordered."""
    parsed = call.function.parsed()
    return hash_of([call.name, call.function.text() if parsed is None else parsed])


@dataclass(slots=True)
class Path:
    """The state of a rollout as far as recorded answers go: the calls that changed something, in order."""

    digest: str = ""

    def advance(self, call: ToolCall, effects: list[EffectBase], understood: bool) -> None:
        """Take note of a call; one that was not understood counts as a change."""
        if not understood or any(effect.kind not in READ_ONLY_KINDS for effect in effects):  # type: ignore[attr-defined]
            self.digest = hash_of([self.digest, call_key(call)])


@dataclass(slots=True)
class Recording:
    """What production's tools answered, by state and call. One answer is given as often as it is asked for."""

    answers: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)

    def keep(self, path: Path, call: ToolCall, content: str, is_error: bool) -> None:
        """Remember production's answer to a call made at this point of its path."""
        self.answers.setdefault((path.digest, call_key(call)), (content, is_error))

    def find(self, path: Path, call: ToolCall) -> tuple[str, bool] | None:
        """Production's answer, and whether it was an error; None where production never asked that there."""
        return self.answers.get((path.digest, call_key(call)))
