"""The tree of errors a user can catch. The message says what was wrong, where, and what to do."""


class WindtunnelError(Exception):
    """Root of all errors of this project; the command line prints its text as one paragraph and exits with 1."""


class InputError(WindtunnelError):
    """A file, line or argument that the user gave cannot be used."""


class RecordError(InputError):
    """A record that is not of its documented form.

    Args:
        reason: what is wrong, in words a user can act on.
        where: `FILE:LINE` or `topic/partition@offset`, empty when unknown.
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where


class PolicyError(InputError):
    """A policy file that cannot be read or does not say what its schema allows."""


class SettingsError(InputError):
    """A flag, variable or settings file with a value that cannot be used."""


class BrokerError(WindtunnelError):
    """The Kafka broker is not there, or a topic is not as it must be."""


class EndpointError(WindtunnelError):
    """A model endpoint that cannot be reached or does not speak the OpenAI protocol."""


class SimulationError(WindtunnelError):
    """A simulator was given a world or a configuration that it cannot work with."""
