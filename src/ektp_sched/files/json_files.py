"""Problems, plans and results as JSON files, and the schemas of what people write."""

import json
import re
import sys
from collections import deque
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.complaints import Keys, complaints_of, place_of
from ektp_sched.errors import Complaint, FileError, PlanError
from ektp_sched.files.excel import load_problem_xlsx, looks_like_workbook
from ektp_sched.files.file_kinds import PLAN, PROBLEM, RESULT, Kind, in_place_of, kind_of
from ektp_sched.files.outputs import Outputs, Receipt, finish_writing, write_file
from ektp_sched.files.text_files import read_text
from ektp_sched.texts.language import N_, _

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
    waiting: deque[tuple[Keys, Any]] = deque([((), root)])
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


if TYPE_CHECKING:
    from ektp_sched.solve import Result

PROBLEM_FILE, PLAN_FILE, RESULT_FILE = "problem.json", "plan.json", "result.json"

_Loaded = TypeVar("_Loaded", bound=BaseModel)


def load_problem(path: str | Path) -> Problem:
    """Read a problem, from JSON or from a workbook (.xlsx, extra "excel").

    Raises
    ------
    FileError
        The file cannot be read, or is neither.
    ProblemError
        With one complaint for each fault in it.
    """
    if looks_like_workbook(Path(path)):
        return load_problem_xlsx(path)
    return load_value(Path(path), Problem, PROBLEM)


def load_plan(path: str | Path, problem: Problem) -> Plan:
    """Read a plan and make sure that it names nothing that `problem` does not know.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON.
    PlanError
        With one complaint for each fault in it.
    """
    plan = read_plan(path)
    try:
        problem.require_match(plan)
    except PlanError as error:
        raise PlanError(error.complaints, source=str(path)) from None
    return plan


def read_plan(path: str | Path) -> Plan:
    """Read a plan, whatever problem it is of; raises as load_plan() does."""
    return load_value(Path(path), Plan, PLAN)


def load_result(path: str | Path, plan: Plan) -> "Result":
    """Read what save_result() wrote, and put the plan back into it.

    Raises
    ------
    FileError
        The file cannot be read, is no JSON or holds no result.
    """
    model: type[Result] = import_module("ektp_sched.solve").Result  # brings the solver along
    return load_value(Path(path), model, RESULT, beside={"plan": plan})


def save_problem(path: str | Path, problem: Problem, *, replace: bool = False) -> Path | None:
    """Write a problem whole or not at all.

    Parameters
    ----------
    replace
        Replace also a file that a person made or changed; a dated copy of it is kept.

    Returns
    -------
    Path or None
        The dated copy.

    Raises
    ------
    FileError
        The file cannot be written, or a person made or changed what stands there.
    """
    return write_file(path, json_of(problem), replace=replace)


def save_plan(path: str | Path, plan: Plan, *, replace: bool = False) -> Path | None:
    """Write a plan, as save_problem() does; see save_plan_and_result() for both together."""
    return write_file(path, json_of(plan), replace=replace)


def save_result(path: str | Path, result: "Result", *, replace: bool = False) -> Path | None:
    """Write all of a result but its plan, as save_problem() does."""
    return write_file(path, result_json(result), replace=replace)


def save_plan_and_result(folder: str | Path, result: "Result", *, replace: bool = False) -> Receipt:
    """Write plan.json and result.json into a folder, both or neither, and never one of two runs.

    Where they take the place of another plan, dated copies of that plan and its result are kept.

    Raises
    ------
    RequestError
        The result has no plan.
    FileError
        A file cannot be written, or a person made or changed one that stands there and `replace`
        does not ask for it to be replaced.
    """
    plan: Plan = import_module("ektp_sched.desk.allowed").plan_in(result)  # as in load_result()
    place = Path(folder)
    files = {place / PLAN_FILE: json_of(plan), place / RESULT_FILE: result_json(result)}
    outputs = Outputs(files, replace=replace, new_folders=True)
    contents = {path: text.encode() for path, text in files.items()}
    return outputs.write(contents, documents=[place / PLAN_FILE])


def json_of(value: BaseModel) -> str:
    """A problem, a plan or another value as its file holds it."""
    return value.model_dump_json(indent=2) + "\n"


def result_json(result: "Result") -> str:
    """All of a result but its plan, as save_result() writes it."""
    return result.model_dump_json(indent=2, exclude={"plan"}) + "\n"


def problem_schema() -> str:
    """The JSON schema of a problem."""
    return schema_of(Problem)


def plan_schema() -> str:
    """The JSON schema of a plan."""
    return schema_of(Plan)


def load_value(
    path: Path, model: type[_Loaded], kind: Kind, *, beside: Mapping[str, Any] | None = None
) -> _Loaded:
    """Read a value of any kind; `beside` is what it has that is not in the file.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON; or the kind's error, with a complaint for each fault
        or one alone where the file is of another kind.
    """
    source = str(path)
    finish_writing(path)
    raw, found = _parsed(path, kind)
    there = kind_of(raw)
    if there is not None and there is not kind:
        raise in_place_of(there.name, kind, source)
    if beside and isinstance(raw, dict):
        raw = {**raw, **beside}
    try:
        value = TypeAdapter(model).validate_python(raw)  # all its faults, as pydantic has them
    except ValidationError as error:
        places = {complaint.where for complaint in found}
        more = complaints_of(error, raw, model)
        found.extend(complaint for complaint in more if complaint.where not in places)
        raise kind.refusal(found, source=source) from error
    if found:
        raise kind.refusal(found, source=source)
    return value


def _parsed(path: Path, kind: Kind) -> tuple[Any, list[Complaint]]:
    """What a JSON file holds, with complaints about it."""
    if path.is_file() and looks_like_workbook(path):
        raise in_place_of(N_("a workbook"), kind, str(path))
    try:
        return parse_json(read_text(path))
    except JsonTextError as error:
        raise FileError([error.complaint], source=str(path)) from error


def schema_of(model: type[BaseModel]) -> str:
    """The JSON schema of a value's file."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
