"""What is allowed but suspicious in a problem, for the planner to look at."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from statistics import median

from ektp_sched.domain import Location, Plan, Problem, School
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Facts, Index
from ektp_sched.rulebook.ledger import ledger
from ektp_sched.rulebook.reach import unreachable, working_shift
from ektp_sched.rulebook.report import Advice
from ektp_sched.rulebook.terms import floor_members, floor_pupils
from ektp_sched.rulebook.travel import great_circle_km
from ektp_sched.rulebook.words import amount

FAR_KM = 10
FEWEST_NEIGHBOURS = 3


def review(problem: Problem) -> tuple[Advice, ...]:
    """Warn of what is allowed but suspicious: probable slips, and hopes that cannot come true."""
    index = Index(problem)
    return tuple(advice for warn in _WARNINGS for advice in warn(index))


def _far_schools(index: Index) -> Iterator[Advice]:
    for school, km in far_from_district(index.problem.schools):
        what = f"lies {km:.0f} km from the middle of the other schools in {school.district}"
        yield _advice("location_far", index.school_names[school.id], f"{what}; check its position")


def far_from_district(schools: Iterable[School]) -> Iterator[tuple[School, float]]:
    """Schools far from the median position of their district's others, and how many km.

    Published coordinates are often wrong.
    """
    districts: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        districts[school.district].append(school)
    for members in districts.values():
        if len(members) > FEWEST_NEIGHBOURS:
            yield from _far_from_others(members)


def _far_from_others(schools: list[School]) -> Iterator[tuple[School, float]]:
    lons = sorted(school.location.lon for school in schools)
    lats = sorted(school.location.lat for school in schools)
    for school in schools:
        here = school.location
        middle = Location(lon=_median_without(lons, here.lon), lat=_median_without(lats, here.lat))
        km = great_circle_km(here, middle)
        if km > FAR_KM:
            yield school, km


def _median_without(ordered: list[float], value: float) -> float:
    """The median of sorted values with one of them left out."""
    place = bisect_left(ordered, value)
    return median(ordered[:place] + ordered[place + 1 :])


def _birthdays(index: Index) -> Iterator[Advice]:
    for school in index.problem.schools:
        for cohort in school.cohorts:
            if cohort.record_from and not cohort.card_from:
                where = f"{index.school_names[school.id]}, {cohort.name}"
                what = f"turns 16 on {cohort.record_from}, yet without card_from counts as 17"
                yield _advice("card_from_missing", where, f"{what} already; state card_from")


def _idle_teams(index: Index) -> Iterator[Advice]:
    days = horizon(index.problem)
    for team in index.problem.teams:
        if not any(working_shift(index, team, day) for day in days):
            what = f"never works from {index.problem.start} to {index.problem.end}"
            yield _advice("team_idle", index.team_names[team.id], f"{what}; check shifts and off")


def _counters(index: Index) -> Iterator[Advice]:
    """Where the counters alone break the reserve: say so, from which date and how badly."""
    history = Plan(visits=tuple(v for v in index.problem.commitments if v.status == "done"))
    rows = ledger(Facts(index, history, contingent=False)).rows
    short = [row for row in rows if row.short]
    if short:
        worst = max(short, key=lambda row: row.short)
        what = f"without any further visit fall below the reserve from {short[0].date}, at worst by"
        what += f" {amount(worst.short, 'cards')} on {worst.date}; schools get none on such dates"
        yield _advice("counters_break_reserve", "Blank cards", what)


def _stock_entries(index: Index) -> Iterator[Advice]:
    stock, start = index.problem.stock, index.problem.start
    for delivery in stock.deliveries:
        if delivery.date < start:
            what = f"is before the plan starts on {start}: taken to be in the opening stock"
            where = f"Delivery of {amount(delivery.cards, 'cards')} on {delivery.date}"
            yield _advice("delivery_before_start", where, f"{what}, and ignored")
    for day in sorted(stock.walk_in_overrides):
        if index.in_horizon(day) and not index.is_office_day(day):
            what = "is ignored: the office's counters do not work on this date"
            yield _advice("override_ignored", f"Walk-in override on {day}", what)


def _commitments(index: Index) -> Iterator[Advice]:
    for visit in index.problem.commitments:
        where, end = index.where(visit), index.problem.end
        if visit.status in {"proposed", "contingent"}:
            what = f"is {visit.status}: it promises nothing and may be left out"
            yield _advice("commitment_not_firm", where, f"{what}; confirm it to keep it")
        if visit.status == "confirmed" and not index.in_horizon(visit.date):
            what = "is confirmed, but outside the dates that are planned: no plan can keep it"
            yield _advice("confirmed_outside", where, what)
        if visit.status == "done" and visit.date > end:
            yield _advice("done_after_end", where, f"is done, yet after the plan ends on {end}")


def _history(index: Index) -> Iterator[Advice]:
    """Done visits may break R7, but more pupils than there are is probably a slip."""
    recorded: dict[tuple[str, str], int] = defaultdict(int)
    for visit in index.problem.commitments:
        if visit.status == "done":
            for name, students in visit.students.items():
                recorded[visit.school, name] += students
    for (school, name), students in recorded.items():
        stated = index.cohorts[school, name].students
        if students > stated:
            what = f"has {amount(students, 'pupils')} recorded in done visits, but {stated} stated"
            yield _advice("done_too_many", f"{index.school_names[school]}, {name}", what)


def _floors(index: Index) -> Iterator[Advice]:
    end = index.problem.end
    for floor in index.problem.policy.floors:
        members = floor_members(index.problem, floor)
        old_enough = sum(
            cohort.students
            for school in members
            for cohort in school.cohorts
            if cohort.record_from is None or cohort.record_from <= end
        )
        lack = floor_pupils(members, floor) - old_enough
        if lack > 0:
            what = f"cannot reach {floor.percent}%: {amount(lack, 'pupils')} too few are 16 by"
            yield _advice("floor_out_of_reach", f"{floor.by} {floor.value}", f"{what} {end}")


def _advice(code: str, where: str, what: str) -> Advice:
    return Advice(code=code, where=where, message=f"{where} {what}")


_WARNINGS: tuple[Callable[[Index], Iterator[Advice]], ...] = (
    _far_schools,
    _birthdays,
    unreachable,
    _floors,
    _idle_teams,
    _counters,
    _stock_entries,
    _commitments,
    _history,
)
