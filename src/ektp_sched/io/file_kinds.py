"""What a JSON file holds, so that one in the place of another is called by its name."""

from typing import Any, NamedTuple

from ektp_sched.errors import (
    Complaint,
    FileError,
    InputError,
    PlanError,
    ProblemError,
    RequestError,
)


class Kind(NamedTuple):
    """A kind of file: its name, what to give where it is expected, how faults in it are raised."""

    name: str
    remedy: str
    refusal: type[InputError]


PROBLEM = Kind(
    "a problem",
    "Give the problem, a workbook (.xlsx) or a JSON file; it comes first.",
    ProblemError,
)
PLAN = Kind(
    "a plan", "Give a plan.json such as `ektp-sched plan` writes, after the problem.", PlanError
)
RESULT = Kind("a result", "Give the result.json that was written beside the plan.", FileError)
CHANGES = Kind(
    "a list of changes",
    "Give a JSON file that says what has happened; see `ektp-sched schema changes`.",
    RequestError,
)
OFFERS = Kind("a file of offers", "Give the file that `ektp-sched offer -o` wrote.", RequestError)
DIFFERENCES = Kind("what replan told", "Give the diff.json that it wrote.", FileError)

# Keys that only an object of that kind has.
_MARKS = (
    (PROBLEM, {"schools", "teams"}),
    (OFFERS, {"school", "offers"}),
    (DIFFERENCES, {"diff", "impossible"}),
    (RESULT, {"tiers", "stopped_by"}),
    (PLAN, {"visits"}),
)


def kind_of(raw: Any) -> Kind | None:
    """The kind of a file by its keys, None where they do not tell."""
    if isinstance(raw, list):
        return CHANGES if any(isinstance(one, dict) and "kind" in one for one in raw) else None
    keys = set(raw) if isinstance(raw, dict) else set()
    return next((kind for kind, marks in _MARKS if marks <= keys), None)


def in_place_of(there: str, wanted: Kind, source: str) -> InputError:
    """The error that a file of another kind is given."""
    what = f"this is {there}, where {wanted.name} is expected"
    return wanted.refusal([Complaint("", what, wanted.remedy)], source=source)
