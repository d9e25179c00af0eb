"""What all records share: frozen, versioned, tolerant of fields that a newer writer added, orjson on the wire."""

from typing import Any, ClassVar, Self, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from conversations.errors import RecordError

R = TypeVar("R", bound="Record")


class Record(BaseModel):
    """Base of everything that is written to a topic or a file.

    Unknown fields survive a round trip; a field that was absent when read is absent when written
    again (`to_json` leaves out what was never set), so foreign logs keep their shape.
    """

    model_config = ConfigDict(frozen=True, extra="allow", ser_json_bytes="base64", protected_namespaces=())

    #: Fields that are written even when they still have their default.
    always_written: ClassVar[frozenset[str]] = frozenset()

    def model_post_init(self, context: Any, /) -> None:
        self.__pydantic_fields_set__.update(self.always_written)

    @property
    def extra(self) -> dict[str, Any]:
        """Fields of the source that this version does not know."""
        return dict(self.__pydantic_extra__ or {})

    def replaced(self, **changes: Any) -> Self:
        """A copy with some fields changed; values are taken as they are, not validated again."""
        return self.model_copy(update=changes)


class VersionedRecord(Record):
    """A record that stands alone on a topic and so carries its version."""

    version: int = 1
    always_written: ClassVar[frozenset[str]] = frozenset({"version"})


def to_dict(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, without the fields that were never set."""
    return record.model_dump(mode="json", exclude_unset=True)


def to_json(record: Record) -> bytes:
    """One line of JSON, UTF-8, without a newline."""
    return orjson.dumps(to_dict(record))


def from_json(kind: type[R], data: bytes | str, where: str = "") -> R:
    """Read one record.

    Args:
        kind: the record's class.
        data: JSON text.
        where: what to name in the error, such as `FILE:LINE`.

    Raises:
        RecordError: not JSON, or not of the record's form.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise RecordError(f"not JSON ({error})", where) from error
    return from_dict(kind, value, where)


def from_dict(kind: type[R], value: Any, where: str = "") -> R:
    """Like `from_json`, from values that are parsed already."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the record"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RecordError(f"{kind.__name__}: {place}: {first['msg']}{more}", where) from error
