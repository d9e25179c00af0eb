"""Every default, once, with its reason. Read at the roof and passed down; no other module reads settings."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, YamlConfigSettingsSource

from conversations.errors import SettingsError

#: Environment variable that names the settings file.
SETTINGS_FILE = "WINDTUNNEL_CONFIG"


class Settings(BaseSettings):
    """Flags first, then `WINDTUNNEL_*` variables, then the YAML file named by `WINDTUNNEL_CONFIG`."""

    model_config = SettingsConfigDict(env_prefix="WINDTUNNEL_", extra="forbid", frozen=True)

    broker: str = Field("localhost:9092", description="Kafka bootstrap servers, HOST:PORT[,...].")
    topic_prefix: str = Field("windtunnel", description="First part of every topic's name.")
    group_prefix: str = Field("windtunnel", description="First part of every consumer group's name.")
    partitions: int = Field(6, ge=1, description="Partitions of a topic: the most workers that can share it.")
    replication: int = Field(1, ge=1, description="Copies of a partition; 3 on a real cluster.")
    #: A long agent conversation with its tool results fits; Kafka's own default of 1 MiB does not hold it.
    max_message_bytes: int = Field(8 * 1024 * 1024, ge=1024)

    candidate_url: str | None = Field(None, description="OpenAI-compatible endpoint of the candidate.")
    candidate_model: str | None = None
    candidate_key: SecretStr | None = Field(None, description="API key; OPENAI_API_KEY where not set.")
    candidate_key_file: Path | None = None
    control_url: str | None = None
    control_model: str | None = None
    control_key: SecretStr | None = None
    control_key_file: Path | None = None

    #: Model calls wait far longer than they compute: 32 keep a slow endpoint busy from one core.
    concurrency: int = Field(32, ge=1)
    turns: str = Field("last", description="last, every, sample:N or whole.")
    #: Agents that loop stop here; recorded sessions rarely pass 40 steps.
    max_steps: int = Field(50, ge=1)
    #: Tokens one rollout may spend, prompt and answer together.
    max_tokens_per_rollout: int = Field(1_000_000, ge=1)
    #: The model's context, in tokens; a longer prefix is skipped or cut, see `long_prefix`.
    context_tokens: int = Field(128_000, ge=256)
    long_prefix: Literal["skip", "cut"] = "skip"
    #: SIGTERM: Kubernetes gives 30 s by default, so finish before it kills.
    drain_seconds: float = Field(25.0, gt=0)
    request_timeout_seconds: float = Field(300.0, gt=0)
    #: An endpoint that failed this often in a row is down: consumption pauses and probes it.
    endpoint_failures: int = Field(5, ge=1)

    policy: Path | None = None
    worlds: Path | None = None
    sandbox: Literal["off", "auto", "required"] = "off"
    #: A worker that dead-letters more than this share of its last 100 records stops instead.
    dead_letter_share: float = Field(0.1, gt=0, le=1)

    metrics_port: int | None = Field(None, ge=0, le=65535, description="Port of /metrics; 0 picks a free one.")
    metrics_host: str = Field("0.0.0.0", description="Address on which /metrics listens.")  # noqa: S104
    log_format: Literal["text", "json"] = "text"
    log_level: str = "INFO"
    state_dir: Path = Field(Path(".cache/state"), description="Where the scoring app keeps its tables.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _settings_file(settings_cls)

    def topic(self, name: str) -> str:
        """Full name of a topic: `conversations` is `windtunnel.conversations.v1`."""
        return f"{self.topic_prefix}.{name}.v1"

    def group(self, name: str) -> str:
        """Full name of a consumer group."""
        return f"{self.group_prefix}.{name}"


def _settings_file(settings_cls: type[BaseSettings]) -> PydanticBaseSettingsSource:
    import os

    name = os.environ.get(SETTINGS_FILE)
    if name and not Path(name).is_file():
        raise SettingsError(f"{SETTINGS_FILE} names {name}, which is not a file")
    return YamlConfigSettingsSource(settings_cls, yaml_file=name)


def load_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None were not given.

    Raises:
        SettingsError: a value that cannot be used, named by its flag or variable.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = []
        for fault in error.errors(include_url=False):
            name = ".".join(str(part) for part in fault["loc"])
            place = f"--{name.replace('_', '-')}" if name in given else f"WINDTUNNEL_{name.upper()}"
            faults.append(f"{place}: {fault['msg']}")
        raise SettingsError("; ".join(faults)) from error
