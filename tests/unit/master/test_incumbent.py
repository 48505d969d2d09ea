"""The best plan that searches share."""

from ektp_sched.engine.instance import build_network
from ektp_sched.engine.search.improve import MOST_SEEN, Incumbent, Value
from ektp_sched.engine.search.state import PlanState, empty_state
from tests import builders as make


def plan_with(visits: int) -> PlanState:
    state = empty_state(build_network(make.a_problem()))
    state.visits[0] = visits
    return state


def an_incumbent(told: list[Value]) -> Incumbent:
    return Incumbent(plan_with(1), lambda state: (int(state.visits[0]),), told.append)


def test_a_better_plan_is_taken_over_and_told() -> None:
    told: list[Value] = []
    incumbent = an_incumbent(told)
    assert incumbent.offer(plan_with(2))
    assert (incumbent.value, told) == ((2,), [(2,)])


def test_a_plan_that_is_no_better_is_not() -> None:
    told: list[Value] = []
    incumbent = an_incumbent(told)
    assert not incumbent.offer(plan_with(1))
    assert (incumbent.value, told) == ((1,), [])


def test_what_is_offered_can_change_afterwards() -> None:
    incumbent, offered = an_incumbent([]), plan_with(2)
    incumbent.offer(offered)
    offered.visits[0] = 9
    assert incumbent.state.visits[0] == 2


def test_plans_are_seen_once_and_only_the_newest() -> None:
    incumbent = an_incumbent([])
    for visits in range(2 * MOST_SEEN):
        incumbent.show(plan_with(visits))
    assert [int(state.visits[0]) for state in incumbent.seen()] == list(
        range(MOST_SEEN, 2 * MOST_SEEN)
    )
    assert incumbent.seen() == []
