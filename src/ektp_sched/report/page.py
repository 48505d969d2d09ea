"""The page: one file with everything in it, opened in any browser, without a network."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from functools import partial
from itertools import zip_longest
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ektp_sched import __version__
from ektp_sched.desk.promises import in_order, place_of
from ektp_sched.domain import Location, Plan, Problem, Visit, VisitStatus, minute_of
from ektp_sched.errors import Complaint, RequestError, extra
from ektp_sched.files.outputs import write_file
from ektp_sched.report.aims import tier_in_words, tiers_in_words
from ektp_sched.report.charts import calendar_chart, ledger_chart, map_chart
from ektp_sched.report.dates import long_day, period, short_day, weeks
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, Route, SchoolOutcome, figures, outcome_in
from ektp_sched.report.texts import text
from ektp_sched.report.visit_words import ReasonsInWords
from ektp_sched.texts.language import Language, _, usual_language
from ektp_sched.texts.vocabulary import word

Row = dict[str, Any]

_KM_PER_DEGREE = radians(1) * 6371.0088
_MONDAY = 0


class Payload:
    """An outcome as data for the script; real teams, districts and days are numbers there."""

    def __init__(self, outcome: Outcome, language: Language) -> None:
        self.outcome, self.language = outcome, language
        real = outcome.real_teams
        self.team_ids = [id_ for id_, team in real.items() if team.id == id_]
        self.districts = sorted({school.district for school in outcome.problem.schools})
        numbers = {id_: n for n, id_ in enumerate(self.team_ids)}
        self._team = {id_: numbers[team.id] for id_, team in real.items()}
        self._district_name = {school.id: school.district for school in outcome.problem.schools}
        numbered = {district: n for n, district in enumerate(self.districts)}
        self._district = {id_: numbered[name] for id_, name in self._district_name.items()}
        self._day = {day: n for n, day in enumerate(outcome.days)}
        self._labels = [short_day(day, language) for day in outcome.days]
        middles = sorted(school.location.lat for school in outcome.problem.schools)
        self._wide = cos(radians(middles[len(middles) // 2])) if middles else 1.0

    def district_of(self, school: str) -> str:
        """The name of a school's district."""
        return self._district_name[school]

    def keys(self, visit: Visit) -> Row:
        """Team, district and day of a visit, as the filter compares them.

        Done visits may lie outside the horizon: before it on day -1, after it on the day past it.
        """
        outside = -1 if visit.date < self.outcome.days[0] else len(self.outcome.days)
        return {
            "team": self._team[visit.team],
            "district": self._district[visit.school],
            "day": self._day.get(visit.date, outside),
        }

    def school_keys(self, one: SchoolOutcome) -> Row:
        """District and teams of a school, as the filter compares them."""
        teams = sorted({self._team[visit.team] for visit in one.visits})
        return {"district": self._district[one.school.id], "teams": teams}

    def as_json(self) -> Row:
        """All of it."""
        planned = [visit for visit in self.outcome.visits if visit.date in self._day]
        return {
            "days": [day.isoformat() for day in self.outcome.days],
            "visits": [self._visit(visit) for visit in planned],
            "schools": [self._school(one) for one in self.outcome.schools],
            "stops": [stop for route in self.outcome.routes for stop in self._stops(route)],
            "rows": self._rows(),
            "deliveries": self._deliveries(),
            "charts": self._charts(planned),
            "texts": self._texts(),
            "language": self.language,
        }

    def _visit(self, visit: Visit) -> Row:
        keys = self.keys(visit)
        return {
            **keys,
            "row": f"{self._labels[keys['day']]} · {self.outcome.team_names[visit.team]}",
            "order": keys["day"] * len(self.team_ids) + keys["team"],
            "start": minute_of(visit.start),
            "end": minute_of(visit.end),
            "school": self.outcome.school_names[visit.school],
            "pupils": visit.recorded,
            "status": visit.status,
        }

    def _school(self, one: SchoolOutcome) -> Row:
        figures = f"{number(one.recorded, self.language)} / {number(one.pupils, self.language)}"
        state = text(one.state, self.language)
        return {
            **self.school_keys(one),
            **self._place(one.school.location),
            "pupils": one.pupils,
            "state": one.state,
            "tip": f"{one.name}\n{figures} {word('pupil', self.language).lower()}, {state}",
        }

    def _stops(self, route: Route) -> list[Row]:
        if route.date not in self._day:
            return []
        keys = {"team": self._team[route.team], "day": self._day[route.date]}
        team = self.outcome.team_names[route.team]
        named = [
            f"{self.outcome.school_names[visit.school]}, {visit.start:%H:%M}"
            for visit in route.visits
        ]
        base = f"{word('base', self.language)}, {team}"
        places = zip([base, *named, base], route.places, strict=True)
        orders = [*range(len(named) + 1), 0]
        return [
            {**keys, **self._place(place), "order": order, "tip": name}
            for order, (name, place) in zip(orders, places, strict=True)
        ]

    def _place(self, location: Location) -> Row:
        """Kilometres east and north, as good as a city needs."""
        x, y = location.lon * _KM_PER_DEGREE * self._wide, location.lat * _KM_PER_DEGREE
        return {"x": round(x, 3), "y": round(y, 3)}

    def _rows(self) -> list[Row]:
        uncertain = self.outcome.rows_with_contingent if self.outcome.is_uncertain else ()
        levels = [row.closing for row in uncertain]
        return [
            {
                "day": day,
                "level": row.closing,
                "reserve": row.reserve,
                **({"uncertain": levels[day]} if levels else {}),
            }
            for day, row in enumerate(self.outcome.report.ledger.rows)
        ]

    def _deliveries(self) -> list[Row]:
        certain = self.outcome.report.ledger.rows
        return [
            {
                "day": self._day[one.date],
                "cards": one.cards,
                "confirmed": one.confirmed,
                "level": (certain if one.confirmed else self.outcome.rows_with_contingent)[
                    self._day[one.date]
                ].closing,
                "tip": self._delivery_tip(one.cards, confirmed=one.confirmed),
            }
            for one in self.outcome.problem.stock.deliveries
            if one.date in self._day
        ]

    def _delivery_tip(self, cards: int, *, confirmed: bool) -> str:
        name = "delivery_confirmed" if confirmed else "delivery_unconfirmed"
        return f"{text(name, self.language)}: {number(cards, self.language)}"

    def _charts(self, planned: list[Visit]) -> Mapping[str, Row]:
        last = len(self.outcome.days) - 1
        rows = self.outcome.report.ledger.rows
        more = self.outcome.rows_with_contingent if self.outcome.is_uncertain else ()
        return {
            "calendar": calendar_chart(
                opens=min((minute_of(visit.start) for visit in planned), default=7 * 60),
                closes=max((minute_of(visit.end) for visit in planned), default=16 * 60),
                last=last,
                words={name: word(name, self.language).lower() for name in get_args(VisitStatus)},
                pupils=text("n_pupils", self.language, n="").strip(),
            ),
            "map": map_chart(
                last=last, largest=max((one.pupils for one in self.outcome.schools), default=1)
            ),
            "ledger": ledger_chart(
                labels=self._labels,
                ticks=[n for n, day in enumerate(self.outcome.days) if day.weekday() == _MONDAY]
                or [0],
                lowest=min(0, *(row.closing for row in (*rows, *more))),
                highest=max(rows[0].reserve, 1, *(row.closing for row in (*rows, *more))),
                language=self.language,
            ),
        }

    def _texts(self) -> Mapping[str, str]:
        blanks = {name: f"{{{name}}}" for name in ("visits", "pupils", "schools")}
        return {
            "shown": text("shown", self.language, **blanks),
            "nothing": text("nothing_shown", self.language),
        }


