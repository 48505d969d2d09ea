import subprocess
import sys
from importlib import import_module

import pytest

import ektp_sched

HEAVY = ("ortools", "numba", "numpy", "rich", "typer")
SOLVE_IS_A_FUNCTION = "from ektp_sched import solve; assert callable(solve), solve"


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_names_are_sorted_and_all_there() -> None:
    assert ektp_sched.__all__ == sorted(ektp_sched.__all__)
    for name in ektp_sched.__all__:
        assert getattr(ektp_sched, name).__name__ == name


def test_what_is_not_there_is_said_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'ektp_sched' has no attribute 'paln'"):
        ektp_sched.paln  # noqa: B018


def test_solve_is_the_function_whatever_was_imported_before() -> None:
    import_module("ektp_sched.solve.result")
    assert ektp_sched.solve.__module__ == "ektp_sched.solve.solver"
    for before in ("", "import ektp_sched.solve; ", "from ektp_sched import Result; "):
        run(before + SOLVE_IS_A_FUNCTION)


def test_importing_the_package_is_light() -> None:
    run(f"import ektp_sched, sys; assert not sys.modules.keys() & set({HEAVY!r})")


def test_domain_and_files_need_no_solver() -> None:
    heavy = HEAVY[:3]
    run(
        "from ektp_sched import Problem, load_problem, check; import sys; "
        f"assert not sys.modules.keys() & set({heavy!r}), 'too heavy'"
    )


def test_the_library_never_prints_its_log() -> None:
    run(
        "import ektp_sched, logging; "
        "assert logging.getLogger('ektp_sched').handlers[0].__class__ is logging.NullHandler"
    )
