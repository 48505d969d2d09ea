"""What may limit a school: each limit with a problem that is without it, and its words.

A limit is a reason where the school could have more pupils recorded without it, all else the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ektp_sched.desk.explain.case import Case
from ektp_sched.desk.explain.values import Beside, Code, Details
from ektp_sched.desk.revise import with_school, with_stock
from ektp_sched.domain import Hours, MatrixTravel, Problem, School, Shift, Team, Visit, minute_of
from ektp_sched.domain.scalars import WEEKDAYS, clock_of
from ektp_sched.domain.words import amount, day_in_words, ranges_in_words
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.reach import (
    days_off_in_words,
    season_in_words,
    shortest_stay,
    within,
    without_days_off,
)
from ektp_sched.texts.language import N_, _, all_of


def pupils_per_hour(case: Case, visits: Iterable[Visit]) -> float:
    """What visits record for an hour, each with the drives there and back; 0 for none."""
    pupils = minutes = 0
    for visit in visits:
        pupils += visit.recorded
        minutes += minute_of(visit.end) - minute_of(visit.start)
        minutes += round_trip(case, case.index.teams[visit.team], visit.school)
    return 60 * pupils / minutes if minutes else 0.0


def pupils_per_hour_here(case: Case) -> float:
    """The same for a visit to the school that records all who are left, by its best team."""
    pupils, step = sum(case.left.values()), case.problem.time_step
    teams = {team.id: team for _, team in case.chances}
    hours = [
        (
            shortest_stay(case.school, team, pupils, step=step)
            + round_trip(case, team, case.school.id)
        )
        / 60
        for team in teams.values()
    ]
    return pupils / min(hours) if hours else 0.0


def round_trip(case: Case, team: Team, school: str) -> int:
    """Minutes from the team's base to a school and back."""
    travel = case.index.travel
    return travel.minutes(team.base, school) + travel.minutes(school, team.base)


PLENTY = 50
ALL_DAY = {"days": WEEKDAYS, "start": clock_of(0), "end": clock_of(24 * 60 - 1)}

