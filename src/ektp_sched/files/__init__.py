"""Every format, in and out: JSON, workbooks, lists of schools, timetables, iCalendar, GeoJSON, CSV.

Whatever is wrong in a file is said with its place. Everything is written by `outputs.py`, which
never replaces what a person made. A new format is a module here.
"""

from ektp_sched.files.change_files import changes_schema, load_changes
from ektp_sched.files.excel import import_hours, import_schools, save_problem_xlsx, write_template
from ektp_sched.files.inspection import Inspection, inspect_problem
from ektp_sched.files.json_files import (
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
from ektp_sched.files.outputs import Receipt, write_files
from ektp_sched.files.text_files import make_folder

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
