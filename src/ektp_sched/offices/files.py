"""Pools and sharings as JSON files."""

from pathlib import Path

from ektp_sched.io.file_kinds import POOL, SHARING
from ektp_sched.io.json_files import json_of, load_value, schema_of
from ektp_sched.io.outputs import write_file
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


def save_pool(path: str | Path, pool: Pool, *, replace: bool = False) -> Path | None:
    """Write a pool, as save_problem() does."""
    return write_file(path, json_of(pool), replace=replace)


def pool_schema() -> str:
    """The JSON schema of a pool."""
    return schema_of(Pool)


def load_sharing(path: str | Path) -> Sharing:
    """Read a sharing; its plans are not in the file. Raises FileError."""
    return load_value(Path(path), Sharing, SHARING)


def save_sharing(path: str | Path, sharing: Sharing, *, replace: bool = False) -> Path | None:
    """Write a sharing without its plans, as save_problem() does."""
    return write_file(path, json_of(sharing), replace=replace)
