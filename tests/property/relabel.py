"""The same problem under other names and in another order."""

from dataclasses import dataclass

from hypothesis import strategies as st

from ektp_sched.domain import MatrixTravel, Problem, Travel, Visit


@dataclass(frozen=True)
class Names:
    """New ids for schools and teams by their old ones; what is not named keeps its id."""

    schools: dict[str, str]
    teams: dict[str, str]

    def place(self, old: str) -> str:
        return self.schools.get(old, old)

    def visit(self, visit: Visit) -> Visit:
        ids = {"school": self.schools[visit.school], "team": self.teams[visit.team]}
        return visit.model_copy(update=ids)


@st.composite
def relabelled(draw: st.DrawFn, problem: Problem) -> Problem:
    """`problem` with new ids for schools and teams, and all of its lists in another order."""
    names = Names(draw(_school_names(problem)), draw(_team_names(problem)))
    schools = [
        school.model_copy(
            update={
                "id": names.place(school.id),
                "cohorts": draw(_shuffled(school.cohorts)),
                "hours": draw(_shuffled(school.hours)),
                "extra_hours": draw(_shuffled(school.extra_hours)),
            }
        )
        for school in problem.schools
    ]
    teams = [team.model_copy(update={"id": names.teams[team.id]}) for team in problem.teams]
    return problem.model_copy(
        update={
            "schools": draw(_shuffled(tuple(schools))),
            "teams": draw(_shuffled(tuple(teams))),
            "travel": _renamed(problem.travel, names),
            "commitments": draw(_shuffled(tuple(map(names.visit, problem.commitments)))),
        }
    )


def _shuffled(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.permutations(values).map(tuple)


def _school_names(problem: Problem) -> st.SearchStrategy[dict[str, str]]:
    old = [school.id for school in problem.schools]
    new = [f"{letter}-sekolah" for letter in "pqrs"[: len(old)]]
    return st.permutations(new).map(lambda ids: dict(zip(old, ids, strict=True)))


def _team_names(problem: Problem) -> st.SearchStrategy[dict[str, str]]:
    """New team ids. Their order matters where two teams may arrive at once (R10): then it stays."""
    old = sorted(team.id for team in problem.teams)
    new = [f"{letter}-tim" for letter in "uvw"[: len(old)]]
    together = any(school.max_teams_per_day > 1 for school in problem.schools)
    orders = st.just(new) if together else st.permutations(new)
    return orders.map(lambda ids: dict(zip(old, ids, strict=True)))


def _renamed(travel: Travel, names: Names) -> Travel:
    """The same ways, in a matrix also in another order."""
    ways = tuple(
        way.model_copy(
            update={
                "from_place": names.place(way.from_place),
                "to_place": names.place(way.to_place),
            }
        )
        for way in travel.overrides
    )
    if not isinstance(travel, MatrixTravel):
        return travel.model_copy(update={"overrides": ways})
    places = tuple(map(names.place, travel.places))[::-1]
    rows = tuple(row[::-1] for row in travel.minutes[::-1])
    return MatrixTravel(places=places, minutes=rows, overrides=ways)
