"""One more of what is whole: a team-day, a kit, an allowed visit, a skill."""

from collections.abc import Iterable

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.more_blanks import more_blanks
from ektp_sched.desk.explaining.rooms import TeamDay
from ektp_sched.desk.explaining.values import Remedy
from ektp_sched.desk.explaining.verify import verified
from ektp_sched.desk.reliefs import MoreKits, MoreSkills, MoreTeamDay, MoreVisits, Relief
from ektp_sched.desk.stand_ins import works_as_another
from ektp_sched.domain import Team
from ektp_sched.language import _
from ektp_sched.rulebook.calendar import horizon, shift_on
from ektp_sched.rulebook.facts import Index
from ektp_sched.rulebook.reach import working_shift
from ektp_sched.rulebook.words import day_in_words

TRIES = 2


def more_team_day(case: Case) -> Remedy | None:
    """One more day of one team on which the school is open, the most promising and earliest."""
    told = ((relief, _in_words(case, relief)) for relief in _promising_days(case))
    return next(
        filter(None, (verified(case, one, words, smallest=True) for one, words in told)), None
    )


def team_day_and_blanks(case: Case) -> Remedy | None:
    """One more team-day, and the blanks that it takes to make the most of it."""
    for day in _promising_days(case)[:1]:
        found = more_blanks(case.relieved(day))
        if found:
            words = _(
                "{team_day}, and {blanks}", team_day=_in_words(case, day), blanks=found.sentence
            )
            return found.model_copy(update={"reliefs": (day, *found.reliefs), "sentence": words})
    return None


def more_kits(case: Case) -> Remedy | None:
    """One more kit for the team with which it helps most."""
    names = case.index.team_names
    return _best(
        case,
        (
            (MoreKits(team=team.id), _("One more kit for {team}", team=names[team.id]))
            for team in _able(case)
        ),
    )


def more_visits(case: Case) -> Remedy | None:
    """One more visit than the school may have."""
    most = case.school.max_visits
    words = _(
        "{more} visits allowed to {school}, instead of {most}",
        more=most + 1,
        school=case.name,
        most=most,
    )
    return _best(case, [(MoreVisits(school=case.school.id), words)])


def more_skills(case: Case) -> Remedy | None:
    """A team that learns, or is given, what the school needs."""
    lacking = {team.id: case.school.needs - team.skills for team in case.problem.teams}
    return _best(
        case,
        (
            (
                MoreSkills(team=team, tags=tags),
                _(
                    "{team} able to do {needs}",
                    team=case.index.team_names[team],
                    needs=", ".join(sorted(tags)),
                ),
            )
            for team, tags in lacking.items()
            if tags
        ),
    )


def _best(case: Case, reliefs: Iterable[tuple[Relief, str]]) -> Remedy | None:
    found = (verified(case, relief, words, smallest=True) for relief, words in reliefs)
    return max(filter(None, found), key=lambda one: one.gain, default=None)


def _able(case: Case) -> list[Team]:
    return [team for team in case.problem.teams if case.school.needs <= team.skills]


def _spare_days(case: Case) -> list[MoreTeamDay]:
    """Dates on which a team does not work and the school is open, with the team's usual hours."""
    found = []
    for day in horizon(case.problem):
        if day in case.index.holidays or not case.index.openings(case.school, day):
            continue
        for team in _able(case):
            shift = shift_on(team, day) or next(iter(team.shifts), None)
            if works_as_another(case.problem, team, day):
                continue
            if shift and working_shift(case.index, team, day) is None:
                times = {"start": shift.start, "end": shift.end}
                found.append(MoreTeamDay(team=team.id, date=day, **times))
    return found


def _promising_days(case: Case) -> list[MoreTeamDay]:
    """The team-days with time for most pupils, the earliest first among equals."""
    rated = [(_promise(case, relief), relief) for relief in _spare_days(case)]
    rated.sort(key=lambda pair: (-pair[0], pair[1].date, pair[1].team))
    return [relief for promise, relief in rated[:TRIES] if promise]


def _in_words(case: Case, relief: MoreTeamDay) -> str:
    week = (relief.date - case.problem.start).days // 7 + 1
    return _(
        "One more team-day in week {week}: {team} on {day}, {start}-{end}",
        week=week,
        team=case.index.team_names[relief.team],
        day=day_in_words(relief.date),
        start=relief.start,
        end=relief.end,
    )


def _promise(case: Case, relief: MoreTeamDay) -> int:
    """Pupils that the team-day could record at most, by its time."""
    index = Index(relief.apply(case.problem))
    team = TeamDay(index, case.school, index.teams[relief.team], relief.date, ())
    return min(team.most(), sum(case.left.values()))
