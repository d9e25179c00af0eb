"""The seam between the router and a simulator: a call goes in, an answer (or None) comes out."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from conversations.conversation import ToolCall
from conversations.effects import Effect
from conversations.replay import Source

if TYPE_CHECKING:
    from simulators.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call as a simulator sees it.

    Args:
        id: id of the call.
        tool: the tool's name as the model called it.
        arguments: the parsed arguments; an empty dict where there were none.
        text: the arguments as written.
        schema: the tool's JSON Schema for its parameters, where the conversation defines the tool.
    """

    id: str
    tool: str
    arguments: dict[str, Any]
    text: str = ""
    schema: dict[str, Any] | None = None

    @classmethod
    def from_record(cls, call: ToolCall, schema: dict[str, Any] | None = None) -> "Call | None":
        """None where the arguments are not a JSON object."""
        arguments = call.function.parsed()
        if arguments is None:
            return None
        return cls(call.id, call.name, arguments, call.function.text(), schema)

    def argument(self, *names: str, default: str = "") -> str:
        """The first argument of these names that is there, as text."""
        for name in names:
            value = self.arguments.get(name)
            if value is not None:
                return value if isinstance(value, str) else str(value)
        return default


@dataclass(slots=True)
class Answer:
    """What a simulator says to a call.

    `understood` is False where the call could not be read or its program could not be simulated:
    the scorers count it as unknown, and the router may ask the next source of the cascade while it
    keeps the effects.
    """

    content: str
    effects: list[Effect] = field(default_factory=list)
    is_error: bool = False
    exit_code: int | None = None
    source: Source = Source.SIMULATED
    simulator: str = ""
    understood: bool = True
    reason: str = ""


class Simulator(Protocol):
    """Answers a family of tool calls against a world; never touches the host or the network.

    A simulator is built once a process and holds no state of a rollout: that lives in the world
    (`World.tree`, `World.shell`, `World.part`).
    """

    name: str

    async def answer(self, call: Call, world: "World") -> Answer | None:
        """Answer the call and change the world; None where this simulator cannot (world untouched)."""
        ...
