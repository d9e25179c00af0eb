"""Production's arm: its recorded calls executed again in the simulators, answer by answer."""

from collections.abc import Sequence

from conversations.conversation import Message
from conversations.replay import Arm, Rollout, Step, ToolResult
from simulators.fidelity import compare
from simulators.learning import learn
from simulators.recorded import Recording
from simulators.router import RolloutState, Router


async def production_rollout(
    messages: Sequence[Message], state: RolloutState, router: Router, *, model: str = "", learning: bool = True
) -> tuple[Rollout, Recording]:
    """Execute a turn's recorded calls again.

    Every call runs in the simulators without its recorded answer, so that its effects are known and
    the answer can be compared; then the world learns from the recorded answer (a file that was shown
    exists), so that the next call finds the state that production had.

    Args:
        messages: the turn: assistant messages, tool results, and user messages in between where the
            whole conversation is one unit.
        state: world and path at the turn's start; both are changed.
        learning: False leaves the world to the simulators alone.

    Returns:
        The rollout, and production's answers by state and call for the other arms.
    """
    recording = Recording()
    steps: list[Step] = []
    between: list[Message] = []
    for index, message in enumerate(messages):
        if message.role != "assistant":
            if message.role not in ("tool", "function"):
                between.append(message)
            continue
        results: list[ToolResult] = []
        answers = recorded_answers(messages, index)
        for call in message.calls:
            before = type(state.path)(state.path.digest)
            result = await router.answer(call, state)
            answer = answers.get(call.id)
            if answer is not None:
                recorded = answer.text()
                error = recorded_error(answer)
                recording.keep(before, call, recorded, result.is_error if error is None else error)
                result = result.replaced(
                    recorded=recorded,
                    simulated=result.content,
                    content=recorded,
                    is_error=result.is_error if error is None else error,
                    fidelity=compare(result, recorded),
                )
                if learning:
                    learn(state.world, call, recorded)
            results.append(result)
        steps.append(Step(index=len(steps), message=message, results=tuple(results), preceded_by=tuple(between)))
        between = []
    return Rollout(arm=Arm.PRODUCTION, model=model, steps=tuple(steps), stop="recorded_end"), recording


def recorded_answers(messages: Sequence[Message], index: int) -> dict[str, Message]:
    """The tool messages that answer the assistant message at `index`, by call id.

    Only those before the next assistant message count: ids may repeat over a conversation.
    """
    answers: dict[str, Message] = {}
    for message in messages[index + 1 :]:
        if message.role == "assistant":
            break
        if message.role == "tool":
            answers.setdefault(message.tool_call_id or "", message)
    return answers


def recorded_error(message: Message) -> bool | None:
    """Whether a recorded tool message says of itself that the call failed; None where it does not say."""
    error = message.extra.get("error")
    if error:
        return True
    flag = message.extra.get("is_error")
    return flag if isinstance(flag, bool) else None
