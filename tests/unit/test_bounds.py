from ektp_sched.engine.bounds import Bounds, is_within


def test_a_bound_holds_while_the_plan_meets_what_it_stands_on() -> None:
    bounds = Bounds(3)
    bounds.add(2, -40, (80, -10))
    assert bounds.best(2, (80, -10, -50)) == -40
    assert bounds.best(2, (81, -9, -50)) == -40
    assert bounds.best(2, (81, -11, 0)) is None


def test_the_best_of_those_that_hold() -> None:
    bounds = Bounds(2)
    for value, kept in ((90, 10), (95, 10), (60, 20)):
        bounds.add(1, value, (kept,))
    assert bounds.best(1, (20,)) == 60
    assert bounds.best(1, (15,)) == 90


def test_a_tier_that_is_not_kept_is_not_asked_for() -> None:
    bounds = Bounds(2)
    bounds.add(1, 7, (None,))
    assert bounds.best(1, (-1_000,)) == 7
    assert bounds.best(0, ()) is None


def test_within_a_gap() -> None:
    assert is_within(100, 101, 0.01)
    assert not is_within(100, 102, 0.01)
    assert not is_within(100, None, 1)
    assert is_within(0, 0, 0)
