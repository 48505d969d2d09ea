"""Faults that pydantic finds, in words for the planner who wrote the value, and where they are."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from ektp_sched.domain.wordings import COUNTS_ONLY, WORDINGS, holds_personal_data
from ektp_sched.errors import Complaint, InputError
from ektp_sched.language import _

Path = Sequence[str | int]

_MOST = 300
_MOST_OF_A_NAME = 60
# What tells one entry of a list from the others, the most telling first.
_NAMING_KEYS = ("name", "id", "school", "date", "value", "term")


def complaints_of(
    error: ValidationError, root: Any, model: type[BaseModel]
) -> tuple[Complaint, ...]:
    """One complaint for each fault; `root` is the raw value that `model` refused."""
    return tuple(
        Complaint(place_of(root, path), what, remedy)
        for path, what, remedy in faults_of(error, root, model)
    )


def refusal_of(
    error: ValidationError, raw: Any, model: type[BaseModel], kind: type[InputError]
) -> InputError:
    """The error that says why a value of `model` cannot be made of `raw`."""
    return kind(complaints_of(error, raw, model), source=f"{model.__name__}{name_of(raw)}")


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
    if kind != "missing" and loc and loc[-1] == "students" and isinstance(value, list | dict):
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
    if isinstance(value, list | tuple):
        return _("a list")
    if isinstance(value, dict | BaseModel):
        return _("an object")
    return f'"{plain(value)}"' if isinstance(value, str) else plain(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."


def place_of(root: Any, path: Path) -> str:
    """A path through `root` in words such as ``schools[3] (SMA NEGERI 1).cohorts[0].students``.

    A step that is not in `root` is named all the same: a missing key has its place too.
    """
    words = ""
    value = root
    for step in path:
        here = _get(value, step)
        if isinstance(step, int):
            words += f"[{step}]{name_of(here)}"
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
            value = _get(value, step)
    return steps


def has(value: Any, step: str | int) -> bool:
    """Whether an object has that key, or a list that index."""
    if isinstance(value, BaseModel):
        return step in type(value).model_fields
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list | tuple) and isinstance(step, int) and step < len(value)


def plain(text: str) -> str:
    """Text cut to a line's length and made visible: escaped, or "" if empty."""
    short = text if len(text) <= _MOST_OF_A_NAME else f"{text[:_MOST_OF_A_NAME]}..."
    if not short:
        return '""'
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


def _get(value: Any, step: str | int) -> Any:
    if not has(value, step):
        return None
    return getattr(value, str(step)) if isinstance(value, BaseModel) else value[step]


def name_of(value: Any) -> str:
    """What tells a value from others like it, in brackets after a blank; "" where nothing does."""
    names = (_get(value, key) for key in _NAMING_KEYS)
    name = next((name for name in names if isinstance(name, str) and name), "")
    return f" ({plain(name)})" if name else ""


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the object at a pydantic location; none where it is no object of fixed keys."""
    schema = _schema(model)
    here: Mapping[str, Any] = schema
    for step in loc:
        here = _inside(_resolved(here, schema), step)
    return list(_resolved(here, schema).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself where another one, or that of a value or nothing, stands for it."""
    if "anyOf" in node:
        node = next((one for one in node["anyOf"] if one.get("type") != "null"), node)
    if "$ref" not in node:
        return node
    found: Mapping[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return found


def _inside(node: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    """The schema one step on; a step into a union is the tag of one of its kinds."""
    if "discriminator" in node:
        return {"$ref": node["discriminator"]["mapping"][step]}
    if isinstance(step, int):
        inside: Mapping[str, Any] = node.get("items", {})
    else:
        inside = node.get("properties", {}).get(step, {})
    return inside
