"""What a JSON file holds, so that one in the place of another is called by its name."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from ektp_sched.errors import (
    Complaint,
    FileError,
    InputError,
    PlanError,
    ProblemError,
    RequestError,
)
from ektp_sched.texts.language import N_, _


class Kind(NamedTuple):
    """A kind of file: its name, what to give where it is expected, how faults in it are raised."""

    name: str
    remedy: str
    refusal: type[InputError]


PROBLEM = Kind(
    N_("a problem"),
    N_("Give the problem, a workbook (.xlsx) or a JSON file; it comes first."),
    ProblemError,
)
PLAN = Kind(
    N_("a plan"),
    N_("Give a plan.json such as `ektp-sched plan` writes, after the problem."),
    PlanError,
)
RESULT = Kind(
    N_("a result"), N_("Give the result.json that was written beside the plan."), FileError
)
CHANGES = Kind(
    N_("a list of changes"),
    N_("Give a JSON file that says what has happened; see `ektp-sched schema changes`."),
    RequestError,
)
OFFERS = Kind(
    N_("a file of offers"), N_("Give the file that `ektp-sched offer -o` wrote."), RequestError
)
POOL = Kind(
    N_("a pool of blank cards"),
    N_("Give the JSON file of the pool; see `ektp-sched schema pool`."),
    ProblemError,
)
SHARING = Kind(
    N_("a sharing of blank cards"), N_("Give the sharing.json that was written."), FileError
)
DIFFERENCES = Kind(N_("what replan told"), N_("Give the diff.json that it wrote."), FileError)

# Keys that only an object of that kind has.
_MARKS = (
    (PROBLEM, {"schools", "teams"}),
    (OFFERS, {"school", "offers"}),
    (DIFFERENCES, {"diff", "impossible"}),
    (RESULT, {"tiers", "stopped_by"}),
    (POOL, {"arrivals", "offices"}),
    (SHARING, {"shipments", "rules"}),
    (PLAN, {"visits"}),
)


def kind_of(raw: Any) -> Kind | None:
    """The kind of a file by its keys, None where they do not tell."""
    if isinstance(raw, list):
        return CHANGES if any(isinstance(one, dict) and "kind" in one for one in raw) else None
    keys = set(raw) if isinstance(raw, dict) else set()
    return next((kind for kind, marks in _MARKS if marks <= keys), None)


# By the ending of their name, what files are that this package writes.
_BY_ENDING = {
    ".xlsx": N_("a workbook"),
    ".docx": N_("a letter"),
    ".ics": N_("a calendar"),
    ".html": N_("a page"),
    ".png": N_("a picture"),
    ".svg": N_("a picture"),
    ".pdf": N_("a picture"),
    ".csv": N_("a table"),
    ".geojson": N_("a map"),
}


def described(path: Path) -> str:
    """What a file is, as far as its name and its keys tell: "a plan", "a workbook", "a file"."""
    if path.suffix.casefold() == ".json":
        try:
            kind = kind_of(json.loads(path.read_bytes()))
        except (OSError, ValueError, RecursionError):
            kind = None
        if kind is not None:
            return _(kind.name)
    return _(_BY_ENDING.get(path.suffix.casefold(), N_("a file")))


def in_place_of(there: str, wanted: Kind, source: str) -> InputError:
    """The error that a file of another kind is given."""
    what = _("this is {there}, where {wanted} is expected", there=_(there), wanted=_(wanted.name))
    return wanted.refusal([Complaint("", what, _(wanted.remedy))], source=source)
