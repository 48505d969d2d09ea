"""JSON read more strictly than usual: no key twice, no endless nesting, no half characters."""

import json
import re
import sys
from collections import deque
from typing import Any

from ektp_sched.domain.complaints import Path, place_of
from ektp_sched.errors import Complaint
from ektp_sched.language import N_, _

MAX_DEPTH = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE_FILE = N_("Copy or export the whole file again.")
# The beginning of what json says, in some version of Python, and what to do about it.
_REMEDIES = {
    "Expecting property name": N_("Write the key in double quotes, or remove the comma before it."),
    "Illegal trailing comma": N_("Remove that comma."),
    "Expecting value": N_(
        "Write text in double quotes, a number, true, false, null, [ or {{ there, "
        "or remove a comma too many."
    ),
    "Expecting ',' delimiter": N_("Put a comma between entries, or close the bracket."),
    "Expecting ':' delimiter": N_("Put a colon between a key and its value."),
    "Unterminated string": N_("Close the text with a double quote."),
    "Invalid control character": N_(r"Write a line break inside text as \n, a tab as \t."),
    "Invalid \\": N_(r"Write a backslash as \\."),
    "Extra data": N_("Keep one object in the file and remove what follows it."),
}


# What json says, in words that are in the catalogue; whatever else it says stays English.
_FAULTS = (
    N_("expecting property name enclosed in double quotes"),
    N_("expecting value"),
    N_("expecting ',' delimiter"),
    N_("expecting ':' delimiter"),
    N_("unterminated string"),
    N_("invalid control character"),
    N_("extra data"),
    N_("illegal trailing comma before end of object"),
    N_("illegal trailing comma before end of array"),
)


class JsonTextError(Exception):
    """The text is no JSON; `complaint` says where and why."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint)
        self.complaint = complaint


class _Repeating(dict[str, Any]):
    """An object in which `again` names a key that stands in it more than once."""

    again: str


def parse_json(text: str) -> tuple[Any, list[Complaint]]:
    """The value of a JSON text, with complaints about what JSON readers usually let pass.

    Raises
    ------
    JsonTextError
        There is no value to go on with.
    """
    if not text.strip():
        raise JsonTextError(Complaint("", _("the file is empty"), _(_WHOLE_FILE)))
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise JsonTextError(_syntax_complaint(error)) from error
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:  # Python's limit on the digits of a whole number
        what, remedy = _("a number has thousands of digits"), _("Correct it.")
        raise JsonTextError(Complaint(_long_number(text), what, remedy)) from error
    return value, _complaints(value)


def _too_deep() -> JsonTextError:
    what = _("brackets are nested more than {most} deep", most=MAX_DEPTH)
    return JsonTextError(Complaint("", what, _("Check that it is the file you mean.")))


def _long_number(text: str) -> str:
    """Where the first run of digits is that Python refuses to read as a number."""
    refused = re.search(rf"\d{{{sys.get_int_max_str_digits() + 1}}}", text)
    before = text[: refused.start()] if refused else ""
    return _place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _place(line: int, column: int) -> str:
    return _("line {line:d}, column {column:d}", line=line, column=column)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeating = _Repeating(plain)
    keys = [key for key, _ in pairs]
    repeating.again = next(key for key in keys if keys.count(key) > 1)
    return repeating


def _syntax_complaint(error: json.JSONDecodeError) -> Complaint:
    where = _place(error.lineno, error.colno)
    if error.pos >= len(error.doc.rstrip()):
        return Complaint(where, _("the text ends in the middle"), _(_WHOLE_FILE))
    fitting = (remedy for start, remedy in _REMEDIES.items() if error.msg.startswith(start))
    remedy = _(next(fitting, N_("Correct the text there.")))
    message = error.msg.removesuffix(" at").removesuffix(" starting")
    fault = f"{message[0].lower()}{message[1:]}"
    reason = _(fault) if fault in _FAULTS else fault
    return Complaint(where, _("this is not JSON: {reason}", reason=reason), remedy)


def _complaints(root: Any) -> list[Complaint]:
    """Walk through all of `root`, without recursion: the text decides how deep it is."""
    found = []
    waiting: deque[tuple[Path, Any]] = deque([((), root)])
    while waiting:
        path, value = waiting.popleft()
        if len(path) > MAX_DEPTH:
            raise _too_deep()
        if isinstance(value, str) and _SURROGATE.search(value):
            what, remedy = _("the text holds half a character"), _("Write that text again.")
            found.append(Complaint(place_of(root, path), what, remedy))
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            waiting.extend(((*path, key), item) for key, item in value.items())
            if isinstance(value, _Repeating):
                what = _("the key {key!r} is there more than once", key=value.again)
                remedy = _("Keep one of them.")
                found.append(Complaint(place_of(root, path), what, remedy))
    return found