Change = Literal["added", "dropped", "changed"]


class Difference(NamedTuple):
    """A visit as it was and as it is; one of them None where it is new or dropped."""

    school: str
    former: Visit | None
    now: Visit | None

    @property
    def latest(self) -> Visit:
        """The visit as it is, or as it was where it is dropped."""
        visit = self.now or self.former
        assert visit is not None  # one of both is there
        return visit

    @property
    def change(self) -> Change:
        """What happened to it."""
        if self.former is None:
            return "added"
        return "dropped" if self.now is None else "changed"


def differences(former: Plan, now: Plan) -> list[Difference]:
    """Visits that are not as they were, those of one school paired in order of time.

    As they were means as in term T8: the status does not matter.
    """
    before, after = _by_appointment(former), _by_appointment(now)
    gone, new = _by_school(before, after), _by_school(after, before)
    pairs = [
        Difference(school, *pair)
        for school in sorted(gone.keys() | new.keys())
        for pair in zip_longest(gone.get(school, ()), new.get(school, ()))
    ]
    return sorted(pairs, key=lambda pair: in_order(pair.latest))


def _by_appointment(plan: Plan) -> dict[Hashable, Visit]:
    return {(place_of(visit), frozenset(visit.students.items())): visit for visit in plan.visits}


def _by_school(
    some: dict[Hashable, Visit], others: dict[Hashable, Visit]
) -> dict[str, list[Visit]]:
    """The visits of `some` that are not in `others`, by school in order of time."""
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in sorted((some[key] for key in some.keys() - others.keys()), key=in_order):
        groups[visit.school].append(visit)
    return groups


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
