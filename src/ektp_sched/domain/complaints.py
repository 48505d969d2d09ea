"""Faults that pydantic finds, in words for the planner who wrote the value, and where they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from ektp_sched.errors import Complaint, InputError
from ektp_sched.texts.language import N_, _

COUNTS_ONLY = N_("Only counts are handled: remove personal data, write numbers of pupils.")

# English and Indonesian, without blanks, "_" and "-".
_PERSONAL_KEY = re.compile(
    "(no|nomor)?(nik|nisn?|kk)|dob|ttl|.*(birth|lahir|tgllhr).*|(no|nomor)ktp|nomorinduk.*"
    "|(full|first|last|student|pupil|mother|father)s?names?|ibukandung"
    "|nama(siswa|pelajar|murid|anak|lengkap|ibu|ayah|wali|orangtua|pd|pesertadidik).*"
    "|(alamat|address|phone|hp)(siswa|student|pupil)"
)
_PERSONAL_WORDS = frozenset({"nik", "nisn"})  # also beside other words

_WHOLE_NUMBER = N_("Write a whole number in digits: no quotes, no decimals.")
_LIST = N_("Write a list: [...].")
_OBJECT = N_("Write an object: {{...}}.")
_YES_NO = N_("Write true or false, without quotes.")

WORDINGS: dict[str, tuple[str, str]] = {
    "bool_parsing": (N_("{value} is neither true nor false"), _YES_NO),
    "bool_type": (N_("{value} is neither true nor false"), _YES_NO),
    "dict_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "finite_number": (N_("{value} is not a finite number"), N_("Write a number in digits.")),
    "float_type": (N_("{value} is not a number"), N_("Write a number in digits, without quotes.")),
    "frozen_set_type": (N_("{value} stands where a list is needed"), _LIST),
    "greater_than_equal": (N_("{value} is too small"), N_("Write a number from {ge:.15g} on.")),
    "int_from_float": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "int_parsing": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "int_type": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "json_invalid": (N_("this is not JSON: {error}"), N_("Correct the text there.")),
    "less_than_equal": (N_("{value} is too large"), N_("Write a number up to {le:.15g}.")),
    "literal_error": (N_("{value} is not one of the words known here"), N_("Write {expected}.")),
    "missing": (N_("this key is missing"), N_("Add it with its value.")),
    "model_attributes_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "model_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "string_too_long": (N_("the text is too long"), N_("Write at most {max_length} characters.")),
    "string_too_short": (N_("the text is empty"), N_("Write at least one character.")),
    "string_type": (N_("{value} is not text"), N_("Write text in double quotes.")),
    "too_short": (N_("the list is empty"), N_("Give at least one entry.")),
    "tuple_type": (N_("{value} stands where a list is needed"), _LIST),
    "union_tag_invalid": (
        N_('{discriminator} is "{tag}", which is not known'),
        N_("Write one of: {expected_tags}."),
    ),
    "union_tag_not_found": (N_("the key {discriminator} is missing"), N_("Add it with its value.")),
}


def holds_personal_data(key: str) -> bool:
    """Whether a key's name is that of something about one person."""
    if _PERSONAL_WORDS & set(re.split(r"[\W_]+", key.casefold())):
        return True
    return bool(_PERSONAL_KEY.fullmatch(re.sub(r"[\W_]+", "", key.casefold())))


Keys = Sequence[str | int]

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
) -> Iterator[tuple[Keys, str, str]]:
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


def place_of(root: Any, path: Keys) -> str:
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


def existing(root: Any, path: Keys) -> Keys:
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
