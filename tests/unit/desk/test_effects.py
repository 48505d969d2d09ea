from ektp_sched.desk.differences import effects
from ektp_sched.domain import Plan, Visit
from tests.builders import MONDAY, TUESDAY, WEDNESDAY, a_plan, a_visit

VISIT = a_visit("S1", students={"X": 10, "XII": 30})
OTHER = a_visit("S2", date=TUESDAY)


def kinds(before: Plan, after: Plan) -> list[tuple[str, str, int]]:
    return [(one.school, one.kind, one.pupils) for one in effects(before, after)]


def with_pupils(**students: int) -> Visit:
    return VISIT.model_copy(update={"students": students})


def test_the_same_plan_changes_nothing() -> None:
    agreed = VISIT.model_copy(update={"status": "confirmed"})
    assert kinds(a_plan(VISIT, OTHER), a_plan(OTHER, agreed)) == []


def test_a_visit_falls_or_is_new() -> None:
    assert kinds(a_plan(VISIT, OTHER), a_plan(OTHER)) == [("S1", "falls", -40)]
    assert kinds(a_plan(OTHER), a_plan(VISIT, OTHER)) == [("S1", "new", 40)]


def test_a_visit_at_another_time_moves() -> None:
    later = a_visit("S1", start="10:00", end="12:00", students={"X": 10, "XII": 25})
    (moved,) = effects(a_plan(VISIT), a_plan(later))
    assert (moved.kind, moved.pupils) == ("moves", -5)
    assert (moved.before, moved.after) == ((VISIT,), (later,))


def test_the_same_visit_with_fewer_other_or_more_pupils() -> None:
    before = a_plan(VISIT)
    assert kinds(before, a_plan(with_pupils(X=10, XII=20))) == [("S1", "shrinks", -10)]
    assert kinds(before, a_plan(with_pupils(X=20, XII=20))) == [("S1", "regroups", 0)]
    assert kinds(before, a_plan(with_pupils(X=20, XII=30))) == [("S1", "grows", 10)]


def test_of_several_visits_only_those_that_change_are_told() -> None:
    second = a_visit("S1", date=TUESDAY, students=5)
    third = a_visit("S1", date=WEDNESDAY, students=5)
    (moved,) = effects(a_plan(VISIT, second), a_plan(VISIT, third))
    assert (moved.before, moved.after) == ((second,), (third,))


def test_the_greatest_losses_come_first_and_contingent_visits_are_left_aside() -> None:
    waiting = a_visit("S3", date=MONDAY, status="contingent")
    before = a_plan(VISIT, OTHER.model_copy(update={"students": {"XII": 50}}), waiting)
    assert kinds(before, a_plan()) == [("S2", "falls", -50), ("S1", "falls", -40)]
