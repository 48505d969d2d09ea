"""What ``calendar``, ``letters`` and ``export`` have in common: a plan read, files written."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ektp_sched.cli.streams import say, tell
from ektp_sched.domain import Plan, Problem
from ektp_sched.io import load_plan, load_problem, make_folder
from ektp_sched.io.text_files import require_writable, write_bytes_atomically
from ektp_sched.language import _, ngettext
from ektp_sched.rulebook import check


def read_both(problem_file: Path, plan_file: Path) -> tuple[Problem, Plan]:
    """A problem and its plan; a plan that breaks rules is handed out, but not without a word."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    if count := len(check(problem, plan).violations):
        what = ngettext(
            "the plan breaks rules, once; see ektp-sched check",
            "the plan breaks rules, {n} times; see ektp-sched check",
            count,
        )
        tell(_("warning: {what}", what=f"{plan_file}: {what}"))
    return problem, plan


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each whole or not at all, and say how many."""
    for place in _folders(folder, files):
        make_folder(place)
    for name in files:
        require_writable(folder / name)
    for name, data in files.items():
        write_bytes_atomically(folder / name, data)
    say(
        ngettext(
            "Written: {n} file in {folder}",
            "Written: {n} files in {folder}",
            len(files),
            folder=folder,
        )
    )


def _folders(folder: Path, names: Iterable[str]) -> list[Path]:
    return sorted({folder, *((folder / name).parent for name in names)})
