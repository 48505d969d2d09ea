"""After visits: make-up visits for those who were missed, and how many come at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated

from pydantic import Field

from ektp_sched.desk.apply_changes import by_id
from ektp_sched.desk.changes import VisitDone, due_after_history
from ektp_sched.desk.promises import FIRM
from ektp_sched.desk.revise import refusal, with_school
from ektp_sched.domain import Cohort, Problem, School
from ektp_sched.domain.scalars import Percent, Pupils, Text, Value
from ektp_sched.texts.language import _


class MakeUp(Value):
    """Pupils of a school whom done visits missed, and whether it may be visited again.

    `absent` and `failed` are those that the visits told of; `missed`, by cohort, are those of them
    who are still due. `more_visits` is how many visits had to be allowed for that beyond the
    school's max_visits.
    """

    school: Text
    absent: Pupils
    failed: Pupils
    missed: Mapping[Text, Pupils]
    more_visits: Annotated[int, Field(ge=0)]


class Expected(Value):
    """How many pupils of a school are expected of those still due and not promised to a visit."""

    school: Text
    percent: Percent
    due: Pupils
    expected: Pupils


def make_up(
    problem: Problem, reports: Sequence[VisitDone], *, least: int = 1
) -> tuple[Problem, tuple[MakeUp, ...]]:
    """A problem in which schools that done visits missed pupils of can be visited once more.

    Absent and failed pupils are due as they were: VisitDone leaves them in their cohort. What a
    make-up visit may lack is the number of visits; where that is used up, one more is allowed.

    Parameters
    ----------
    problem
        With the reports applied: their visits are done.
    least
        Schools with fewer pupils missed are left as they are, and are not told of.

    Raises
    ------
    RequestError
        A report's visit is not done in the problem.
    """
    absent, failed = _counted(problem, by_id(problem, reports))
    told = []
    for school in absent:
        missed = absent[school] + failed[school]
        still_due = _still_due(problem, problem.school(school), missed)
        if sum(still_due.values()) >= max(1, least):
            more = _visits_lacking(problem, problem.school(school))
            problem = with_school(problem, school, partial(_visited_more, number=more))
            one = MakeUp(
                school=school,
                absent=absent[school].total(),
                failed=failed[school].total(),
                missed=still_due,
                more_visits=more,
            )
            told.append(one)
    return problem, tuple(told)


def attendance(reports: Iterable[VisitDone]) -> dict[str, int]:
    """The percentage of pupils called who came, by school, rounded down; learnt from done visits.

    Those came who were recorded or failed; called were these and the absent. A school where nobody
    was called is left out.
    """
    came, called = Counter[str](), Counter[str]()
    for report in reports:
        present = sum(report.recorded.values()) + sum(report.failed.values())
        came[report.school] += present
        called[report.school] += present + sum(report.absent.values())
    return {school: 100 * came[school] // number for school, number in called.items() if number}


def expecting(
    problem: Problem, percent: Mapping[str, int], *, otherwise: int = 100
) -> tuple[Problem, tuple[Expected, ...]]:
    """A problem with only the pupils who are expected to come, and by how much that is fewer.

    Of a school's pupils who are due and in no done or confirmed visit, `percent` are expected,
    rounded down, and those missing are spread over its cohorts; `otherwise` of a school that is not
    named. Plans made for the result call no more than these, and floors are counted on them: keep
    the problem as it was for what comes after.

    The second value has one entry for each school whose number falls.

    Raises
    ------
    RequestError
        A school is not in the problem, or a percentage is not from 0 to 100.
    """
    percent = {problem.school(name).id: number for name, number in percent.items()}
    for name, number in [*percent.items(), ("otherwise", otherwise)]:
        if not 0 <= number <= 100:
            what = _("{number} is no percentage", number=number)
            raise refusal(f"percent[{name}]", what, _("Give a whole number from 0 to 100."))
    told = []
    for school in problem.schools:
        taken = _taken(problem, school)
        share = percent.get(school.id, otherwise)
        open_still = [max(0, one.students - taken[one.name]) for one in school.cohorts]
        due, gone = sum(open_still), _missing(open_still, 100 - share)
        if any(gone):
            expected = due - sum(gone)
            told.append(Expected(school=school.id, percent=share, due=due, expected=expected))
            cohorts = tuple(map(_fewer, school.cohorts, gone))
            problem = with_school(problem, school.id, partial(_with_cohorts, cohorts=cohorts))
    return problem, tuple(told)


_Counts = dict[str, Counter[str]]  # pupils by school and cohort


def _counted(problem: Problem, reports: Sequence[VisitDone]) -> tuple[_Counts, _Counts]:
    """The absent and the failed of all reports."""
    absent: _Counts = {}
    failed: _Counts = {}
    for report in reports:
        _require_done(problem, report)
        absent.setdefault(report.school, Counter()).update(report.absent)
        failed.setdefault(report.school, Counter()).update(report.failed)
    return absent, failed


def _require_done(problem: Problem, report: VisitDone) -> None:
    if not any(
        (visit.school, visit.date, visit.status) == (report.school, report.date, "done")
        for visit in problem.commitments
    ):
        what = _(
            "no visit of school {school!r} on {date} is done in the problem",
            school=report.school,
            date=report.date,
        )
        raise refusal("reports", what, _("Tell of it with replan first."))


def _still_due(problem: Problem, school: School, missed: Counter[str]) -> dict[str, int]:
    """Of those missed, no more than are due: later visits may have recorded some."""
    due = due_after_history(problem, school)
    return {name: min(n, due.get(name, 0)) for name, n in missed.items() if due.get(name, 0) and n}


def _visits_lacking(problem: Problem, school: School) -> int:
    made = sum(v.school == school.id and v.status in FIRM for v in problem.commitments)
    return max(0, made + 1 - school.max_visits)


def _visited_more(school: School, number: int) -> School:
    return school.model_copy(update={"max_visits": school.max_visits + number})


def _with_cohorts(school: School, cohorts: tuple[Cohort, ...]) -> School:
    return school.model_copy(update={"cohorts": cohorts})


def _taken(problem: Problem, school: School) -> Counter[str]:
    """Pupils of each cohort in done and confirmed visits: attendance is no question for them."""
    taken: Counter[str] = Counter()
    for visit in problem.commitments:
        if visit.school == school.id and visit.status in FIRM:
            taken.update(visit.students)
    return taken


def _missing(numbers: Sequence[int], percent: int) -> list[int]:
    """So many percent of the sum, rounded up, spread by the size of the numbers."""
    missing = [number * percent // 100 for number in numbers]
    over = -(-sum(numbers) * percent // 100) - sum(missing)
    largest_rest = sorted(range(len(numbers)), key=lambda n: -(numbers[n] * percent % 100))
    for n in largest_rest[:over]:
        missing[n] += 1
    return missing


def _fewer(cohort: Cohort, by: int) -> Cohort:
    return cohort.model_copy(update={"students": cohort.students - by})
