"""R6 skills, R7 pupils, R9 capacity and R10 size: whom a visit records."""

from collections import Counter
from collections.abc import Iterator

from ektp_sched.domain import School, Team
from ektp_sched.language import _
from ektp_sched.rulebook.facts import Breach, Facts, Stay
from ektp_sched.rulebook.words import amount


def r6_skills(facts: Facts) -> Iterator[Breach]:
    """R6: the team's skills contain all of the school's needs."""
    for stay in facts.live:
        missing = sorted(stay.school.needs - stay.team.skills)
        if missing:
            what = _(
                "the school needs {needs}, which the team does not offer", needs=", ".join(missing)
            )
            yield facts.at_stay(stay, len(missing), "skills", what)


def r7_pupils(facts: Facts) -> Iterator[Breach]:
    """R7: no more pupils than a cohort has, and none before its record_from.

    "Per school and cohort, the visits together record at most the cohort's students, and none
    before its record_from."
    """
    for stays in facts.by_school.values():
        yield from _too_many(facts, stays)
    for stay in facts.live:
        yield from _too_young(facts, stay)


def _too_many(facts: Facts, stays: list[Stay]) -> Iterator[Breach]:
    school = stays[0].school
    for cohort in school.cohorts:
        recording = [stay for stay in stays if cohort.name in stay.visit.students]
        total = sum(stay.visit.students[cohort.name] for stay in recording)
        by = total - cohort.students
        if by > 0 and not all(stay.done for stay in recording):
            what = _(
                "{pupils} of {cohort} recorded, {by} more than the {stated} there are",
                pupils=amount(total, "pupils"),
                cohort=cohort.name,
                by=by,
                stated=cohort.students,
            )
            yield facts.at_school(recording, by, "pupils", what)


def _too_young(facts: Facts, stay: Stay) -> Iterator[Breach]:
    for name, students in stay.visit.students.items():
        since = facts.index.cohorts[stay.school.id, name].record_from
        if since and stay.visit.date < since:
            what = _(
                "{pupils} of {cohort} recorded, who are 16 only from {since}",
                pupils=amount(students, "pupils"),
                cohort=name,
                since=since,
            )
            yield facts.at_stay(stay, students, "pupils", what)


def r9_capacity(facts: Facts) -> Iterator[Breach]:
    """R9: a visit records no more pupils than its kits can in the time between set-up and pack-up.

    "A visit records at most floor((stay − setup − teardown minutes) × 60 × kits ÷
    seconds_per_student) pupils."
    """
    for stay in facts.live:
        room = capacity(stay.school, stay.team, stay.span[1] - stay.span[0])
        by = stay.recorded - room
        if by > 0:
            what = _(
                "{pupils} more than fit in the stay (capacity {room})",
                pupils=amount(by, "pupils"),
                room=room,
            )
            yield facts.at_stay(stay, by, "pupils", what)


def capacity(school: School, team: Team, minutes: int) -> int:
    """Pupils that the team can record at the school in a stay of that many minutes (R9)."""
    recording = max(0, minutes - school.setup_minutes - school.teardown_minutes)
    return recording * 60 * team.kits // pace(school, team)


def pace(school: School, team: Team) -> int:
    """Seconds a pupil takes at one kit: the school's where it states them, else the team's."""
    return school.seconds_per_student or team.seconds_per_student


def r10_size(facts: Facts) -> Iterator[Breach]:
    """R10: a visit is worth the trouble, or takes all who are left.

    "A visit records at least min(min_students, the pupils of the school that could be recorded on
    that date and were not by earlier visits) pupils, and at least 1."
    """
    for stays in facts.by_school.values():
        recorded: Counter[str] = Counter()
        for stay in stays:
            if not stay.done:
                yield from _too_small(facts, stay, _left(stay, recorded))
            recorded.update(stay.visit.students)


def _left(stay: Stay, recorded: Counter[str]) -> int:
    return sum(
        max(0, cohort.students - recorded[cohort.name])
        for cohort in stay.school.cohorts
        if cohort.record_from is None or cohort.record_from <= stay.visit.date
    )


def _too_small(facts: Facts, stay: Stay, left: int) -> Iterator[Breach]:
    least = max(1, min(stay.school.min_students, left))
    by = least - stay.recorded
    if by > 0:
        what = _(
            "{pupils} recorded, {by} fewer than the {least} that make a visit worthwhile "
            "({left} left)",
            pupils=amount(stay.recorded, "pupils"),
            by=by,
            least=least,
            left=left,
        )
        yield facts.at_stay(stay, by, "pupils", what)
