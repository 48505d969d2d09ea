"""The page: one file with everything in it, opened in any browser, without a network."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ektp_sched import __version__
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.extras import extra
from ektp_sched.io.outputs import write_file
from ektp_sched.language import Language, _, usual_language
from ektp_sched.report.aims import tier_in_words, tiers_in_words
from ektp_sched.report.dates import long_day, period, short_day, weeks
from ektp_sched.report.differences import differences
from ektp_sched.report.headline import figures
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, outcome_in
from ektp_sched.report.payload import Payload
from ektp_sched.report.reasons import ReasonsInWords
from ektp_sched.report.texts import text
from ektp_sched.report.vocabulary import word

with extra("report"):
    from ektp_sched.report.templating import asset, policy_of, template

if TYPE_CHECKING:
    from ektp_sched.solve import Result


def write_page(
    problem: Problem,
    plan: Plan,
    path: str | Path,
    *,
    result: "Result | None" = None,
    former: Plan | None = None,
    reasons: ReasonsInWords | None = None,
    language: Language | None = None,
    replace: bool = False,
) -> Path | None:
    """Write the page of a plan, whole or not at all; give the dated copy that was kept, if any.

    Parameters
    ----------
    result
        What solve() gave with this plan; without it the page says that nothing is proven.
    former
        An earlier plan of the same problem, to show what has changed.
    reasons
        By school id, sentences that say why the school does not get more, such as
        reasons_in_words() makes.
    language
        By default Indonesian where the user's locale is, English otherwise.
    replace
        Replace also a page that a person made or changed; a dated copy of it is kept.

    Raises
    ------
    PlanError
        `plan` or `former` names things that the problem does not know.
    RequestError
        `result` is that of another plan, or of another problem.
    FileError
        The file cannot be written, or a person made or changed what stands there.
    ExtraError
        The packages of the extra `report` are not installed.
    """
    page = page_of(
        problem,
        plan,
        result=result,
        former=former,
        reasons=reasons or {},
        language=language or usual_language(),
    )
    return write_file(path, page, replace=replace)


def page_of(
    problem: Problem,
    plan: Plan,
    *,
    result: "Result | None",
    former: Plan | None,
    reasons: ReasonsInWords,
    language: Language,
) -> str:
    """The page as text; see write_page()."""
    outcome = outcome_in(language, problem, plan, former=former)
    if result is not None:
        _require_same_problem(result, problem)
        _require_same_plan(result, outcome)
    payload = Payload(outcome, language)
    planned = [visit.date for visit in outcome.visits if visit.date in outcome.days]
    scripts = [asset("assets/vega.min.js"), asset("templates/page.js")]
    return template("page.html").render(
        **_tools(language),
        problem=problem,
        outcome=outcome,
        figures=figures(outcome, language),
        aims=result and tiers_in_words(result.tiers, problem, language),
        weeks=weeks(sorted(set(planned))),
        busiest=max(planned, key=planned.count, default=None),
        payload=payload,
        differences=None if former is None else differences(former, plan),
        reasons=reasons,
        low=min(outcome.report.ledger.rows, key=lambda row: row.closing),
        short=[row for row in outcome.report.ledger.rows if row.short],
        style=asset("templates/page.css"),
        scripts=scripts,
        policy=policy_of(scripts, evaluated=True),
        version=__version__,
    )


def _require_same_problem(result: "Result", problem: Problem) -> None:
    """Make sure that what the result proves is about this very problem."""
    if result.problem_fingerprint not in {None, problem.fingerprint}:
        what = _("the problem is not the one it was made for, so what is proven there may not hold")
        remedy = _("Plan again, or leave the result out.")
        raise RequestError([Complaint("result", what, remedy)])


def _require_same_plan(result: "Result", outcome: Outcome) -> None:
    """Make sure that the values that a result tells are those of the plan.

    Changes (T8) are compared only where the former plan is there to count them from.
    """
    score = outcome.report.score
    for tier in result.tiers:
        known = tier.term in type(score).model_fields
        if not known or (tier.term == "changes" and outcome.former is None):
            continue
        value = getattr(score, tier.term)
        if tier.value != value:
            what = _(
                "it is of another plan: {term} is {there} there, {here} in the plan",
                term=tier_in_words(tier.term),
                there=tier.value,
                here=value,
            )
            remedy = _("Give the result that was written together with the plan.")
            raise RequestError([Complaint("result", what, remedy)])


def _tools(language: Language) -> dict[str, Any]:
    """What the template calls to write words, numbers and dates."""
    return {
        "lang": language,
        "t": partial(_text, language),
        "word": partial(word, language=language),
        "n": partial(number, language=language),
        "day": partial(short_day, language=language),
        "long_day": partial(long_day, language=language),
        "period": partial(period, language=language),
    }


def _text(language: Language, name: str, **values: object) -> str:
    return text(name, language, **values)
