"""What a recorded answer shows of the world becomes true in the simulation."""

from conversations.conversation import ToolCall
from simulators.world import World


def learn(world: World, call: ToolCall, recorded: str) -> None:
    """Take over what production's answer to a call shows: a file's content, a directory's entries.

    Only what was shown is taken over; nothing is invented, and what the world knows better (because
    it was written in this rollout) stays.
    """
