"""Lists of changes from JSON files."""

from pathlib import Path

from pydantic import ConfigDict, RootModel

from ektp_sched.desk.changes import Change
from ektp_sched.files.file_kinds import CHANGES
from ektp_sched.files.json_files import load_value, schema_of


class _Changes(RootModel[tuple[Change, ...]]):
    """A list of changes, in the order in which they are told."""

    model_config = ConfigDict(frozen=True, title="Changes")


def load_changes(path: str | Path) -> tuple[Change, ...]:
    """Read a list of changes.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON.
    RequestError
        With one complaint for each fault in it.
    """
    return load_value(Path(path), _Changes, CHANGES).root


def changes_schema() -> str:
    """The JSON schema of a list of changes."""
    return schema_of(_Changes)