Clause = tuple[str, Details]


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that may keep pupils from being recorded.

    `lift` gives the problem without it, the very same one where it does not limit anything; `told`
    a sentence without its full stop and details, and `instead` the text of what more pupils could
    be recorded with.
    """

    code: Code
    lift: Callable[[Problem, str], Problem]
    told: Callable[[Case, Beside], Clause]
    instead: str  # marked for the catalogue


def _school(**changes: Any) -> Callable[[Problem, str], Problem]:
    def lift(problem: Problem, school: str) -> Problem:
        return with_school(problem, school, lambda one: one.model_copy(update=changes))

    return lift


def _teams(change: Callable[[Team], Mapping[str, Any]]) -> Callable[[Problem, str], Problem]:
    def lift(problem: Problem, _school: str) -> Problem:
        teams = tuple(team.model_copy(update=dict(change(team))) for team in problem.teams)
        return problem.model_copy(update={"teams": teams})

    return lift


def _all_are_16(problem: Problem, school: str) -> Problem:
    def change(one: School) -> School:
        cohorts = (cohort.model_copy(update={"record_from": None}) for cohort in one.cohorts)
        return one.model_copy(update={"cohorts": tuple(cohorts)})

    return with_school(problem, school, change)


def _no_drives(problem: Problem, _school: str) -> Problem:
    places = tuple(problem.place_ids)
    minutes = tuple((0,) * len(places) for _ in places)
    return problem.model_copy(update={"travel": MatrixTravel(places=places, minutes=minutes)})


def _no_days_off(problem: Problem, _school: str) -> Problem:
    return problem.model_copy(update={"teams": without_days_off(problem, problem.teams)})


def _lift_nothing(problem: Problem, _school: str) -> Problem:
    return problem


def _cards_for_all(problem: Problem, _school: str) -> Problem:
    return with_stock(problem, lambda stock: stock.model_copy(update={"cards": "none"}))


def _visits(case: Case, _beside: Beside) -> Clause:
    most = case.school.max_visits
    words = _("It may have at most {visits}", visits=amount(most, "visits"))
    return words, {"max_visits": most, "visits": len(case.own)}


def _gap(case: Case, _beside: Beside) -> Clause:
    apart = case.school.min_gap_days + 1
    words = _("Its visits must be at least {days} apart", days=amount(apart, "days"))
    return words, {"days_apart": apart}


def _teams_per_day(case: Case, _beside: Beside) -> Clause:
    most = case.school.max_teams_per_day
    words = _("At most {teams} may come on one day", teams=amount(most, "teams"))
    return words, {"max_teams_per_day": most}


def _smallest(case: Case, _beside: Beside) -> Clause:
    fewest = case.school.min_students
    words = _("A visit must record at least {pupils}", pupils=amount(fewest, "pupils"))
    return words, {"min_students": fewest}


def _birthdays(case: Case, _beside: Beside) -> Clause:
    later = [
        cohort
        for cohort in case.school.cohorts
        if cohort.students and cohort.record_from and cohort.record_from > case.problem.start
    ]
    count = sum(cohort.students for cohort in later)
    last = max((c.record_from for c in later if c.record_from), default=case.problem.start)
    words = _(
        "{pupils} of it turn 16 only in the course of time, the last on {day}",
        pupils=amount(count, "pupils"),
        day=day_in_words(last),
    )
    return words, {"pupils": count, "last_birthday": str(last)}


def _skills(case: Case, _beside: Beside) -> Clause:
    needs = sorted(case.school.needs)
    able = [case.index.team_names[team.id] for team in able_teams(case)]
    wanted = ", ".join(needs)
    if able:
        words = _(
            "Of the teams, only {teams} can do what it needs ({needs})",
            teams=all_of(able),
            needs=wanted,
        )
    else:
        words = _("Of the teams, none can do what it needs ({needs})", needs=wanted)
    return words, {"needs": tuple(needs), "teams": tuple(able)}


def _closed(case: Case, _beside: Beside) -> Clause:
    ranges = within(case.school.closed, case.problem)
    words = _("It is closed {dates}", dates=ranges_in_words(ranges))
    return words, {"ranges": tuple(f"{one.start}..{one.end}" for one in ranges)}


def _season(case: Case, _beside: Beside) -> Clause:
    words, school = season_in_words(case.school), case.school
    dates = {"not_before": school.not_before, "not_after": school.not_after}
    details: Details = {name: str(day) for name, day in dates.items() if day}
    return f"{words[:1].upper()}{words[1:]}", details


def _hours(case: Case, beside: Beside) -> Clause:
    days = len({day for day, _team in case.chances})
    dates = amount(days, "dates")
    if beside == "plan":
        words = _(
            "In its open hours the teams have too little time left (a visit by itself is possible "
            "on {dates})",
            dates=dates,
        )
    else:
        words = _(
            "Its open hours are too few or too short (a visit by itself is possible on {dates})",
            dates=dates,
        )
    return words, {"dates": days}


def _off(case: Case, _beside: Beside) -> Clause:
    away = days_off_in_words(case.index, able_teams(case))
    return _("The teams are not always at work: {away}", away=away), {}


def _shifts(case: Case, _beside: Beside) -> Clause:
    days = len(case.chances)
    words = _(
        "The teams' shifts leave too little of its open hours ({team_days} on which a visit is "
        "possible)",
        team_days=amount(days, "team-days"),
    )
    return words, {"team_days": days}


def _distance(case: Case, _beside: Beside) -> Clause:
    bases = {team.base for team in able_teams(case)}
    drive = min((case.index.travel.minutes(base, case.school.id) for base in bases), default=0)
    words = _("The drives are long ({minutes} from the nearest base)", minutes=_minutes(drive))
    return words, {"minutes": drive}


def _driving(case: Case, _beside: Beside) -> Clause:
    stated = {
        case.index.team_names[team.id]: team.max_travel_minutes
        for team in able_teams(case)
        if team.max_travel_minutes is not None
    }
    most = all_of(f"{name} {_minutes(minutes)}" for name, minutes in stated.items())
    words = _("The teams may not drive as long as they like (in a day at most: {most})", most=most)
    return words, {"max_travel_minutes": max(stated.values(), default=0)}


def _rest(_case: Case, _beside: Beside) -> Clause:
    return _("The teams' breaks take time that a visit would need"), {}


def _minutes(number: int) -> str:
    return amount(number, "minutes")


def able_teams(case: Case) -> list[Team]:
    """The teams that can do what the school needs."""
    return [team for team in case.problem.teams if case.school.needs <= team.skills]


def _blanks(case: Case, beside: Beside) -> Clause:
    plan = case.alone.plan if beside == "nothing" else case.plan
    rows = check(case.problem, plan).ledger.rows if plan else case.report.ledger.rows
    stock, low = case.problem.stock, lowest(rows)
    over = low.closing - stock.reserve
    if over > 0:
        free = _("Only {blanks} are free", blanks=amount(over, "blanks"))
    else:
        free = _("The blanks are used up")
    values = {"free": free, "day": day_in_words(low.date), "left": low.closing}
    values |= {"reserve": stock.reserve}
    if beside == "nothing":
        words = _(
            "{free}: on {day} the counters and its own visits leave {left}, and {reserve} are the "
            "reserve",
            **values,
        )
    else:
        words = _(
            "{free}: on {day} the counters and the plan's visits leave {left}, and {reserve} are "
            "the reserve",
            **values,
        )
    hoped = [one for one in stock.deliveries if not one.confirmed and one.cards]
    hoped = [one for one in hoped if case.index.in_horizon(one.date)]
    if hoped:
        announced = all_of(
            _("{cards} on {day}", cards=one.cards, day=day_in_words(one.date)) for one in hoped
        )
        words += _(
            "; what is announced but not confirmed ({deliveries}) does not count",
            deliveries=announced,
        )
    return words, {
        "date": str(low.date),
        "blanks_left": low.closing,
        "reserve": stock.reserve,
        "unconfirmed": sum(one.cards for one in hoped),
    }


def _time(case: Case, _beside: Beside) -> Clause:
    days = {(team.id, day) for day, team in case.chances}
    rivals = [one for one in case.others if (one.team, one.date) in days and one.status != "done"]
    taken, possible = len({(one.team, one.date) for one in rivals}), len(days)
    words = _taken_time(taken, possible)
    theirs, its = pupils_per_hour(case, rivals), pupils_per_hour_here(case)
    if theirs > its > 0:
        words += _(
            ", and record {theirs:.1f} pupils for an hour of stay and drive, where a visit to this "
            "school would record {its:.1f}",
            theirs=theirs,
            its=its,
        )
    rates = {"others_pupils_per_hour": f"{theirs:.1f}", "own_pupils_per_hour": f"{its:.1f}"}
    return words, {"team_days": possible, "taken": taken, **rates}


def _taken_time(taken: int, possible: int) -> str:
    """On how many of the team-days possible for the school others are visited."""
    if taken == possible == 1:
        return _(
            "The teams' time goes to other schools: they are visited on the only team-day on which "
            "a team could come"
        )
    if taken == possible:
        return _(
            "The teams' time goes to other schools: they are visited on all {possible} team-days "
            "on which a team could come",
            possible=possible,
        )
    return _(
        "The teams' time goes to other schools: they are visited on {taken} of the {possible} "
        "team-days on which a team could come",
        taken=taken,
        possible=possible,
    )


def lowest(rows: tuple[LedgerRow, ...]) -> LedgerRow:
    """The first date on which the level is lowest."""
    return min(rows, key=lambda row: row.closing)


LIMITS = (
    Limit(
        "time", _lift_nothing, _time, N_("With more time of the teams, {pupils} could be recorded")
    ),
    Limit("blanks", _cards_for_all, _blanks, N_("With blanks enough, {pupils} could be recorded")),
    Limit(
        "visits_used_up",
        _school(max_visits=PLENTY),
        _visits,
        N_("With more visits allowed, {pupils} could be recorded"),
    ),
    Limit(
        "gap",
        _school(min_gap_days=0),
        _gap,
        N_("With visits closer together, {pupils} could be recorded"),
    ),
    Limit(
        "teams_per_day",
        _school(max_teams_per_day=PLENTY),
        _teams_per_day,
        N_("With more at once, {pupils} could be recorded"),
    ),
    Limit(
        "min_students",
        _school(min_students=0),
        _smallest,
        N_("With smaller visits allowed, {pupils} could be recorded"),
    ),
    Limit(
        "not_yet_16", _all_are_16, _birthdays, N_("Were all of them 16, {pupils} could be recorded")
    ),
    Limit(
        "no_skills",
        _school(needs=frozenset()),
        _skills,
        N_("With more teams able, {pupils} could be recorded"),
    ),
    Limit(
        "closed", _school(closed=()), _closed, N_("Were it open then, {pupils} could be recorded")
    ),
    Limit(
        "out_of_season",
        _school(not_before=None, not_after=None),
        _season,
        N_("Without that, {pupils} could be recorded"),
    ),
    Limit(
        "hours_too_short",
        _school(hours=(Hours(**ALL_DAY),), extra_hours=()),
        _hours,
        N_("With other or longer hours, {pupils} could be recorded"),
    ),
    Limit(
        "teams_off",
        _no_days_off,
        _off,
        N_("Were they at work then, {pupils} could be recorded"),
    ),
    Limit(
        "outside_shifts",
        _teams(lambda _team: {"shifts": (Shift(**ALL_DAY),)}),
        _shifts,
        N_("With more or longer shifts, {pupils} could be recorded"),
    ),
    Limit("too_far", _no_drives, _distance, N_("Without the drives, {pupils} could be recorded")),
    Limit(
        "max_travel",
        _teams(lambda _team: {"max_travel_minutes": None}),
        _driving,
        N_("Without that, {pupils} could be recorded"),
    ),
    Limit(
        "no_break",
        _teams(lambda _team: {"breaks": ()}),
        _rest,
        N_("Without breaks, {pupils} could be recorded"),
    ),
)
"""In the order in which they are told. `time` is lifted by making the others' visits history."""

OF_PLANS = frozenset(
    {
        "time",
        "blanks",
        "visits_used_up",
        "gap",
        "teams_per_day",
        "min_students",
        "closed",
        "out_of_season",
        "hours_too_short",
        "teams_off",
    }
)
"""What other schools' visits can bring to bear; all else about a day is in `time`."""
USED_UP = ("time", "blanks")
"""What they use up: without both, nothing of theirs is in the way."""
