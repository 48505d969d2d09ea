"""The public names: one list, that of the stub, which the reference documents in full."""

import ast
import pickle
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

import ektp_sched
import ektp_sched.solve as planning
from ektp_sched import solve
from ektp_sched.solve.solver import solve as function

HEAVY = ("ortools", "numba", "numpy", "rich", "typer")
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
STUB = Path(ektp_sched.__file__).with_suffix(".pyi")


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def documented() -> list[str]:
    """The names that docs/reference documents."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md"))
    assert "automodule" not in pages
    return re.findall(r"^\.\. auto\w+:: (\S+)$", pages, flags=re.MULTILINE)


def typed() -> list[str]:
    """The names that editors and type checkers find in the stub."""
    names: list[str] = []
    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names.extend(one.asname for one in node.names if one.asname == one.name)
        elif isinstance(node, ast.Assign):
            names.extend(one.id for one in node.targets if isinstance(one, ast.Name))
    return names


def test_reference_stub_and_the_package_have_the_same_names_each_once() -> None:
    assert Counter(documented()) == Counter(typed()) == Counter(ektp_sched.__all__)
    assert dir(ektp_sched) == ektp_sched.__all__ == sorted(ektp_sched.__all__)


def test_every_public_name_can_be_imported() -> None:
    for name in set(ektp_sched.__all__) - {"Change", "solve"}:
        assert getattr(ektp_sched, name).__name__ == name
    assert ektp_sched.SchoolClosed in ektp_sched.Change.__args__[0].__args__


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="paln"):
        _ = getattr(ektp_sched, "paln")  # noqa: B009 - the type checker knows it is not there


def test_solve_is_the_package_and_can_be_called_as_its_function() -> None:
    assert planning is import_module("ektp_sched.solve")
    assert solve is ektp_sched.solve is planning  # type: ignore[comparison-overlap]
    assert planning.Result is ektp_sched.Result
    assert signature(solve) == signature(function)
    with pytest.raises(ektp_sched.SettingsError):
        solve(import_module("tests.builders").a_problem(), time_limit=-1)


@pytest.mark.parametrize("before", ["", "import ektp_sched.solve; ", "import ektp_sched.desk; "])
def test_so_it_is_whatever_was_imported_before(before: str) -> None:
    run(
        f"{before}from ektp_sched import solve, Result; import ektp_sched.solve as s; "
        "assert s is solve and callable(solve) and s.Result is Result"
    )


def test_solve_goes_to_another_process_as_a_function_does() -> None:
    assert pickle.loads(pickle.dumps(solve)) is solve


def test_importing_the_package_is_light() -> None:
    run(f"import ektp_sched, sys; assert not sys.modules.keys() & set({HEAVY!r})")


def test_domain_and_files_need_no_solver() -> None:
    heavy = HEAVY[:4]
    run(
        "from ektp_sched import Problem, load_problem, check; import sys; "
        f"assert not sys.modules.keys() & set({heavy!r}), 'too heavy'"
    )


def test_a_budget_needs_no_engine() -> None:
    run(
        "import ektp_sched.engine.budget, sys; "
        "assert not sys.modules.keys() & {'ortools', 'numba'}, 'too heavy'"
    )


def test_the_library_never_prints_its_log() -> None:
    run(
        "import ektp_sched, logging; "
        "assert logging.getLogger('ektp_sched').handlers[0].__class__ is logging.NullHandler"
    )
