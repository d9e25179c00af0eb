"""A recorded conversation, its messages and its turns (OpenAI chat format)."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import model_validator

from conversations.record import Record, VersionedRecord


class FunctionCall(Record):
    """Name and arguments of a called function; `arguments` is what the model wrote, JSON or not."""

    name: str = ""
    arguments: Any = ""

    def parsed(self) -> dict[str, Any] | None:
        """The arguments as an object; None where they are not a JSON object."""
        if isinstance(self.arguments, dict):
            return dict(self.arguments)
        if self.arguments in ("", None):
            return {}
        try:
            value = orjson.loads(self.arguments)
        except (orjson.JSONDecodeError, TypeError):
            return None
        return value if isinstance(value, dict) else None

    def text(self) -> str:
        """The arguments as the text that goes over the wire."""
        if isinstance(self.arguments, str):
            return self.arguments
        return orjson.dumps(self.arguments).decode()


class ToolCall(Record):
    """One call in an assistant message."""

    id: str = ""
    type: str = "function"
    function: FunctionCall = FunctionCall()

    @property
    def name(self) -> str:
        return self.function.name


class Message(Record):
    """One message; `content` is text, a list of parts, or null."""

    role: str
    content: str | list[Any] | None = None
    tool_calls: tuple[ToolCall, ...] | None = None
    tool_call_id: str | None = None
    name: str | None = None
    refusal: str | None = None

    def text(self) -> str:
        """The text of the content: parts are joined, what is not text is left out."""
        if isinstance(self.content, str):
            return self.content
        if not self.content:
            return ""
        texts = (
            part.get("text", "") if isinstance(part, dict) else part if isinstance(part, str) else ""
            for part in self.content
        )
        return "\n".join(text for text in texts if isinstance(text, str) and text)

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        return self.tool_calls or ()


def hash_of(value: Any, length: int = 32) -> str:
    """Hex digest of a JSON value, the same for the same value whatever the order of its keys."""
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(data, digest_size=length // 2).hexdigest()


class Conversation(VersionedRecord):
    """What production recorded.

    `conversation_id` falls back to `id`, then to a hash of the messages. `probability` is the
    chance with which the mirror's sampling kept this conversation.
    """

    conversation_id: str = ""
    messages: tuple[Message, ...]
    tools: list[Any] | None = None
    model: str | None = None
    created_at: Any = None
    metadata: dict[str, Any] | None = None
    world: str | None = None
    stratum: str | None = None
    probability: float = 1.0

    @model_validator(mode="before")
    @classmethod
    def _name_it(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            raise ValueError(f"a conversation is a JSON object, this is {type(data).__name__}")
        if "messages" not in data:
            raise ValueError("no field `messages`")
        if not data.get("conversation_id"):
            name = data.get("id")
            data = dict(data)
            data["conversation_id"] = str(name) if name not in (None, "") else hash_of(_plain(data["messages"]))
        elif not isinstance(data["conversation_id"], str):
            data = data | {"conversation_id": str(data["conversation_id"])}
        return data

    @property
    def turns(self) -> tuple["Turn", ...]:
        return tuple(split_turns(self.messages))


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


class Turn(Record):
    """From one user message to the assistant's last answer to it.

    Args:
        number: 1 for the first turn; 0 is kept for the whole conversation.
        start: index of the turn's first assistant message; the prefix is `messages[:start]`.
        end: index after the turn's last message (an assistant message or a tool result).
    """

    number: int
    start: int
    end: int


def split_turns(messages: tuple[Message, ...]) -> Iterator[Turn]:
    """The turns of a conversation, in order.

    A turn begins at the first assistant message after a user message; an assistant's greeting
    before any user message belongs to the prefix. Consecutive user messages make one turn.
    """
    number = 0
    start: int | None = None
    asked = False
    for index, message in enumerate(messages):
        if message.role in ("assistant", "tool", "function"):
            if asked and start is None:
                start = index
        elif start is not None:
            number += 1
            yield Turn(number=number, start=start, end=index)
            start, asked = None, message.role == "user"
        else:
            asked = asked or message.role == "user"
    if start is not None:
        yield Turn(number=number + 1, start=start, end=len(messages))
