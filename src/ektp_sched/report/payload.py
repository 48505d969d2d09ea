"""What the page's script needs, as plain JSON: the data of the charts and their specifications."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any, get_args

from ektp_sched.domain import Location, Visit, VisitStatus, minute_of
from ektp_sched.language import Language
from ektp_sched.report.charts import calendar_chart, ledger_chart, map_chart
from ektp_sched.report.dates import short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, Route, SchoolOutcome
from ektp_sched.report.texts import text
from ektp_sched.report.vocabulary import word

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
