"""The tree of exceptions and how they read."""

import copy
import pickle

import pytest

from ektp_sched import errors
from ektp_sched.errors import Complaint, EktpSchedError, FileError, InputError

ONE = Complaint("teams[0].kits", "0 kits record nobody", "Give at least 1.")
TWO = Complaint("", "no schools", "Add one.")


def test_a_complaint_says_where_what_and_what_to_do() -> None:
    assert str(ONE) == "teams[0].kits: 0 kits record nobody. Give at least 1."
    assert str(TWO) == "no schools. Add one."


def test_an_error_tells_every_complaint_on_a_line() -> None:
    assert str(InputError([ONE, TWO])) == f"{ONE}\n{TWO}"


def test_a_source_stands_before_each_complaint() -> None:
    assert str(FileError([ONE, TWO], source="a.json")) == f"a.json: {ONE}\na.json: {TWO}"


@pytest.mark.parametrize(
    "name", ["FileError", "ProblemError", "PlanError", "RequestError", "SettingsError"]
)
def test_bad_input_can_be_caught_in_one_place(name: str) -> None:
    kind = getattr(errors, name)
    assert issubclass(kind, InputError)
    assert issubclass(kind, EktpSchedError)


def test_our_own_fault_is_no_bad_input() -> None:
    assert issubclass(errors.BrokenPlanError, EktpSchedError)
    assert not issubclass(errors.BrokenPlanError, InputError)


@pytest.mark.parametrize("source", ["", "a.json"])
def test_an_error_survives_the_way_between_processes(source: str) -> None:
    error = FileError([ONE, TWO], source=source)
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(same) is FileError
        assert (same.complaints, same.source) == (error.complaints, error.source)
        assert str(same) == str(error)
