"""The page as text; what a browser makes of it is in tests/browser."""

import json
import re
from hashlib import sha256
from html import unescape
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.errors import FileError, RequestError
from ektp_sched.report import write_page
from ektp_sched.solve import Result, TierResult
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_cohort,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)

PLAN = a_plan(a_visit(students=40))


def page(
    folder: Path,
    problem: Problem | None = None,
    plan: Plan = PLAN,
    language: Any = "en",
    **more: Any,
) -> str:
    file = folder / "page.html"
    write_page(problem or a_problem(), plan, file, language=language, **more)
    return file.read_text(encoding="utf-8")


def payload_of(text: str) -> Any:
    (found,) = re.findall(r'<script type="application/json" id="payload">(.*?)</script>', text)
    return json.loads(found)


def a_result(plan: Plan = PLAN, *, value: int = 40, bound: int | None = 52) -> Result:
    gap = None if bound is None else (bound - value) / value
    tier = TierResult(term="students", sense="max", value=value, bound=bound, gap=gap)
    return Result(
        status="feasible",
        plan=plan,
        tiers=(tier,),
        runtime_seconds=1,
        stopped_by="time_limit",
        method="exact",
        reason="small",
    )


def test_the_bound_in_plain_words(tmp_path: Path) -> None:
    text = page(tmp_path, result=a_result())
    assert "40 pupils recorded: no plan can record more than 12 pupils more (gap 30%)" in text
    text = page(tmp_path, result=a_result(), language="id")
    assert "tidak ada rencana yang bisa merekam lebih dari 12 siswa lagi" in text


def test_nothing_proven_is_said(tmp_path: Path) -> None:
    assert "Nothing is proven about how much better" in page(tmp_path)
    assert "how much better a plan could be is not known" in page(
        tmp_path, result=a_result(bound=None)
    )


def test_the_result_of_another_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="students is 41 there, 40 in the plan"):
        page(tmp_path, result=a_result(value=41))
    assert not (tmp_path / "page.html").exists()


def test_reasons_stand_with_their_school(tmp_path: Path) -> None:
    text = page(tmp_path, reasons={"S1": ["Blanks run out.", "a < b"]})
    assert "Why not more" in text
    assert "Blanks run out.<br>a &lt; b" in text
    assert "Why not more" not in page(tmp_path)


def test_differences_from_a_former_plan(tmp_path: Path) -> None:
    former = a_plan(a_visit(date=TUESDAY, students=40))
    text = page(tmp_path, former=former)
    assert "0 visits stay as they were; 0 new, 0 dropped, 1 changed." in text
    assert "Tue 6 Aug 08:00–10:00, Team A, 40 pupils" in text
    assert "Nothing has changed" in page(tmp_path, former=PLAN)
    assert "Differences" not in page(tmp_path)


def test_broken_rules_are_on_the_page(tmp_path: Path) -> None:
    text = unescape(page(tmp_path, plan=a_plan(a_visit(end="10:02", students=40))))
    assert "This plan breaks rules, 1 in all." in text
    assert "R14" in text
    assert "no rule is broken" in page(tmp_path)


def test_blanks_that_lack_are_told(tmp_path: Path) -> None:
    stock = Stock(opening=5, walk_in_per_day=4)
    text = page(tmp_path, a_problem(stock=stock), a_plan())
    assert "The counters alone break the reserve from Tuesday" in text
    later = a_problem(stock=Stock(opening=10, cards="later"))
    assert "Recorded but not printed by the end: 30 cards." in page(tmp_path, later)
    none = a_problem(stock=Stock(opening=10, cards="none"))
    assert "Recording uses no blank cards here" in page(tmp_path, none)


def test_done_visits_outside_the_horizon_are_in_the_table_only(tmp_path: Path) -> None:
    past = a_visit(date="2024-08-01", students=10, status="done")
    problem = a_problem(commitments=(past,))
    text = page(tmp_path, problem, a_plan(past, *PLAN.visits))
    assert 'data-day="-1" data-pupils="10"' in text
    assert len(payload_of(text)["visits"]) == 1
    assert len(payload_of(text)["stops"]) == 3


def test_names_cannot_break_out(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    problem = a_problem(
        name=evil,
        schools=(a_school(name=evil, district=evil, kind=evil, cohorts=(a_cohort(evil),)),),
    )
    text = page(tmp_path, problem, a_plan(a_visit(students={evil: 40})))
    assert "alert(1)</script>" not in text
    assert text.count("<script") == 3
    assert payload_of(text)["visits"][0]["school"] == evil


def test_nothing_is_loaded_from_anywhere(tmp_path: Path) -> None:
    text = page(tmp_path)
    head = text[: text.index("<style>")]
    assert "default-src &#39;none&#39;" in head
    assert not re.search(r"<(?:link|img|iframe)|\bsrc=|@import|url\(", text.split("<script")[0])


def test_the_same_page_again(tmp_path: Path) -> None:
    assert page(tmp_path) == page(tmp_path)


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        write_page(a_problem(), PLAN, tmp_path / "nowhere" / "page.html", language="en")


def test_the_language_is_that_of_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ektp_sched.report.page.usual_language", lambda: "id")
    assert '<html lang="id">' in page(tmp_path, language=None)


def test_vega_is_the_version_that_its_readme_names() -> None:
    assets = resources.files("ektp_sched.report") / "assets"
    hashed = sha256((assets / "vega.min.js").read_bytes()).hexdigest()
    assert hashed in (assets / "README.md").read_text(encoding="utf-8")
    assert "University of Washington" in (assets / "vega.LICENSE").read_text(encoding="utf-8")


def test_a_day_is_counted_from_the_start(tmp_path: Path) -> None:
    payload = payload_of(page(tmp_path, plan=a_plan(a_visit(date=TUESDAY, students=40))))
    assert payload["days"][0] == MONDAY
    assert payload["visits"][0]["day"] == 1


def test_what_is_uncertain_stands_apart(tmp_path: Path) -> None:
    deliveries = (a_delivery(TUESDAY, 50), a_delivery(TUESDAY, 70, confirmed=False))
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2")), stock=Stock(opening=100, deliveries=deliveries)
    )
    maybe = a_visit("S2", date=TUESDAY, students=30, status="contingent")
    text = page(tmp_path, problem, a_plan(*PLAN.visits, maybe))
    assert "and 30 contingent ones, if blank cards are delivered" in text
    payload = payload_of(text)
    assert [(one["confirmed"], one["level"]) for one in payload["deliveries"]] == [
        (True, 110),
        (False, 150),
    ]
    assert [row["uncertain"] for row in payload["rows"]][:2] == [60, 150]
    assert "uncertain" not in payload_of(page(tmp_path))["rows"][0]


def test_tiers_of_several_terms_are_not_compared(tmp_path: Path) -> None:
    mixed = TierResult(term="2*students - travel", sense="max", value=60, bound=None, gap=None)
    changes = TierResult(term="changes", sense="min", value=3, bound=3, gap=0)
    result = a_result().model_copy(update={"tiers": (mixed, changes)})
    assert "60 = 2*students - travel: how much better" in page(tmp_path, result=result)
    with pytest.raises(RequestError, match="changes is 3 there, 0 in the plan"):
        page(tmp_path, result=result, former=PLAN)
