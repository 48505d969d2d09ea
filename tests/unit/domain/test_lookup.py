"""Schools, teams and bases are found by what a planner calls them."""

from collections.abc import Callable

import pytest

from ektp_sched.desk.agree import refuse
from ektp_sched.desk.apply_changes import apply_changes, by_id
from ektp_sched.desk.call_up import call_up
from ektp_sched.desk.changes import Change, SchoolAdded, SchoolAsks, SchoolClosed, TeamOff
from ektp_sched.desk.explain.explain import explain
from ektp_sched.desk.follow_up import expecting
from ektp_sched.desk.interventions import MoreKits
from ektp_sched.desk.offer import offer
from ektp_sched.desk.replan.replan import replan
from ektp_sched.domain import EstimatedTravel, Plan, Problem
from ektp_sched.errors import PlanError, ProblemError, RequestError
from ektp_sched.report.letters import assignments, notices
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_base,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

NAMES = {
    "10702416": "SMA NEGERI 1 KOTA BENGKULU",
    "10702417": "SMA NEGERI 10 KOTA BENGKULU",
    "10702412": "SMA NEGERI 5 KOTA BENGKULU",
    "P99-a": "SMK Negeri 5 Kota Bengkulu",
    "69990001": "MAS Al Hasanah",
    "69990002": "MAS Al Hasanah",
}
PROBLEM = a_problem(
    bases=(a_base("B", name="Dinas Dukcapil"),),
    schools=tuple(a_school(key, name=name) for key, name in NAMES.items()),
    teams=(a_team("team-1", name="Tim 1"), a_team("team-2", name="Tim 2 Manna")),
)
PLAN = a_plan(a_visit("10702412", "team-1", students=40))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("10702412", "10702412"),
        (" 1070 2412 ", "10702412"),
        ("p99-A", "P99-a"),
        ("SMA NEGERI 5 KOTA BENGKULU", "10702412"),
        ("sma  negeri5 kota bengkulu", "10702412"),
        ("sman 5", "10702412"),
        ("SMKN 5", "P99-a"),
        ("SMAN 1", "10702416"),  # and not SMAN 10
        ("negeri 10", "10702417"),
    ],
)
def test_a_school_is_found_by_id_name_or_part_whatever_case_and_blanks(
    asked: str, found: str
) -> None:
    assert PROBLEM.school(asked).id == found


@pytest.mark.parametrize(
    ("asked", "found"), [("TEAM-1", "team-1"), ("tim1", "team-1"), ("manna", "team-2")]
)
def test_so_is_a_team(asked: str, found: str) -> None:
    assert PROBLEM.team(asked).id == found


def test_so_is_a_base_among_the_places() -> None:
    assert PROBLEM.place("dinas").id == "B"
    assert PROBLEM.place("sman 5").id == "10702412"


def complaint(work: Callable[[], object]) -> str:
    with pytest.raises((RequestError, PlanError, ProblemError)) as caught:
        work()
    (one,) = caught.value.complaints
    return str(one)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "mas al hasanah",
            "school: 2 schools fit 'mas al hasanah'. Say which one: MAS Al Hasanah (69990001), "
            "MAS Al Hasanah (69990002).",
        ),
        (
            "negeri 5",
            "school: 2 schools fit 'negeri 5'. Say which one: SMA NEGERI 5 KOTA BENGKULU "
            "(10702412), SMK Negeri 5 Kota Bengkulu (P99-a).",
        ),
    ],
)
def test_a_name_that_fits_several_is_asked_back_with_all_of_them(asked: str, told: str) -> None:
    assert complaint(lambda: PROBLEM.school(asked)) == told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("10702419", "Did you mean SMA NEGERI 5 KOTA BENGKULU (10702412), SMA NEGERI 1 KOTA"),
        ("SMA NEGRI 5 BENGKLU", "Did you mean SMA NEGERI 5 KOTA BENGKULU (10702412)"),
        ("al hasanax", "Did you mean MAS Al Hasanah (69990001) or MAS Al Hasanah (69990002)?"),
        ("xyz", "Use a name, a part of one, or an id such as 10702412, 10702416, "),
        ("", "Use a name, a part of one, or an id such as "),
    ],
)
def test_the_nearest_are_offered_where_none_fits(asked: str, told: str) -> None:
    message = complaint(lambda: PROBLEM.school(asked))
    assert message.startswith(f"school: school {asked!r} is not in the problem. {told}")


def test_where_there_is_none_that_is_said() -> None:
    empty = a_problem(schools=(), teams=())
    assert complaint(lambda: empty.team("A")).endswith("is not in the problem. There is none.")


