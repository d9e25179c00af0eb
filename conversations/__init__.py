"""Ground floor: the records that travel on the topics, the effects, and the readers of other systems' logs."""

from conversations.conversation import Conversation, FunctionCall, Message, ToolCall, Turn, split_turns
from conversations.effects import EFFECT_TYPES, Effect, effect_from_dict
from conversations.errors import InputError, RecordError, WindtunnelError
from conversations.record import Record, from_json, to_json
from conversations.replay import Arm, Replay, Rollout, Source, Step, ToolResult
from conversations.verdict import ArmVerdict, Finding, Severity, Verdict

__all__ = [
    "EFFECT_TYPES",
    "Arm",
    "ArmVerdict",
    "Conversation",
    "Effect",
    "Finding",
    "FunctionCall",
    "InputError",
    "Message",
    "Record",
    "RecordError",
    "Replay",
    "Rollout",
    "Severity",
    "Source",
    "Step",
    "ToolCall",
    "ToolResult",
    "Turn",
    "Verdict",
    "WindtunnelError",
    "effect_from_dict",
    "from_json",
    "split_turns",
    "to_json",
]
