"""A visit that is done: whom it recorded, and what becomes of the others."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from ektp_sched.desk.promises import in_order, with_status
from ektp_sched.desk.revise import refusal, with_school
from ektp_sched.desk.said import Names, short_day
from ektp_sched.desk.stand_ins import is_of_crew
from ektp_sched.domain import Cohort, Problem, School, Visit
from ektp_sched.domain.scalars import Asked, Clock, Day, Pupils, Text
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount

SEVENTEEN_AFTER_SIXTEEN = dt.timedelta(days=365)


class VisitDone(Asked):
    """A planned visit is done. All counts are by cohort.

    `absent` and `failed` (no usable print or photo) remain due. `already` have a card or were
    recorded elsewhere: they are due no longer. `under_16` are due from `sixteen_on` on; where that
    is not given, not before the horizon ends.

    `team` and `start` are needed only where the school has several visits on the date.
    """

    kind: Literal["visit_done"] = "visit_done"
    school: Text
    date: Day
    team: Text | None = None
    start: Clock | None = None
    recorded: Mapping[Text, Pupils]
    absent: Mapping[Text, Pupils] = {}
    already: Mapping[Text, Pupils] = {}
    failed: Mapping[Text, Pupils] = {}
    under_16: Mapping[Text, Pupils] = {}
    sixteen_on: Day | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with the visit in its history and the cohorts as they now are."""
        visit = visit_of(problem, self)
        self._require_due(problem)
        done = with_status(visit, "done").model_copy(
            update={"students": {name: n for name, n in self.recorded.items() if n}}
        )
        visits = tuple(done if one == visit else one for one in problem.commitments)
        since = self.sixteen_on or problem.end + dt.timedelta(days=1)
        problem = problem.model_copy(update={"commitments": visits})
        return with_school(problem, self.school, lambda school: self._recounted(school, since))

    def _require_due(self, problem: Problem) -> None:
        """Make sure that no more pupils are told of than were due."""
        told: Counter[str] = Counter()
        for counts in (self.recorded, self.absent, self.already, self.failed, self.under_16):
            told.update(counts)
        due = due_after_history(problem, problem.school(self.school))
        for name, number in told.items():
            if name not in due:
                what = _(
                    "school {school!r} has no cohort {cohort!r}", school=self.school, cohort=name
                )
                raise refusal(
                    "recorded",
                    what,
                    _("Its cohorts are: {known}.", known=", ".join(map(repr, due))),
                )
            if number > due[name]:
                what = _(
                    "{number} pupils of cohort {cohort!r} are told of, but {due} are due",
                    number=number,
                    cohort=name,
                    due=due[name],
                )
                remedy = _("Correct the counts, or say with pupils_counted before it how many are.")
                raise refusal("recorded", what, remedy)

    def _recounted(self, school: School, since: dt.date) -> School:
        """The school without those who have a card, and with those under 16 apart."""
        cohorts = {cohort.name: cohort for cohort in school.cohorts}

        def count(cohort: Cohort, more: int) -> None:
            there = cohorts.get(cohort.name, cohort)
            number = there.students + more
            cohorts[cohort.name] = there.model_copy(update={"students": number})

        for cohort in school.cohorts:
            young = self.under_16.get(cohort.name, 0)
            count(cohort, -young - self.already.get(cohort.name, 0))
            if young:
                count(_later(cohort, since), young)
        return school.model_copy(update={"cohorts": tuple(cohorts.values())})

    def said(self, names: Names) -> str:
        """The change in a few words."""
        count = amount(sum(self.recorded.values()), "pupils")
        school = names.schools[self.school]
        return _(
            "{school} done on {day} with {pupils}",
            school=school,
            day=short_day(self.date),
            pupils=count,
        )


def visit_of(problem: Problem, change: VisitDone) -> Visit:
    """The planned visit that a change says is done.

    Raises
    ------
    RequestError
        There is none, it is done already, or there are several.
    """
    problem.school(change.school)
    fitting = [
        visit
        for visit in problem.commitments
        if (visit.school, visit.date) == (change.school, change.date)
        and (change.team is None or is_of_crew(problem, visit.team, change.team))
        and change.start in {None, visit.start}
    ]
    planned = [visit for visit in fitting if visit.status != "done"]
    if not planned and fitting:
        what = _(
            "the visit of school {school!r} on {date} is done already",
            school=change.school,
            date=change.date,
        )
        raise refusal("date", what, _("Leave the change out, or correct the date."))
    if not planned:
        visits = sorted((v for v in problem.commitments if v.school == change.school), key=in_order)
        real = problem.real_teams
        known = ", ".join(
            _("{date} {start} by {team}", date=v.date, start=v.start, team=real[v.team].id)
            for v in visits
        )
        what = _(
            "no visit of school {school!r} is planned on {date}",
            school=change.school,
            date=change.date,
        )
        raise refusal("date", what, _("Its visits are: {known}.", known=known or _("(none)")))
    if len(planned) > 1:
        what = _(
            "{count} visits of school {school!r} are planned on {date}",
            count=len(planned),
            school=change.school,
            date=change.date,
        )
        raise refusal("team", what, _("Say which one by its team and start."))
    return planned[0]


def due_after_history(problem: Problem, school: School) -> dict[str, int]:
    """Pupils of each cohort whom no done visit recorded."""
    recorded: Counter[str] = Counter()
    for visit in problem.commitments:
        if visit.school == school.id and visit.status == "done":
            recorded.update(visit.students)
    return {one.name: max(0, one.students - recorded[one.name]) for one in school.cohorts}


def _later(cohort: Cohort, since: dt.date) -> Cohort:
    """The cohort, without pupils, of those who are 16 only from that date on."""
    return cohort.model_copy(
        update={
            "name": _("{cohort} (16 on {date})", cohort=cohort.name, date=since),
            "students": 0,
            "record_from": since,
            "card_from": since + SEVENTEEN_AFTER_SIXTEEN,
        }
    )
