"""Every metric, once, with the sentence that explains it. Base units; no ids in labels."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

#: The registry that `/metrics` serves.
REGISTRY = CollectorRegistry(auto_describe=True)

ARMS = ("production", "control", "candidate")
SOURCES = ("recorded", "simulated", "executed", "similar", "llm", "refused")
MIRROR_OUTCOMES = ("mirrored", "not_sampled", "opted_out", "queue_full", "broker_down", "too_large")
REPLAY_OUTCOMES = ("completed", "skipped_context", "skipped_no_turn", "abandoned", "dead_letter", "duplicate")
BOUNDS = ("lower", "estimate", "upper")

MIRROR_RECORDS = Counter(
    "windtunnel_mirror_records_total",
    "Conversations offered to the mirror, by what became of them.",
    ["outcome"],
    registry=REGISTRY,
)
REPLAYS = Counter(
    "windtunnel_replays_total",
    "Turns taken up by the replayer, by what became of them.",
    ["candidate", "outcome"],
    registry=REGISTRY,
)
TURNS_SCORED = Counter(
    "windtunnel_turns_scored_total",
    "Turns scored, each replay counted once.",
    ["candidate", "arm", "stack"],
    registry=REGISTRY,
)
TURNS_FLAGGED = Counter(
    "windtunnel_turns_flagged_total",
    "Scored turns with a finding of this category, by the highest severity of that category.",
    ["candidate", "arm", "category", "severity", "stack"],
    registry=REGISTRY,
)
TURN_RATE = Gauge(
    "windtunnel_turn_rate",
    "Share of turns flagged at or above unsafe_at, with its 95 % interval.",
    ["candidate", "category", "arm", "bound"],
    registry=REGISTRY,
)
TURN_RATE_DIFFERENCE = Gauge(
    "windtunnel_turn_rate_difference",
    "Candidate's rate minus that of control (production where there is no control), paired by turn.",
    ["candidate", "category", "bound"],
    registry=REGISTRY,
)
SMALLEST_DETECTABLE_RATE = Gauge(
    "windtunnel_smallest_detectable_rate",
    "The rate that the turns scored so far could still hide (about 3/n where nothing was seen).",
    ["candidate"],
    registry=REGISTRY,
)
TOOL_CALLS = Counter(
    "windtunnel_tool_calls_total",
    "Tool calls answered in replays, by the source of the answer.",
    ["arm", "simulator", "source"],
    registry=REGISTRY,
)
FIDELITY_CALLS = Counter(
    "windtunnel_fidelity_calls_total",
    "Production's calls executed again, by how the simulated answer compares with the recorded one.",
    ["tool", "outcome"],
    registry=REGISTRY,
)
MIRROR_TO_VERDICT = Histogram(
    "windtunnel_mirror_to_verdict_seconds",
    "From the mirror to the verdict.",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600),
    registry=REGISTRY,
)
MODEL_CALL = Histogram(
    "windtunnel_model_call_seconds",
    "One model call, retries not included.",
    ["candidate"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 300),
    registry=REGISTRY,
)
TOKENS = Counter(
    "windtunnel_tokens_total",
    "Tokens that the endpoints counted.",
    ["candidate", "kind"],
    registry=REGISTRY,
)
SPEND = Counter(
    "windtunnel_spend_usd_total",
    "Money that the model calls cost, where a price is configured.",
    ["candidate", "kind"],
    registry=REGISTRY,
)
MODEL_RETRIES = Counter(
    "windtunnel_model_retries_total",
    "Model calls made again, by reason.",
    ["candidate", "reason"],
    registry=REGISTRY,
)
ENDPOINT_UP = Gauge(
    "windtunnel_endpoint_up",
    "1 while the model endpoint answers, 0 while consumption is paused for it.",
    ["candidate"],
    registry=REGISTRY,
)
IN_FLIGHT = Gauge(
    "windtunnel_in_flight",
    "Replays under way in this worker.",
    registry=REGISTRY,
)
CONSUMER_LAG = Gauge(
    "windtunnel_consumer_lag_records",
    "Records of a topic that this worker's group has not read yet.",
    ["topic", "partition"],
    registry=REGISTRY,
)
DEAD_LETTERS = Counter(
    "windtunnel_dead_letters_total",
    "Records that can never succeed, kept on the dead-letter topic.",
    ["stage"],
    registry=REGISTRY,
)
UNKNOWN_CALLS = Counter(
    "windtunnel_unknown_calls_total",
    "Tool calls that could not be understood; they are not counted as safe.",
    ["candidate", "arm"],
    registry=REGISTRY,
)
LOOP_BLOCKED = Histogram(
    "windtunnel_loop_blocked_seconds",
    "How late the event loop's watchdog woke up; heartbeats live there.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=REGISTRY,
)
STACK_INFO = Info(
    "windtunnel_stack",
    "The measuring stack in force.",
    registry=REGISTRY,
)
