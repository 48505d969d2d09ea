"""Another school's visit that could move and so make room."""

from collections.abc import Iterator
from itertools import islice

from ektp_sched.desk.explaining.beside import timeless
from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.rooms import TeamDay, team_days
from ektp_sched.desk.explaining.values import MoveVisit, Remedy
from ektp_sched.desk.explaining.verify import holds, remedy
from ektp_sched.desk.promises import place_of
from ektp_sched.domain import Problem, Visit
from ektp_sched.language import _
from ektp_sched.rulebook.words import day_in_words

TRIES = 8


def move_visit(case: Case) -> Remedy | None:
    """The move of one visit, with all its pupils, that makes most room; proposed ones first."""
    if not _lacks_time(case):
        return None
    for visit in islice(_candidates(case), TRIES):
        kept = [one for one in case.kept("plan") if one != visit]
        served = case.serving.best(_free_to(case.problem, visit), case.school, kept, moving=visit)
        if served.plan is None or served.recorded <= case.beside_plan.recorded:
            continue
        known = {place_of(one) for one in kept}
        moved = [
            one
            for one in served.plan.visits
            if one.school == visit.school and place_of(one) not in known
        ]
        if len(moved) == 1 and moved[0].students == visit.students:
            move = MoveVisit(visit=visit, to=moved[0])
            if holds(_free_to(case.problem, visit), served.plan):
                return remedy(case, move, served.plan, _words(case, move), smallest=True)
    return None


def _lacks_time(case: Case) -> bool:
    """Whether the school would have more if visits to others took no time."""
    kept = timeless(case.kept("plan"), case.school.id)
    return case.serving.best(case.problem, case.school, kept).recorded > case.beside_plan.recorded


def _candidates(case: Case) -> Iterator[Visit]:
    """Visits on whose team-days there would be room without them, and which have another place."""
    days = {(team.id, day) for day, team in case.chances}
    rivals = [
        visit
        for visit in case.others
        if visit.status != "done" and (visit.team, visit.date) in days
    ]
    rated = [(min(_room_without(case, one), sum(case.left.values())), one) for one in rivals]
    rated.sort(key=lambda pair: (pair[1].status == "confirmed", -pair[0], pair[1].recorded))
    for room, visit in rated:
        if room and _has_another_place(case, visit):
            yield visit


def _room_without(case: Case, visit: Visit) -> int:
    """Pupils that the school could have recorded on a visit's team-day, were it not there."""
    kept = [
        one
        for one in case.kept("plan")
        if one != visit and one.status != "done" and _team_day(one) == _team_day(visit)
    ]
    team = case.index.teams[visit.team]
    return TeamDay(case.index, case.school, team, visit.date, kept).most()


def _has_another_place(case: Case, visit: Visit) -> bool:
    kept = [one for one in case.kept("plan") if one != visit]
    school = case.index.schools[visit.school]
    return any(
        day.most() >= visit.recorded
        for day in team_days(case.index, school, kept)
        if (day.team.id, day.date) != _team_day(visit)
    )


def _team_day(visit: Visit) -> tuple[str, object]:
    """A visit's team-day."""
    return visit.team, visit.date


def _free_to(problem: Problem, visit: Visit) -> Problem:
    """The problem in which a visit is no promise."""
    promises = tuple(one for one in problem.commitments if place_of(one) != place_of(visit))
    return problem.model_copy(update={"commitments": promises})


def _words(case: Case, move: MoveVisit) -> str:
    names, teams = case.index.school_names, case.index.team_names
    former, new = (
        f"{day_in_words(one.date)} {one.start:%H:%M}-{one.end:%H:%M} ({teams[one.team]})"
        for one in (move.visit, move.to)
    )
    values = {"school": names[move.visit.school], "former": former, "new": new}
    if move.visit.status == "confirmed":
        return _("{school}, which is confirmed, moved from {former} to {new}", **values)
    return _("{school} moved from {former} to {new}", **values)
