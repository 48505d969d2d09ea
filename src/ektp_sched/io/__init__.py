"""Problems and plans from files and into files; whatever is wrong is said with its place."""

from ektp_sched.io.change_files import changes_schema, load_changes
from ektp_sched.io.excel import import_hours, import_schools, save_problem_xlsx, write_template
from ektp_sched.io.inspection import Inspection, inspect_problem
from ektp_sched.io.json_files import (
    load_plan,
    load_problem,
    load_result,
    plan_schema,
    problem_schema,
    result_json,
    save_plan,
    save_plan_and_result,
    save_problem,
    save_result,
)
from ektp_sched.io.outputs import Receipt, write_files
from ektp_sched.io.text_files import make_folder

__all__ = [
    "Inspection",
    "Receipt",
    "changes_schema",
    "import_hours",
    "import_schools",
    "inspect_problem",
    "load_changes",
    "load_plan",
    "load_problem",
    "load_result",
    "make_folder",
    "plan_schema",
    "problem_schema",
    "result_json",
    "save_plan",
    "save_plan_and_result",
    "save_problem",
    "save_problem_xlsx",
    "save_result",
    "write_files",
    "write_template",
]
