"""Pools and sharings as JSON files."""

from pathlib import Path

from ektp_sched.io.file_kinds import POOL, SHARING
from ektp_sched.io.json_files import load_value, schema_of
from ektp_sched.io.text_files import write_text_atomically
from ektp_sched.offices.pool import Pool
from ektp_sched.offices.sharing import Sharing


def load_pool(path: str | Path) -> Pool:
    """Read a pool.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON.
    ProblemError
        With one complaint for each fault in it.
    """
    return load_value(Path(path), Pool, POOL)


def save_pool(path: str | Path, pool: Pool) -> None:
    """Write a pool whole or not at all; raises FileError."""
    write_text_atomically(path, pool.model_dump_json(indent=2) + "\n")


def pool_schema() -> str:
    """The JSON schema of a pool."""
    return schema_of(Pool)


def load_sharing(path: str | Path) -> Sharing:
    """Read a sharing; its plans are not in the file. Raises FileError."""
    return load_value(Path(path), Sharing, SHARING)


def save_sharing(path: str | Path, sharing: Sharing) -> None:
    """Write a sharing without its plans, whole or not at all; raises FileError."""
    write_text_atomically(path, sharing.model_dump_json(indent=2) + "\n")
