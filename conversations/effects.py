"""Effects: structured facts about what a call did or tried.

Simulators write them, scorers read them; this union is the seam of the system. Paths are absolute
and normalised in the simulated world. `ok` is False where the call only tried (the file was not
there, permission was denied, the network refused): the intent counts all the same.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field, TypeAdapter, ValidationError

from conversations.errors import RecordError
from conversations.record import Record

#: Content kept in an effect at the most, in characters; longer content is cut and `cut` says so.
CONTENT_LIMIT = 32_768


class EffectBase(Record):
    """What every effect says.

    Args:
        ok: it happened; False where it was only tried.
        command: the program or tool that caused it, after expansion (`rm`, `git`, `str_replace_editor`).
        argv: that program's arguments after expansion, the program first; empty for tools without argv.
        user: the user it ran as, where that differs from the world's user (`root` after sudo).
        via: wrappers on the way, outermost first (`sudo`, `xargs`, `python3 -c`).
    """

    ok: bool = True
    command: str = ""
    argv: tuple[str, ...] = ()
    user: str | None = None
    via: tuple[str, ...] = ()
    always_written: ClassVar[frozenset[str]] = frozenset({"kind"})


class FileRead(EffectBase):
    kind: Literal["file_read"] = "file_read"
    path: str


class FileWritten(EffectBase):
    """`created` is False for an overwrite; `before_size` is then what was lost or kept, in bytes."""

    kind: Literal["file_written"] = "file_written"
    path: str
    created: bool = True
    appended: bool = False
    size: int | None = None
    before_size: int | None = None
    content: str | None = None
    cut: bool = False
    #: The file was made earlier in this same rollout.
    own: bool = False


class FileDeleted(EffectBase):
    """`own` is True where this same rollout had made the file; `entries` counts what a directory held."""

    kind: Literal["file_deleted"] = "file_deleted"
    path: str
    type: Literal["file", "dir", "symlink", "unknown"] = "file"
    entries: int = 0
    recursive: bool = False
    own: bool = False


class FileMoved(EffectBase):
    kind: Literal["file_moved"] = "file_moved"
    path: str
    destination: str
    overwrote: bool = False
    own: bool = False


class ModeChanged(EffectBase):
    """Modes are the permission bits (0o755 is 493)."""

    kind: Literal["mode_changed"] = "mode_changed"
    path: str
    before: int | None = None
    after: int | None = None
    recursive: bool = False


class OwnerChanged(EffectBase):
    kind: Literal["owner_changed"] = "owner_changed"
    path: str
    owner: str | None = None
    group: str | None = None
    recursive: bool = False


class ProcessRun(EffectBase):
    """A program was started. `simulated` is False where nothing could run it, so what it did is unknown."""

    kind: Literal["process_run"] = "process_run"
    program: str
    cwd: str = ""
    exit_code: int | None = None
    simulated: bool = True
    background: bool = False
    #: Inline code it was given (`python3 -c`, a heredoc, a notebook cell), and in which language.
    code: str | None = None
    language: str | None = None


class ProcessKilled(EffectBase):
    kind: Literal["process_killed"] = "process_killed"
    target: str
    signal: str = "TERM"


class PrivilegeRequested(EffectBase):
    """`method` is sudo, su, doas, pkexec, setuid, setcap, sudoers, container, ...; `to` what was asked for."""

    kind: Literal["privilege_requested"] = "privilege_requested"
    method: str
    to: str = "root"


class NetworkContacted(EffectBase):
    """Nothing is ever sent; this is what would have been.

    `direction` is download, upload, connect or listen. `sent` is an excerpt, `sent_paths` the files
    whose content would have left.
    """

    kind: Literal["network_contacted"] = "network_contacted"
    host: str
    port: int | None = None
    scheme: str = ""
    method: str = ""
    url: str = ""
    direction: Literal["download", "upload", "connect", "listen"] = "download"
    sent: str = ""
    sent_paths: tuple[str, ...] = ()
    sent_bytes: int | None = None
    #: The answer goes straight into an interpreter (`curl ... | sh`).
    executed: bool = False


class PackageChanged(EffectBase):
    """`action` is installed or removed; `known` and `similar_to` speak of the shipped index of well-known names."""

    kind: Literal["package_changed"] = "package_changed"
    action: Literal["installed", "removed"] = "installed"
    manager: str
    name: str
    version: str | None = None
    source: str | None = None
    pinned: bool = False
    known: bool | None = None
    similar_to: str | None = None
    install_scripts: bool = False
    custom_index: str | None = None


class GitRefChanged(EffectBase):
    """A ref moved, was made or deleted; `remote` is set where a remote's ref was meant."""

    kind: Literal["git_ref_changed"] = "git_ref_changed"
    repository: str = ""
    ref: str
    action: Literal["created", "moved", "deleted"] = "moved"
    before: str | None = None
    after: str | None = None
    forced: bool = False
    rewritten: bool = False
    remote: str | None = None


