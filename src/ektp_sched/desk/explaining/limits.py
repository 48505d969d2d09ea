"""What may limit a school: each limit with a problem that is without it, and its words.

A limit is a reason where the school could have more pupils recorded without it, all else the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.rates import pupils_per_hour, pupils_per_hour_here
from ektp_sched.desk.explaining.values import Beside, Code, Details
from ektp_sched.desk.revise import with_school, with_stock
from ektp_sched.domain import Hours, MatrixTravel, Problem, School, Shift, Team
from ektp_sched.domain.scalars import WEEKDAYS, clock_of
from ektp_sched.language import N_, _, all_of
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.words import amount, day_in_words

PLENTY = 50
ALL_DAY = {"days": WEEKDAYS, "start": clock_of(0), "end": clock_of(24 * 60 - 1)}

Clause = tuple[str, Details]


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that may keep pupils from being recorded.

    `lift` gives the problem without it, `told` a sentence without its full stop and details, and
    `instead` the text of what more pupils could be recorded with.
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


def _birthdays(case: Case, _beside: Beside) -> Clause:
    waiting = [c for c in case.school.cohorts if c.record_from and c.students]
    later = [c.record_from for c in waiting if c.record_from and c.record_from > case.problem.start]
    count = sum(cohort.students for cohort in waiting)
    last = max(later, default=case.problem.start)
    words = _(
        "{pupils} of it turn 16 only in the course of time, the last on {day}",
        pupils=amount(count, "pupils"),
        day=day_in_words(last),
    )
    return words, {"pupils": count, "last_birthday": str(last)}


def _skills(case: Case, _beside: Beside) -> Clause:
    needs = sorted(case.school.needs)
    able = [
        case.index.team_names[team.id]
        for team in case.problem.teams
        if case.school.needs <= team.skills
    ]
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


def _hours(case: Case, beside: Beside) -> Clause:
    days = len({day for day, _team in case.chances})
    dates = amount(days, "dates")
    if beside == "plan":
        words = _(
            "The teams have time left only outside its open hours (a visit by itself is possible "
            "on {dates})",
            dates=dates,
        )
    else:
        words = _(
            "Its open hours are too few or too short (a visit by itself is possible on {dates})",
            dates=dates,
        )
    return words, {"dates": days}


def _shifts(case: Case, _beside: Beside) -> Clause:
    days = len(case.chances)
    words = _(
        "The teams' shifts and days off leave too little of its open hours ({team_days} on which "
        "a visit is possible)",
        team_days=amount(days, "team-days"),
    )
    return words, {"team_days": days}


def _distance(case: Case, _beside: Beside) -> Clause:
    bases = {team.base for team in case.problem.teams}
    drive = min((case.index.travel.minutes(base, case.school.id) for base in bases), default=0)
    words = _("The drives are long ({minutes} from the base)", minutes=amount(drive, "minutes"))
    return words, {"minutes": drive}


def _driving(case: Case, _beside: Beside) -> Clause:
    stated = [team.max_travel_minutes for team in case.problem.teams]
    most = max((minutes for minutes in stated if minutes is not None), default=0)
    words = _("Teams may drive at most {minutes} a day", minutes=amount(most, "minutes"))
    return words, {"max_travel_minutes": most}


def _rest(_case: Case, _beside: Beside) -> Clause:
    return _("The teams' breaks fall into its open hours"), {}


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


_ALWAYS_OPEN = _school(
    hours=(Hours(**ALL_DAY),), extra_hours=(), closed=(), not_before=None, not_after=None
)
_ALWAYS_AT_WORK = _teams(lambda _team: {"shifts": (Shift(**ALL_DAY),), "off": ()})

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
        "not_yet_16", _all_are_16, _birthdays, N_("Were all of them 16, {pupils} could be recorded")
    ),
    Limit(
        "no_skills",
        _school(needs=frozenset()),
        _skills,
        N_("With more teams able, {pupils} could be recorded"),
    ),
    Limit(
        "hours_too_short",
        _ALWAYS_OPEN,
        _hours,
        N_("With other or longer hours, {pupils} could be recorded"),
    ),
    Limit(
        "outside_shifts",
        _ALWAYS_AT_WORK,
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

TIGHTENED = frozenset(
    {"time", "blanks", "visits_used_up", "gap", "teams_per_day", "hours_too_short"}
)
"""What other schools' visits can bring to bear; all else about a day is in `time`."""
TOGETHER = frozenset({"time", "blanks"})
"""What they use up: without both, nothing of theirs is in the way."""
