"""What verbs read and write: a plan with its problem, and files that take nothing from a person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from ektp_sched.cli.streams import say, tell
from ektp_sched.domain import Plan, Problem
from ektp_sched.files import load_plan, load_problem, write_files
from ektp_sched.files.outputs import Outputs
from ektp_sched.rulebook import check
from ektp_sched.texts.language import _, ngettext

Contents = Mapping[Path, bytes | str | None]
"""What is to stand in files; None: no file."""


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


def outputs_in(
    folder: Path, names: Iterable[str], *, inputs: Sequence[Path | None], replace: bool
) -> Outputs:
    """The files of these names in a folder, made if new, before hours of work are put in.

    Raises
    ------
    FileError
        One cannot be written, was read, or a person made or changed it.
    """
    paths = [folder / name for name in names]
    return Outputs(paths, inputs=inputs, replace=replace, new_folders=True).check()


def output_file(file: Path, *, inputs: Sequence[Path | None] = (), replace: bool) -> Outputs:
    """A single file, as outputs_in() does for several; its folder must be there."""
    return Outputs([file], inputs=inputs, replace=replace).check()


def write(outputs: Outputs, contents: Contents, *, documents: Collection[Path] = ()) -> None:
    """Write what was worked for; where it cannot be written, it is kept in another place.

    `documents` are as for Outputs.write().
    """
    files = {
        path: content.encode("utf-8") if isinstance(content, str) else content
        for path, content in contents.items()
    }
    tell_of(outputs.write(files, documents=documents, rescue=True).copies)


def hand_out(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
    """Write files into a folder, all of them or none, and say how many."""
    receipt = write_files(folder, files, replace=replace)
    count = len(files) - len(receipt.left)
    if count or not receipt.left:
        say(
            ngettext(
                "Written: {n} file in {folder}",
                "Written: {n} files in {folder}",
                count,
                folder=folder,
            )
        )
    for file in receipt.left:
        say(_("Left as it is: {file}", file=file))
    tell_of(receipt.copies)


def tell_of(copies: Iterable[Path | None]) -> None:
    """Say on standard error where copies of what was replaced are; None: nothing was."""
    kept = [copy for copy in copies if copy is not None]
    for folder in dict.fromkeys(copy.parent for copy in kept):
        names = ", ".join(copy.name for copy in kept if copy.parent == folder)
        told = _("What stood there before is kept in {folder}: {names}", folder=folder, names=names)
        tell(told)
