"""Everything this library raises on purpose.

EktpSchedError
├── InputError          bad input; says where, what and what to do (exit code 2); a ValueError too
│   ├── FileError       a file cannot be read, parsed or written
│   ├── ProblemError    a problem, or a part of one, contradicts itself
│   ├── PlanError       a plan does not belong to its problem
│   ├── RequestError    a question or change that its problem and plan cannot meet
│   ├── DecisionError   what only the planner can decide; an argument of the call says it
│   ├── SettingsError   an argument of solve() or an option is out of range
│   └── ExtraError      packages that a part of the library needs are not installed
└── BrokenPlanError     the solver made a plan that the checker refuses: our fault
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ektp_sched.texts.language import _


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault in an input: where it is, what is wrong and what to do about it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}. {self.remedy}"


class EktpSchedError(Exception):
    """Base of every error that this library raises on purpose."""


class InputError(EktpSchedError, ValueError):
    """Bad input.

    Parameters
    ----------
    complaints
        Every fault found, at least one.
    source
        The file or value that all of them are in; empty when there is none.
    """

    def __init__(self, complaints: Sequence[Complaint], *, source: str = "") -> None:
        self.complaints = tuple(complaints)
        self.source = source
        super().__init__(self.complaints)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.complaints, self.source), self.__dict__

    def __str__(self) -> str:
        head = f"{self.source}: " if self.source else ""
        return "\n".join(f"{head}{complaint}" for complaint in self.complaints)


def _again(kind: type[InputError], complaints: tuple[Complaint, ...], source: str) -> InputError:
    """Make an error once more where it crosses from one process to another."""
    return kind(complaints, source=source)


class FileError(InputError):
    """A file cannot be read, parsed or written."""


class ProblemError(InputError):
    """A problem contradicts itself or leaves its bounds."""


class PlanError(InputError):
    """A plan is malformed or does not belong to its problem."""


class RequestError(InputError):
    """A question, or a change, about what the problem or the plan does not have.

    Also one that contradicts another given with it.
    """


class DecisionError(InputError):
    """What only the planner can decide, and nothing was done.

    Parameters
    ----------
    complaints
        What stands against going on, and how to say what shall be done.
    argument
        The argument of the call that says it.
    question
        A question that yes or no answers.
    answers
        The argument's values for yes and for no.
    """

    def __init__(
        self,
        complaints: Sequence[Complaint],
        *,
        source: str = "",
        argument: str = "",
        question: str = "",
        answers: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__(complaints, source=source)
        self.argument = argument
        self.question = question
        self.answers = answers


class SettingsError(InputError):
    """An argument of solve(), or the option it came from, is out of range."""


class ExtraError(InputError):
    """Packages that a part of the library needs, an extra of it, are not installed."""


class BrokenPlanError(EktpSchedError):
    """The solver made a plan that the checker refuses. Never the caller's fault."""


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import the packages of the extra `name` inside this context.

    Raises
    ------
    ExtraError
        One of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        what = _("the package {name} is not installed", name=error.name)
        remedy = _("Install what this needs: pip install 'ektp-sched[{extra}]'", extra=name)
        raise ExtraError([Complaint("", what, remedy)]) from error
