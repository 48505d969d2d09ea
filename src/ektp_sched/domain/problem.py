"""The whole of what a planner states, and the cross-references that must hold in it."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from ektp_sched.domain.lookup import find, nearest_id
from ektp_sched.domain.places import Base, EstimatedTravel, MatrixTravel, Travel
from ektp_sched.domain.plan import Plan, Visit
from ektp_sched.domain.policy import Floor, Policy
from ektp_sched.domain.scalars import Day, Stated, Text, Weekdays, fault, repetition
from ektp_sched.domain.schools import School
from ektp_sched.domain.showing import Shown
from ektp_sched.domain.stock import Stock
from ektp_sched.domain.teams import Team, real_teams
from ektp_sched.errors import Complaint, PlanError
from ektp_sched.texts.language import _, ngettext

MAX_HORIZON_DAYS = 731
MOST_EXAMPLES = 3  # of complaints about a plan of another problem


class Problem(Shown, Stated):
    """An office's planning problem over the dates `start` to `end`, both included."""

    name: Text
    start: Day
    end: Day
    time_zone: Text = "Asia/Jakarta"
    time_step: Annotated[int, Field(strict=True, ge=1, le=240)] = 5
    working_days: Weekdays = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[Day, ...] = ()
    bases: tuple[Base, ...]
    schools: tuple[School, ...]
    teams: tuple[Team, ...]
    travel: Travel = EstimatedTravel()
    stock: Stock
    policy: Policy = Policy()
    commitments: tuple[Visit, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise fault(
                "time_zone",
                _("{name!r} is no time zone", name=name),
                _("Write Asia/Jakarta, Asia/Makassar, Asia/Jayapura or another IANA name."),
            ) from None
        return name

    @model_validator(mode="after")
    def _start_not_after_end(self) -> Self:
        if self.start > self.end:
            raise fault(
                "horizon_backwards",
                _("end {end} is before start {start}", end=self.end, start=self.start),
                _("Swap the dates."),
                at=("end",),
            )
        return self

    @model_validator(mode="after")
    def _horizon_not_endless(self) -> Self:
        if self.end - self.start >= timedelta(days=MAX_HORIZON_DAYS):
            raise fault(
                "horizon_too_long",
                _(
                    "{start} to {end} is more than {most} days",
                    start=self.start,
                    end=self.end,
                    most=MAX_HORIZON_DAYS,
                ),
                _("Check the years; plan at most two years at once."),
                at=("end",),
            )
        return self

    @model_validator(mode="after")
    def _place_ids_once(self) -> Self:
        if again := repetition(self.place_ids):
            index, name = again
            school = index - len(self.bases)
            raise fault(
                "id_twice",
                _("id {name!r} is used by more than one base or school", name=name),
                _("Give every base and school its own id."),
                at=("bases", index, "id") if school < 0 else ("schools", school, "id"),
            )
        return self

    @model_validator(mode="after")
    def _team_ids_once(self) -> Self:
        if again := repetition(team.id for team in self.teams):
            index, name = again
            raise fault(
                "id_twice",
                _("id {name!r} is used by more than one team", name=name),
                _("Give every team its own id."),
                at=("teams", index, "id"),
            )
        return self

    @model_validator(mode="after")
    def _stand_ins_of_teams(self) -> Self:
        stands_in = {team.id: team.stands_in_for for team in self.teams}
        for n, team in enumerate(self.teams):
            passed, other = {team.id}, team.stands_in_for
            while other is not None:
                if other not in stands_in or other in passed:
                    known = {t.id for t in self.teams if t.stands_in_for is None}
                    raise fault(
                        "no_real_team",
                        _("team {team!r} stands in for no team that is there", team=team.id),
                        _("Leave it out, or name one of: {known}.", known=_listing(known)),
                        at=("teams", n, "stands_in_for"),
                    )
                passed.add(other)
                other = stands_in[other]
        return self

    @model_validator(mode="after")
    def _team_bases_known(self) -> Self:
        known = {base.id: base.name for base in self.bases}
        for n, team in enumerate(self.teams):
            if team.base not in known:
                raise fault(
                    "unknown_base",
                    _(
                        "team {team!r} starts from base {base!r}, which is not in bases",
                        team=team.id,
                        base=team.base,
                    ),
                    nearest_id(known, team.base)
                    or _("Add that base or use one of: {known}.", known=_listing(known)),
                    at=("teams", n, "base"),
                )
        return self

    @model_validator(mode="after")
    def _matrix_covers_places(self) -> Self:
        if isinstance(self.travel, MatrixTravel):
            missing = set(self.place_ids) - set(self.travel.places)
            if missing:
                raise fault(
                    "matrix_incomplete",
                    _("the matrix lacks {places}", places=_listing(missing)),
                    _("Give every base and school a row and a column."),
                    at=("travel", "places"),
                )
        return self

    @model_validator(mode="after")
    def _travel_places_known(self) -> Self:
        known = {place.id: place.name for place in self._places}
        for at, place in _named_places(self.travel):
            if place not in known:
                raise fault(
                    "unknown_place",
                    _("{place!r} is no base or school", place=place),
                    nearest_id(known, place) or _("Correct the id or remove the entry."),
                    at=("travel", *at),
                )
        return self

    @model_validator(mode="after")
    def _floor_groups_known(self) -> Self:
        for n, floor in enumerate(self.policy.floors):
            known = {getattr(school, floor.by) for school in self.schools}
            if floor.value not in known:
                raise fault(
                    "unknown_group",
                    _nobody_in(floor),
                    _("Use one of: {known}.", known=_listing(known))
                    if known
                    else _("There is no school yet: add schools, or take the floor out."),
                    at=("policy", "floors", n, "value"),
                )
        return self

    @model_validator(mode="after")
    def _commitments_known(self) -> Self:
        for at, what, remedy in _unknown_names(self, self.commitments):
            raise fault("unknown_name", what, remedy, at=("commitments", *at))
        return self

    @model_validator(mode="after")
    def _commitments_once(self) -> Self:
        keys = (str((v.school, v.team, v.date, v.start)) for v in self.commitments)
        if again := repetition(keys):
            index, visit = again[0], self.commitments[again[0]]
            raise fault(
                "commitment_twice",
                _(
                    "commitments hold {school} by {team} on {date} at {start} more than once",
                    school=visit.school,
                    team=visit.team,
                    date=visit.date,
                    start=visit.start,
                ),
                _("Keep one of them."),
                at=("commitments", index),
            )
        return self

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the JSON of the problem, in hexadecimal; it changes when anything does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def real_teams(self) -> dict[str, Team]:
        """The real team of each team, by id; a stand-in's is the one that it stands in for."""
        return real_teams(self.teams)

    @property
    def place_ids(self) -> list[str]:
        """Ids of all bases, then of all schools."""
        return [base.id for base in self.bases] + [school.id for school in self.schools]

    def school(self, asked: str) -> School:
        """The school that `asked` means: its id, its name, or a part of its name.

        Upper or lower case and blanks make no difference, and "SMAN 5" is "SMA Negeri 5".

        Raises
        ------
        RequestError
            None fits, with the nearest ones; or several do, with which.
        """
        return find(self.schools, asked, "school")

    def team(self, asked: str) -> Team:
        """The team that `asked` means, and RequestError, as with school()."""
        return find(self.teams, asked, "team")

    def place(self, asked: str) -> Base | School:
        """The base or school that `asked` means, and RequestError, as with school()."""
        return find(self._places, asked, "base or school")

    @property
    def _places(self) -> tuple[Base | School, ...]:
        return (*self.bases, *self.schools)

    def _shown(self) -> Iterator[str]:
        pupils = sum(cohort.students for school in self.schools for cohort in school.cohorts)
        yield _("{name}, {start} to {end}", name=self.name, start=self.start, end=self.end)
        yield ", ".join(
            (
                ngettext("{n} school", "{n} schools", len(self.schools)),
                ngettext("{n} pupil", "{n} pupils", pupils),
                ngettext("{n} team", "{n} teams", len(self.teams)),
                ngettext("{n} blank", "{n} blanks", self.stock.opening),
                ngettext("{n} commitment", "{n} commitments", len(self.commitments)),
            )
        )

    def known_part(self, plan: Plan) -> Plan:
        """The plan without the visits that name what this problem does not know."""
        unknown = {index for (index, _key), _what, _remedy in _unknown_names(self, plan.visits)}
        known = (visit for n, visit in enumerate(plan.visits) if n not in unknown)
        return Plan(visits=tuple(known))

    def require_match(self, plan: Plan) -> None:
        """Make sure that every visit of `plan` names a school, cohorts and a team of this problem.

        Raises
        ------
        PlanError
            With one complaint for each unknown name. Where there are many, and most schools are
            unknown: that the plan belongs to another problem, and the first few.
        """
        complaints = [
            Complaint(f"visits[{index}].{key}", what, remedy)
            for (index, key), what, remedy in _unknown_names(self, plan.visits)
        ]
        if len(complaints) > MOST_EXAMPLES and (foreign := _foreign(self, plan)):
            complaints = [foreign, *complaints[:MOST_EXAMPLES]]
        if complaints:
            raise PlanError(complaints)


def _named_places(
    travel: EstimatedTravel | MatrixTravel,
) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Each place that travel names, after the way to it."""
    for n, way in enumerate(travel.overrides):
        yield ("overrides", n, "from"), way.from_place
        yield ("overrides", n, "to"), way.to_place
    if isinstance(travel, MatrixTravel):
        for n, place in enumerate(travel.places):
            yield ("places", n), place


def _nobody_in(floor: Floor) -> str:
    if floor.by == "district":
        return _("a floor is set for district {name!r}, which no school has", name=floor.value)
    return _("a floor is set for kind {name!r}, which no school has", name=floor.value)


def _foreign(problem: Problem, plan: Plan) -> Complaint | None:
    """That a plan belongs to another problem, if it does not know most of the plan's schools."""
    schools = {visit.school for visit in plan.visits}
    unknown = schools - {school.id for school in problem.schools}
    if 2 * len(unknown) <= len(schools):
        return None
    what = _(
        "this plan belongs to another problem: {unknown} of {count} schools are unknown, for "
        "example {example}",
        unknown=len(unknown),
        count=len(schools),
        example=min(unknown),
    )
    return Complaint("", what, _("Give the problem that it was made for."))


def _unknown_names(
    problem: Problem, visits: Iterable[Visit]
) -> Iterable[tuple[tuple[int, str], str, str]]:
    """Index and key, what and remedy for each name in `visits` that the problem does not know."""
    cohorts = {school.id: {c.name for c in school.cohorts} for school in problem.schools}
    schools = {school.id: school.name for school in problem.schools}
    teams = {team.id: team.name for team in problem.teams}
    for index, visit in enumerate(visits):
        if visit.school not in cohorts:
            what = _("school {asked!r} is not in the problem", asked=visit.school)
            remedy = _("Correct the id, or use the problem that has that school.")
            yield (index, "school"), what, nearest_id(schools, visit.school) or remedy
            continue
        for name in visit.students:
            if name not in cohorts[visit.school]:
                what = _("school {school!r} has no cohort {name!r}", school=visit.school, name=name)
                remedy = _("Its cohorts are: {known}.", known=_listing(cohorts[visit.school]))
                yield (index, "students"), what, remedy
        if visit.team not in teams:
            what = _("team {asked!r} is not in the problem", asked=visit.team)
            remedy = _("Use one of: {known}.", known=_listing(teams))
            yield (index, "team"), what, nearest_id(teams, visit.team) or remedy


def _listing(names: Iterable[str], *, most: int = 8) -> str:
    ordered = sorted(names)
    shown = ", ".join(repr(name) for name in ordered[:most]) or _("(none)")
    more = len(ordered) - most
    return _("{names} and {more} more", names=shown, more=more) if more > 0 else shown
