"""Random problems: tiny ones for every rule, micro ones that can be enumerated."""

from typing import TypeVar

from hypothesis import strategies as st

from ektp_sched.domain import Problem
from tests.strategies.frame import Frame, Size, days_near, frames
from tests.strategies.offices import bases, policies, stocks, teams, ways
from tests.strategies.schools import schools
from tests.strategies.visits import promises

T = TypeVar("T")

TINY = Size(
    schools=4, teams=2, days=3, time_steps=(60, 30, 20), opens=480, closes=720, cohorts=3, pupils=12
)
MICRO = tuple(
    Size(
        schools=schools,
        teams=teams,
        days=days,
        time_steps=(60,),
        opens=480,
        closes=closes,
        cohorts=cohorts,
        pupils=3,
    )
    for schools, teams, days, closes, cohorts in (
        (3, 1, 1, 780, 2),
        (2, 2, 1, 720, 2),
        (2, 1, 2, 720, 2),
        (3, 1, 2, 660, 1),
        (3, 2, 1, 660, 1),
        (2, 2, 2, 600, 2),
        (1, 2, 2, 720, 2),
        (1, 1, 4, 720, 2),
    )
)


def _several(values: st.SearchStrategy[T], most: int) -> st.SearchStrategy[list[T]]:
    """One to `most` values, all lengths alike; plain lists would mostly be short."""
    lengths = st.integers(1, most)
    return lengths.flatmap(lambda n: st.lists(values, min_size=n, max_size=n))


@st.composite
def _problems(draw: st.DrawFn, frame: Frame) -> Problem:
    size = frame.size
    homes = draw(bases(frame))
    places = draw(_several(schools(frame), size.schools))
    named = tuple(s.model_copy(update={"id": f"S{n}"}) for n, s in enumerate(places))
    crews = draw(_several(teams(frame, homes), size.teams))
    problem = Problem(
        name="random",
        start=frame.start,
        end=frame.end,
        time_step=frame.time_step,
        holidays=draw(frame.maybe("holidays", st.tuples(days_near(frame)), ())),
        bases=homes,
        schools=named,
        teams=tuple(t.model_copy(update={"id": f"T{n}"}) for n, t in enumerate(crews)),
        travel=draw(ways(frame, [*(base.id for base in homes), *(school.id for school in named)])),
        stock=draw(stocks(frame)),
        policy=draw(policies(frame, named)),
    )
    if not frame.has("commitments"):
        return problem
    return problem.model_copy(update={"commitments": draw(promises(problem))})


def tiny_problems() -> st.SearchStrategy[Problem]:
    """Problems of up to four schools, two teams and three days, with every rule over the draws."""
    return frames(TINY).flatmap(_problems)


def micro_problems() -> st.SearchStrategy[Problem]:
    """Problems so small that all plans can be tried, mostly; `plans_at_most` tells."""
    return st.sampled_from(MICRO).flatmap(frames).flatmap(_problems)
