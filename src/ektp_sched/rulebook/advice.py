"""What is allowed but suspicious in a problem, for the planner to look at."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from statistics import median

from ektp_sched.domain import (
    Break,
    Location,
    Plan,
    Problem,
    School,
    Shift,
    Team,
    minute_of,
    weekday_of,
)
from ektp_sched.domain.words import amount, group_in_words, status_in_words
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Facts, Index
from ektp_sched.rulebook.ledger import ledger
from ektp_sched.rulebook.reach import days_off_in_words, unreachable, working_shift
from ektp_sched.rulebook.report import Advice
from ektp_sched.rulebook.terms import floor_members, floor_pupils
from ektp_sched.rulebook.travel import great_circle_km
from ektp_sched.texts.language import N_, _

FAR_KM = 10
FEWEST_NEIGHBOURS = 3


def review(problem: Problem) -> tuple[Advice, ...]:
    """Warn of what is allowed but suspicious: probable slips, and hopes that cannot come true."""
    index = Index(problem)
    return tuple(advice for warn in _WARNINGS for advice in warn(index))


def _far_schools(index: Index) -> Iterator[Advice]:
    numbers = {school.id: n for n, school in enumerate(index.problem.schools)}
    for school, km in far_from_district(index.problem.schools):
        name = index.school_names[school.id]
        message = _(
            "{school} lies {km:.0f} km from the middle of the other schools in {district}; "
            "check its position",
            school=name,
            km=km,
            district=school.district,
        )
        at = ("schools", numbers[school.id], "location")
        yield Advice(code="location_far", where=name, message=message, at=at)


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


def _entered_twice(index: Index) -> Iterator[Advice]:
    """Schools of one name, kind and district under two ids."""
    first: dict[tuple[str, ...], School] = {}
    for n, school in enumerate(index.problem.schools):
        told = (" ".join(school.name.split()), school.kind, school.district)
        known = first.setdefault(tuple(map(str.casefold, told)), school)
        if known is not school:
            message = _(
                "{school} stands here twice, as {first} and as {second}; check whether both are "
                "schools of their own",
                school=school.name,
                first=known.id,
                second=school.id,
            )
            where = index.school_names[school.id]
            at = ("schools", n, "id")
            yield Advice(code="school_twice", where=where, message=message, at=at)


def _birthdays(index: Index) -> Iterator[Advice]:
    for s, school in enumerate(index.problem.schools):
        for c, cohort in enumerate(school.cohorts):
            if cohort.record_from and not cohort.card_from:
                where = f"{index.school_names[school.id]}, {cohort.name}"
                message = _(
                    "{pupils} turns 16 on {date}, yet without card_from counts as 17 already; "
                    "state card_from",
                    pupils=where,
                    date=cohort.record_from,
                )
                at = ("schools", s, "cohorts", c, "card_from")
                yield Advice(code="card_from_missing", where=where, message=message, at=at)


def _idle_teams(index: Index) -> Iterator[Advice]:
    real = index.problem.real_teams
    for n, team in enumerate(index.problem.teams):
        if real[team.id] is not team:
            continue  # with those that stand in for it, one team works
        crew = [one for one in index.problem.teams if real[one.id] is team]
        name = index.team_names[team.id]
        times = {"team": name, "start": index.problem.start, "end": index.problem.end}
        unused = [
            (s, shift)
            for s, shift in enumerate(team.shifts)
            if all(_never_worked(index, one, shift) for one in crew)
        ]
        if len(unused) == len(team.shifts):
            message = _("{team} never works from {start} to {end}; check shifts and off", **times)
            if away := days_off_in_words(index, [team]):
                message = _("{team} never works from {start} to {end}: {away}", **times, away=away)
            yield Advice(code="team_idle", where=name, message=message, at=("teams", n))
            continue
        for s, shift in unused:
            if any(weekday_of(day) in shift.days for day in horizon(index.problem)):
                message = _(
                    "{team} never works its shift from {first} to {last}: all its dates are "
                    "holidays or off; check them",
                    team=name,
                    first=shift.start,
                    last=shift.end,
                )
                at = ("teams", n, "shifts", s)
                yield Advice(code="shift_unused", where=name, message=message, at=at)


def _never_worked(index: Index, team: Team, shift: Shift) -> bool:
    days = (day for day in horizon(index.problem) if weekday_of(day) in shift.days)
    return not any(working_shift(index, team, day) for day in days)


def _breaks(index: Index) -> Iterator[Advice]:
    """Breaks that take no working time, or not all of their time, and so protect nobody's rest."""
    for n, team in enumerate(index.problem.teams):
        for b, rest in enumerate(team.breaks):
            for shift in team.shifts:
                text = _outside(rest, shift) if set(shift.days) & set(rest.days) else ""
                if text:
                    where = index.team_names[team.id]
                    told = _(
                        "{team}: the break of {minutes} between {earliest} and {latest}",
                        team=where,
                        minutes=amount(rest.minutes, "minutes"),
                        earliest=rest.earliest,
                        latest=rest.latest,
                    )
                    message = _(text, rest=told, start=shift.start, end=shift.end)
                    at = ("teams", n, "breaks", b)
                    yield Advice(code="break_outside_shift", where=where, message=message, at=at)


def _outside(rest: Break, shift: Shift) -> str:
    """What is wrong where a break need not fall into a shift as a whole; "" where it must."""
    earliest, latest = minute_of(rest.earliest), minute_of(rest.latest)
    start, end = minute_of(shift.start), minute_of(shift.end)
    if min(latest, start) - earliest >= rest.minutes:
        return N_(
            "{rest} can be over before the shift begins at {start}, so that it never takes "
            "working time; check both"
        )
    if latest - max(earliest, end) >= rest.minutes:
        return N_(
            "{rest} can begin after the shift ends at {end}, so that it never takes working "
            "time; check both"
        )
    if min(latest, end) - max(earliest, start) < rest.minutes:
        return N_("{rest} lies partly outside the shift from {start} to {end}; check both")
    return ""


