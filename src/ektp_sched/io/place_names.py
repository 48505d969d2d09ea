"""Where something is in a JSON value, said so that a person finds it."""

from collections.abc import Sequence
from typing import Any

Path = Sequence[str | int]

# What tells one entry of a list from the others, the most telling first.
_NAMING_KEYS = ("name", "id", "school", "date", "value", "term")
_MOST = 60


def place_of(root: Any, path: Path) -> str:
    """A path through `root` in words such as ``schools[3] (SMA NEGERI 1).cohorts[0].students``.

    A step that is not in `root` is named all the same: a missing key has its place too.
    """
    words = ""
    value = root
    for step in path:
        here = _get(value, step)
        if isinstance(step, int):
            words += f"[{step}]{_name(here)}"
        else:
            words += f"{'.' if words else ''}{plain(step)}"
        value = here
    return words


def existing(root: Any, path: Path) -> Path:
    """The steps of `path` that are in `root`; pydantic adds tags of unions and "[key]"."""
    steps = []
    value = root
    for step in path:
        if has(value, step):
            steps.append(step)
            value = value[step]
    return steps


def has(value: Any, step: str | int) -> bool:
    """Whether an object has that key, or a list that index."""
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def plain(text: str) -> str:
    """Text cut to a line's length and made visible: escaped, or "" if empty."""
    short = text if len(text) <= _MOST else f"{text[:_MOST]}..."
    if not short:
        return '""'
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


def _get(value: Any, step: str | int) -> Any:
    return value[step] if has(value, step) else None


def _name(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    names = (value.get(key) for key in _NAMING_KEYS)
    name = next((name for name in names if isinstance(name, str) and name), "")
    return f" ({plain(name)})" if name else ""
