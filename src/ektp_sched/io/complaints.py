"""Faults that pydantic finds, in words for the planner who wrote the file."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from ektp_sched.errors import Complaint
from ektp_sched.io.known_keys import known_keys
from ektp_sched.io.place_names import Path, existing, place_of, plain
from ektp_sched.io.wordings import COUNTS_ONLY, WORDINGS, holds_personal_data
from ektp_sched.language import _

_MOST = 300


def complaints_of(
    error: ValidationError, root: Any, model: type[BaseModel]
) -> tuple[Complaint, ...]:
    """One complaint for each fault; `root` is the raw value that `model` refused."""
    return tuple(
        Complaint(place_of(root, path), what, remedy)
        for path, what, remedy in faults_of(error, root, model)
    )


def faults_of(
    error: ValidationError, root: Any, model: type[BaseModel]
) -> Iterator[tuple[Path, str, str]]:
    """The way to each fault in `root`, what is wrong there and what to do about it."""
    faults = error.errors(include_url=False)
    places = [tuple(fault["loc"]) for fault in faults]
    for fault in faults:
        if not _is_echo(fault, places):
            path = [*existing(root, fault["loc"]), *fault.get("ctx", {}).get("at", ())]
            if fault["type"] == "missing":
                path.append(fault["loc"][-1])
            what, remedy = _words(fault, fault["loc"], model)
            yield path, _cut(what), _cut(remedy)


def _is_echo(fault: Mapping[str, Any], places: Sequence[tuple[int | str, ...]]) -> bool:
    """Whether a list is called too short only because an entry of it was refused."""
    loc = tuple(fault["loc"])
    inside = any(len(place) > len(loc) and place[: len(loc)] == loc for place in places)
    return fault["type"] == "too_short" and inside


def _words(
    fault: Mapping[str, Any], loc: Sequence[str | int], model: type[BaseModel]
) -> tuple[str, str]:
    kind, value, context = fault["type"], fault["input"], fault.get("ctx", {})
    if "remedy" in context:
        return context["what"], context["remedy"]
    if kind == "extra_forbidden":
        remedy = _remedy_of_unknown(str(loc[-1]), known_keys(model, loc[:-1]))
        return _("this key is not known"), remedy
    shown = _shown(value)
    if loc and loc[-1] == "students" and isinstance(value, list | dict):
        return _("{value} stands here", value=shown), _(COUNTS_ONLY)
    if kind not in WORDINGS:
        what = _("{value} is refused: {reason}", value=shown, reason=fault["msg"])
        return what, _("Correct it.")
    what, remedy = WORDINGS[kind]
    return _(what, **(context | {"value": shown})), _(remedy, **context)


def _remedy_of_unknown(key: str, known: Sequence[str]) -> str:
    if holds_personal_data(key):
        return _(COUNTS_ONLY)
    if alike := get_close_matches(key, known, n=1):
        return _("Did you mean {key!r}?", key=alike[0])
    return _("Remove it, or use one of: {keys}.", keys=", ".join(known))


def _shown(value: Any) -> str:
    """A short form of a value; what is inside lists and objects is never repeated."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return _("a list")
    if isinstance(value, dict):
        return _("an object")
    return f'"{plain(value)}"' if isinstance(value, str) else plain(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."