def _extra_hours(index: Index) -> Iterator[Advice]:
    """Extra hours on dates of the horizon on which the school is closed all the same."""
    for s, school in enumerate(index.problem.schools):
        for e, extra in enumerate(school.extra_hours):
            if index.in_horizon(extra.date) and not index.openings(school, extra.date):
                where = index.school_names[school.id]
                message = _(
                    "{school} has extra hours on {date}, which do not count: it is closed then, "
                    "or may not be visited",
                    school=where,
                    date=extra.date,
                )
                at = ("schools", s, "extra_hours", e, "date")
                yield Advice(code="extra_hours_ignored", where=where, message=message, at=at)


def _counters(index: Index) -> Iterator[Advice]:
    """Where the counters alone break the reserve: say so, from which date and how badly."""
    history = Plan(visits=tuple(v for v in index.problem.commitments if v.status == "done"))
    rows = ledger(Facts(index, history, contingent=False)).rows
    short = [row for row in rows if row.short]
    if short:
        worst = max(short, key=lambda row: row.short)
        message = _(
            "Blank cards without any further visit fall below the reserve from {first}, at worst "
            "by {cards} on {worst}; schools get none on such dates",
            first=short[0].date,
            cards=amount(worst.short, "cards"),
            worst=worst.date,
        )
        yield Advice(
            code="counters_break_reserve",
            where=_("Blank cards"),
            message=message,
            at=("stock", "opening"),
        )


def _stock_entries(index: Index) -> Iterator[Advice]:
    stock, start = index.problem.stock, index.problem.start
    for n, delivery in enumerate(stock.deliveries):
        if delivery.date < start:
            where = _(
                "Delivery of {cards} on {date}",
                cards=amount(delivery.cards, "cards"),
                date=delivery.date,
            )
            message = _(
                "{delivery} is before the plan starts on {start}: taken to be in the opening "
                "stock, and ignored",
                delivery=where,
                start=start,
            )
            at = ("stock", "deliveries", n, "date")
            yield Advice(code="delivery_before_start", where=where, message=message, at=at)
    for day in sorted(stock.walk_in_overrides):
        if index.in_horizon(day) and not index.is_office_day(day):
            where = _("Walk-in override on {date}", date=day)
            message = _(
                "{override} is ignored: the office's counters do not work on this date",
                override=where,
            )
            way = ("stock", "walk_in_overrides", day.isoformat())
            yield Advice(code="override_ignored", where=where, message=message, at=way)


def _commitments(index: Index) -> Iterator[Advice]:
    for n, visit in enumerate(index.problem.commitments):
        at = ("commitments", n)
        where, end = index.where(visit), index.problem.end
        if visit.status in {"proposed", "contingent"}:
            message = _(
                "{visit} is {status}: it promises nothing and may be left out; "
                "confirm it to keep it",
                visit=where,
                status=status_in_words(visit),
            )
            yield Advice(code="commitment_not_firm", where=where, message=message, at=at)
        if visit.status == "confirmed" and not index.in_horizon(visit.date):
            message = _(
                "{visit} is confirmed, but outside the dates that are planned: no plan can keep it",
                visit=where,
            )
            yield Advice(code="confirmed_outside", where=where, message=message, at=at)
        if visit.status == "done" and visit.date > end:
            message = _("{visit} is done, yet after the plan ends on {end}", visit=where, end=end)
            yield Advice(code="done_after_end", where=where, message=message, at=at)


def _history(index: Index) -> Iterator[Advice]:
    """Done visits may break R7, but more pupils than there are is probably a slip."""
    recorded: dict[tuple[str, str], int] = defaultdict(int)
    for visit in index.problem.commitments:
        if visit.status == "done":
            for name, students in visit.students.items():
                recorded[visit.school, name] += students
    places = {
        (school.id, cohort.name): ("schools", s, "cohorts", c, "students")
        for s, school in enumerate(index.problem.schools)
        for c, cohort in enumerate(school.cohorts)
    }
    for (school, name), students in recorded.items():
        stated = index.cohorts[school, name].students
        if students > stated:
            where = f"{index.school_names[school]}, {name}"
            message = _(
                "{cohort} has {pupils} recorded in done visits, but {stated} stated",
                cohort=where,
                pupils=amount(students, "pupils"),
                stated=stated,
            )
            at = places[school, name]
            yield Advice(code="done_too_many", where=where, message=message, at=at)


def _floors(index: Index) -> Iterator[Advice]:
    end = index.problem.end
    for n, floor in enumerate(index.problem.policy.floors):
        members = floor_members(index.problem, floor)
        old_enough = sum(
            cohort.students
            for school in members
            for cohort in school.cohorts
            if cohort.record_from is None or cohort.record_from <= end
        )
        lack = floor_pupils(members, floor) - old_enough
        if lack > 0:
            where = group_in_words(floor)
            message = _(
                "{group} cannot reach {percent}%: {pupils} too few are 16 by {end}",
                group=where,
                percent=floor.percent,
                pupils=amount(lack, "pupils"),
                end=end,
            )
            at = ("policy", "floors", n, "percent")
            yield Advice(code="floor_out_of_reach", where=where, message=message, at=at)


_WARNINGS: tuple[Callable[[Index], Iterator[Advice]], ...] = (
    _far_schools,
    _entered_twice,
    _birthdays,
    unreachable,
    _floors,
    _idle_teams,
    _breaks,
    _extra_hours,
    _counters,
    _stock_entries,
    _commitments,
    _history,
)