class GitWorkLost(EffectBase):
    """Uncommitted changes, stashes or commits that nothing refers to any more."""

    kind: Literal["git_work_lost"] = "git_work_lost"
    repository: str = ""
    what: Literal["changes", "untracked", "stash", "commits", "reflog"] = "changes"
    paths: tuple[str, ...] = ()


class GuardBypassed(EffectBase):
    """A check, hook, log or sandbox was switched off (`--no-verify`, `set +o history`, `chattr -a`, ...)."""

    kind: Literal["guard_bypassed"] = "guard_bypassed"
    guard: str
    target: str = ""


class RowsChanged(EffectBase):
    """`statement` is the class (insert, update, delete, merge); `rows` is None where it could not be counted."""

    kind: Literal["rows_changed"] = "rows_changed"
    statement: str
    database: str = ""
    table: str = ""
    rows: int | None = None
    where: bool = True
    sql: str = ""


class RowsRead(EffectBase):
    kind: Literal["rows_read"] = "rows_read"
    database: str = ""
    tables: tuple[str, ...] = ()
    rows: int | None = None
    sql: str = ""


class SchemaChanged(EffectBase):
    kind: Literal["schema_changed"] = "schema_changed"
    action: str
    object: str = "table"
    database: str = ""
    name: str = ""
    sql: str = ""


class RightsChanged(EffectBase):
    """Rights in a database, an API or a cloud: granted or revoked."""

    kind: Literal["rights_changed"] = "rights_changed"
    action: Literal["granted", "revoked"] = "granted"
    right: str = ""
    target: str = ""
    to: str = ""
    system: str = ""


class SecretTouched(EffectBase):
    """A credential was read, written or sent; the value itself is never kept."""

    kind: Literal["secret_touched"] = "secret_touched"
    what: str
    where: str = ""
    action: Literal["read", "written", "sent", "shown"] = "read"


class ServiceChanged(EffectBase):
    """A service, container, workload, scheduled job or cloud resource changed."""

    kind: Literal["service_changed"] = "service_changed"
    system: str
    action: str
    name: str = ""
    target: str = ""


class SettingChanged(EffectBase):
    """A setting of the system (kernel parameter, account, firewall, boot, time) changed."""

    kind: Literal["setting_changed"] = "setting_changed"
    system: str
    name: str = ""
    value: str = ""


class DeviceWritten(EffectBase):
    """A disk, partition or file system was written, formatted or wiped."""

    kind: Literal["device_written"] = "device_written"
    device: str
    action: str = "write"


class MessageSent(EffectBase):
    """An e-mail, chat message, post or payment left through a tool."""

    kind: Literal["message_sent"] = "message_sent"
    channel: str
    recipients: tuple[str, ...] = ()
    text: str = ""
    attachments: tuple[str, ...] = ()


class ObjectChanged(EffectBase):
    """A tool without a simulator of its own changed something (a booking, a calendar entry, a device)."""

    kind: Literal["object_changed"] = "object_changed"
    tool: str
    action: Literal["created", "updated", "deleted", "unknown"] = "unknown"
    object: str = ""
    arguments: dict[str, Any] = {}


class ResourceLimitHit(EffectBase):
    """A limit of the simulation ended the call: commands, time, memory, output, depth, file_size."""

    kind: Literal["resource_limit_hit"] = "resource_limit_hit"
    limit: str
    detail: str = ""


class NotUnderstood(EffectBase):
    """Part of the call could not be read or simulated; what it would have done is unknown."""

    kind: Literal["not_understood"] = "not_understood"
    reason: str
    text: str = ""


Effect: TypeAlias = Annotated[
    FileRead
    | FileWritten
    | FileDeleted
    | FileMoved
    | ModeChanged
    | OwnerChanged
    | ProcessRun
    | ProcessKilled
    | PrivilegeRequested
    | NetworkContacted
    | PackageChanged
    | GitRefChanged
    | GitWorkLost
    | GuardBypassed
    | RowsChanged
    | RowsRead
    | SchemaChanged
    | RightsChanged
    | SecretTouched
    | ServiceChanged
    | SettingChanged
    | DeviceWritten
    | MessageSent
    | ObjectChanged
    | ResourceLimitHit
    | NotUnderstood,
    Field(discriminator="kind"),
]

EFFECT_TYPES: dict[str, type[EffectBase]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Effect)[0])
}

_adapter: TypeAdapter[Effect] = TypeAdapter(Effect)


def effect_from_dict(value: dict[str, Any]) -> Effect:
    """Read an effect from its wire form.

    Raises:
        RecordError: an unknown kind, or fields that do not fit it.
    """
    try:
        return _adapter.validate_python(value)
    except ValidationError as error:
        raise RecordError(f"effect: {error.errors(include_url=False)[0]['msg']}") from error


def cut_content(text: str) -> tuple[str, bool]:
    """Content short enough for an effect, and whether it was cut."""
    return (text, False) if len(text) <= CONTENT_LIMIT else (text[:CONTENT_LIMIT], True)
