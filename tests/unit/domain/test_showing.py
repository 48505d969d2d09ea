"""What print() and notebooks show of results: a short table, not every field."""

import pytest

from ektp_sched.desk.agree import Agreed
from ektp_sched.desk.differences import diff_plans
from ektp_sched.desk.offer import Offer, Offers
from ektp_sched.desk.replan.result import Replanned
from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.showing import MOST_ROWS, Shown, Table
from ektp_sched.rulebook import Ledger, Report, check
from ektp_sched.solve import Progress, Result, TierResult
from ektp_sched.texts.language import speaking
from tests.builders import FRIDAY, MONDAY, TUESDAY, a_plan, a_problem, a_school, a_visit

TABLE = Table((("School", "text"), ("Pupils", "count")), [("<b>SMA</b> 1", "40"), ("SMA", "1,200")])
MANY = a_plan(*(a_visit(start=f"{8 + n % 9:02d}:00", end=f"{9 + n % 9:02d}:00") for n in range(14)))
PLAN = a_plan(a_visit(), a_visit("S2", date=TUESDAY, students=38))
PROBLEM = a_problem(schools=(a_school("S1"), a_school("S2")))


def a_result(plan: Plan | None = PLAN) -> Result:
    students = TierResult(term="students", sense="max", value=78, bound=80, gap=2 / 78)
    lessons = TierResult(term="lessons", sense="min", value=117_000, bound=None, gap=None)
    return Result(
        status="feasible",
        plan=plan,
        tiers=(students, lessons),
        runtime_seconds=1.25,
        stopped_by="time_limit",
        method="exact",
        reason="it is small",
    )


def test_columns_of_counts_stand_right_and_texts_left() -> None:
    assert TABLE.in_text() == "School        Pupils\n<b>SMA</b> 1      40\nSMA            1,200"


def test_markup_in_a_name_stays_text_in_a_notebook() -> None:
    assert "&lt;b&gt;SMA&lt;/b&gt; 1</td>" in TABLE.in_html()
    assert '<td style="text-align: right">1,200</td>' in TABLE.in_html()


def test_a_long_table_is_cut_and_says_so() -> None:
    lines = str(MANY).splitlines()
    assert lines[0] == "14 visits, 560 pupils"
    assert lines[-1] == "... and 4 more"
    assert len(lines) == 2 + 1 + MOST_ROWS + 1
    assert '<td colspan="6">... and 4 more</td>' in MANY._repr_html_()


def test_a_result_shows_its_tiers_and_its_first_visits() -> None:
    assert str(a_result()).splitlines() == [
        "feasible: 2 visits, 78 pupils, 1.2 s (time_limit)",
        "",
        "Term        Value  Bound   Gap",
        "students       78     80  2.6%",
        "lessons   117,000",
        "",
        "Date        Day  Team  Time         School  Pupils",
        "2024-08-05  Mon  A     08:00-10:00  S1          40",
        "2024-08-06  Tue  A     08:00-10:00  S2          38",
    ]
    assert str(a_result(None)).startswith("feasible: no plan, 1.2 s")


def test_a_status_is_shown_where_not_all_visits_are_proposed() -> None:
    shown = str(a_plan(a_visit(status="confirmed"), a_visit("S2", date=TUESDAY)))
    assert [line.split()[-1] for line in shown.splitlines()[2:]] == [
        "Status",
        "confirmed",
        "proposed",
    ]


def test_a_report_shows_broken_rules_then_the_terms() -> None:
    good, bad = check(PROBLEM, PLAN), check(PROBLEM, a_plan(a_visit(start="08:01")))
    assert str(good).startswith("No rule is broken.\n\nTerm")
    assert str(bad).startswith(
        "The plan breaks rules, once:\n\nRule  What is wrong\nR14   SMA 1 on"
    )
    assert "students" in str(bad)


def test_a_step_of_the_search_is_one_line() -> None:
    step = Progress(elapsed_seconds=1.25, tier="students", value=78, bound=1_200, gap=14.385)
    assert str(step) == "1.2 s: students value 78, bound 1,200"
    step = Progress(elapsed_seconds=0, stage="compiling", share=0.25)
    assert str(step) == "0.0 s: compiling 25%"
    first = Progress(elapsed_seconds=0, tier="students", value=None, bound=None, gap=None)
    assert str(first) == "0.0 s: students"


def test_a_repaired_plan_shows_what_is_different_by_the_names_of_schools() -> None:
    new = a_plan(a_visit(), a_visit("S2", date=FRIDAY, students=38))
    shown = str(
        Replanned(
            problem=PROBLEM,
            published=PLAN,
            result=a_result(new),
            diff=diff_plans(PLAN, new),
            impossible=(),
            unmet=(),
            costs=(),
            forced=1,
            max_changes=None,
            recorded_before=78,
            recorded_standing=40,
            recorded_after=78,
            afresh=None,
        )
    )
    assert shown.startswith("78 pupils before, 40 stand, 78 now; 1 change of the plan.\n\nWhat is")
    assert "SMA 2: moved from Tue 6 Aug 08:00 (Team A) to Fri 9 Aug 08:00 (Team A)" in shown


def test_offers_show_when_by_whom_and_what_the_whole_plan_loses() -> None:
    score = check(PROBLEM, PLAN).score
    slot = a_visit(status="confirmed")
    cheap, dear = (
        Offer(
            number=number,
            visit=slot,
            score=score.model_copy(update={"students": score.students - loss}),
            effects=(),
            estimated=estimated,
            plan=PLAN,
            mark="m",
        )
        for number, loss, estimated in ((1, 0, False), (2, 12, True))
    )
    lines = str(Offers(school="S1", score=score, offers=(cheap, dear))).splitlines()
    assert lines[0] == "2 slots for S1"
    assert [line.split()[-2:] for line in lines[3:]] == [["+0", "proven"], ["-12", "estimated"]]


def test_what_was_agreed_shows_what_fell() -> None:
    agreed = Agreed(problem=PROBLEM, plan=a_plan(a_visit()), fallen=PLAN.visits[1:])
    assert str(agreed).startswith("1 visit, 40 pupils\nNo longer in the plan:\n\nDate")
    assert "SMA 2" in str(agreed)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (PROBLEM, "2 sekolah, 200 siswa, 1 tim, 1.000 blangko, 0 janji"),
        (a_result(), "feasible: 2 kunjungan, 78 siswa, 1,2 s (time_limit)"),
        (check(PROBLEM, PLAN), "Tidak ada aturan yang dilanggar."),
        (check(PROBLEM, PLAN).ledger, "Blangko: terendah 922 pada 6 Agu 2024, cadangan 0."),
    ],
)
def test_values_are_shown_in_the_language_spoken(value: Shown, words: str) -> None:
    with speaking("id"):
        assert words in str(value)
        assert repr(value) == str(value)
        assert words in value._repr_html_()


@pytest.mark.parametrize("model", [Problem, Plan, Result, Report, Ledger])
def test_all_fields_are_there_when_asked_for(model: type[Shown]) -> None:
    assert issubclass(model, Shown)
    assert MONDAY in str(PLAN.model_dump(mode="json"))