def test_of_very_many_that_fit_some_are_told() -> None:
    many = a_problem(schools=tuple(a_school(f"S{n}") for n in range(10, 22)))
    assert complaint(lambda: many.school("sma")).endswith(" and 4 more.")


# Every question of the library finds them alike


def test_questions_about_a_school_take_its_name() -> None:
    assert offer(PROBLEM, PLAN, "sman 5", 1).school == "10702412"
    found = explain(PROBLEM, PLAN, "sman 5", time_limit=5, deterministic=True)
    assert (found.school, found.recorded) == ("10702412", 40)
    assert refuse(PROBLEM, PLAN, "sman 5", [PLAN.visits[0].date]).fallen == PLAN.visits
    assert {call.school for call in call_up(PROBLEM, PLAN, school="sman 5")} == {"10702412"}
    assert call_up(PROBLEM, PLAN, school="sman 1") == ()
    assert [one.school for one in expecting(PROBLEM, {"sman 1": 50})[1]] == ["10702416"]
    assert len(notices(PROBLEM, PLAN, language="id", schools=["sman 5"])) == 1
    assert len(assignments(PROBLEM, PLAN, language="id", teams=["tim 1"])) == 1


def test_a_relief_takes_the_name_of_a_team() -> None:
    more = MoreKits(team="Tim 1").apply(PROBLEM)
    assert [team.kits for team in more.teams] == [3, 2]


def test_changes_take_names_and_are_told_by_ids() -> None:
    new = a_school("S9", name="SMA Baru")
    changes: list[Change] = [
        SchoolAdded(school=new, minutes={"dinas": 12}),
        SchoolClosed.model_validate({"school": "sma baru", "start": MONDAY, "end": MONDAY}),
        TeamOff.model_validate({"team": "tim 1", "start": TUESDAY, "end": TUESDAY}),
    ]
    problem = PROBLEM.model_copy(update={"travel": EstimatedTravel()})
    added, closed, off = by_id(problem, changes)
    assert isinstance(added, SchoolAdded)
    assert (added.minutes, closed.school, off.team) == ({"B": 12}, "S9", "team-1")  # type: ignore[union-attr]
    after = apply_changes(problem, changes)[-1]
    assert after.schools[-1].closed
    assert after.teams[0].off


def test_two_changes_contradict_each_other_whatever_they_call_the_school() -> None:
    day = {"date": MONDAY, "start": "08:00", "end": "12:00"}
    closed = {"start": MONDAY, "end": MONDAY}
    changes: list[Change] = [
        SchoolClosed.model_validate({"school": "10702412", **closed}),
        SchoolAsks.model_validate({"school": "sman 5", **day}),
    ]
    assert "it contradicts changes[0]" in complaint(lambda: apply_changes(PROBLEM, changes))


def test_a_plan_is_repaired_after_changes_by_name() -> None:
    closed = SchoolClosed.model_validate({"school": "sman 5", "start": MONDAY, "end": MONDAY})
    outcome = replan(PROBLEM, PLAN, [closed], time_limit=4, deterministic=True)
    assert [pair.before for pair in outcome.diff.moved] == [PLAN.visits[0]]


def test_a_change_of_what_is_not_there_is_told_with_its_place_and_the_nearest() -> None:
    off = TeamOff.model_validate({"team": "Tim 3 Mana", "start": MONDAY, "end": MONDAY})
    assert complaint(lambda: apply_changes(PROBLEM, [off])) == (
        "changes[0] (team_off).team: team 'Tim 3 Mana' is not in the problem. Did you mean Tim 2 "
        "Manna (team-2)?"
    )


# Files are exact, and the nearest is offered


def unknown(field: str, value: str) -> Plan:
    return a_plan(a_visit("10702412", "team-1").model_copy(update={field: value}))


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (
            lambda: PROBLEM.require_match(unknown("school", "10702413")),
            "visits[0].school: school '10702413' is not in the problem. Did you mean SMA NEGERI",
        ),
        (
            lambda: PROBLEM.require_match(unknown("team", "Tim-1")),
            "visits[0].team: team 'Tim-1' is not in the problem. Did you mean Tim 1 (team-1)",
        ),
        (
            lambda: a_problem(teams=(a_team(base="Base"),)),
            "teams[0] (Team A).base: team 'A' starts from base 'Base', which is not in bases. Did "
            "you mean Base B (B)?",
        ),
    ],
)
def test_an_id_that_is_not_there_offers_the_nearest(
    work: Callable[[], Problem | None], told: str
) -> None:
    assert complaint(work).startswith(told)
