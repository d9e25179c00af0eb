"""From a tool call to its result: which simulator answers, and which source of the cascade is next."""

import fnmatch
import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from conversations.conversation import ToolCall
from conversations.effects import NotUnderstood
from conversations.errors import SimulationError
from conversations.replay import Source, ToolResult
from simulators.answer import Answer, Call, Simulator
from simulators.recorded import Path, Recording
from simulators.world import World


class Route(BaseModel):
    """Tool names (shell patterns, any case) and the simulator that answers them.

    `arguments` renames arguments to the names the simulator knows: `{theirs: ours}`;
    `defaults` fills in what the tool leaves out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tools: tuple[str, ...]
    simulator: str
    arguments: dict[str, str] = {}
    defaults: dict[str, Any] = {}

    def matches(self, tool: str) -> bool:
        name = tool.lower()
        return any(fnmatch.fnmatchcase(name, pattern.lower()) for pattern in self.tools)

    def mapped(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if not self.arguments and not self.defaults:
            return arguments
        return self.defaults | {self.arguments.get(name, name): value for name, value in arguments.items()}


class RouterConfig(BaseModel):
    """Routes in order: the first that matches and can answer wins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    routes: tuple[Route, ...]

    @classmethod
    def load(cls, path: FilePath | None = None) -> "RouterConfig":
        """Read a YAML file; the shipped routes where no path is given.

        Raises:
            SimulationError: the file cannot be read or a route is not of its form.
        """
        try:
            text = (
                path.read_text()
                if path is not None
                else (importlib.resources.files("simulators") / "routes.yaml").read_text()
            )
            return cls.model_validate(yaml.safe_load(text))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise SimulationError(f"{path}: cannot read the routes: {error}") from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise SimulationError(f"{path}: {place}: {first['msg']}") from error


@dataclass(slots=True)
class RolloutState:
    """What the router needs to know of one rollout: its world, its path, production's answers, the tools."""

    world: World
    recording: Recording = field(default_factory=Recording)
    path: Path = field(default_factory=Path)
    schemas: Mapping[str, dict[str, Any]] = field(default_factory=dict)


class Router:
    """Runs the cascade recorded, simulated, executed, similar, llm, refused for one call.

    Args:
        simulators: the deterministic ones by name, as the routes name them.
        config: routes from tool names to simulators.
        fallbacks: sources further down the cascade, in order, asked where no simulator understood the call.
    """

    def __init__(
        self,
        simulators: Mapping[str, Simulator],
        config: RouterConfig | None = None,
        fallbacks: Sequence[Simulator] = (),
    ) -> None:
        self.simulators = simulators
        self.config = config or RouterConfig.load()
        self.fallbacks = tuple(fallbacks)
        for route in self.config.routes:
            if route.simulator not in simulators:
                known = ", ".join(sorted(simulators))
                raise SimulationError(
                    f"a route for {', '.join(route.tools)} names the simulator {route.simulator!r}; known: {known}"
                )

    async def answer(self, call: ToolCall, state: RolloutState) -> ToolResult:
        """Answer a call and change the world.

        The simulator runs even where production's answer is at hand: the world must change and the
        effects must be known. What no source can answer is `refused`, a tool error that names the tool.
        """
        recorded = state.recording.find(state.path, call)
        parsed = Call.from_record(call, state.schemas.get(call.name))
        answer = _malformed(call) if parsed is None else await self._simulate(parsed, state.world)
        state.path.advance(call, list(answer.effects), answer.understood)
        if recorded is not None:
            content, is_error = recorded
            return _result(call, answer, content=content, is_error=is_error, source=Source.RECORDED)
        return _result(call, answer)

    async def _simulate(self, call: Call, world: World) -> Answer:
        kept: Answer | None = None
        for route in self.config.routes:
            if not route.matches(call.tool):
                continue
            mapped = Call(call.id, call.tool, route.mapped(call.arguments), call.text, call.schema)
            answer = await self.simulators[route.simulator].answer(mapped, world)
            if answer is None:
                continue
            answer.simulator = answer.simulator or route.simulator
            if answer.understood:
                return answer
            kept = answer
            break
        for fallback in self.fallbacks:
            answer = await fallback.answer(call, world)
            if answer is not None:
                answer.simulator = answer.simulator or fallback.name
                if kept is not None:
                    answer.effects = [*kept.effects, *answer.effects]
                return answer
        return kept if kept is not None else _refused(call)


def _refused(call: Call) -> Answer:
    return Answer(
        f"Error: the tool '{call.tool}' is not available.",
        effects=[
            NotUnderstood(ok=False, command=call.tool, reason="no simulator for this tool", text=call.text[:500])
        ],
        is_error=True,
        source=Source.REFUSED,
        simulator="refused",
        understood=False,
        reason="no simulator for this tool",
    )


def _malformed(call: ToolCall) -> Answer:
    return Answer(
        f"Error: the arguments of '{call.name}' are not a valid JSON object. Call it again with valid JSON.",
        is_error=True,
        simulator="arguments",
        reason="malformed arguments",
    )


def _result(
    call: ToolCall,
    answer: Answer,
    *,
    content: str | None = None,
    is_error: bool | None = None,
    source: Source | None = None,
) -> ToolResult:
    return ToolResult(
        call_id=call.id,
        name=call.name,
        content=answer.content if content is None else content,
        source=source or answer.source,
        simulator=answer.simulator,
        is_error=answer.is_error if is_error is None else is_error,
        exit_code=answer.exit_code,
        effects=tuple(answer.effects),
        understood=answer.understood,
        reason=answer.reason,
        simulated=answer.content if content is not None else None,
    )
