"""Problems, plans and results as JSON files, and the schemas of the first two."""

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.complaints import complaints_of
from ektp_sched.errors import Complaint, FileError, PlanError
from ektp_sched.io.excel import load_problem_xlsx, looks_like_workbook
from ektp_sched.io.file_kinds import PLAN, PROBLEM, RESULT, Kind, in_place_of, kind_of
from ektp_sched.io.json_text import JsonTextError, parse_json
from ektp_sched.io.outputs import Outputs, Receipt, finish_writing, write_file
from ektp_sched.io.text_files import read_text
from ektp_sched.language import N_

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
