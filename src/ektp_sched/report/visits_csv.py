"""The visits of a plan as CSV, for spreadsheets."""

from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Plan, Problem
from ektp_sched.files.csv_files import csv_text
from ektp_sched.report.visit_words import classes_of, team_names
from ektp_sched.texts.language import Language
from ektp_sched.texts.vocabulary import word

_COLUMNS = (
    "date",
    "start",
    "end",
    "team code",
    "team",
    "npsn",
    "school",
    "kind of school",
    "district",
    "pupil",
    "class",
    "status",
)
_SEPARATORS: dict[Language, str] = {"id": ";", "en": ","}


def visits_csv(problem: Problem, plan: Plan, *, language: Language) -> str:
    """A row for each visit in order of time, dates as YYYY-MM-DD and times as HH:MM.

    Columns are separated by ";" in Indonesian and by "," in English, as Excel expects it where
    these languages are spoken.
    """
    schools = {school.id: school for school in problem.schools}
    teams, called = problem.real_teams, team_names(problem, language)
    rows: list[list[str | int]] = []
    for visit in sorted(plan.visits, key=in_order):
        school, team = schools[visit.school], teams[visit.team]
        classes = ", ".join(f"{name}: {count}" for name, count in classes_of(visit, school))
        rows.append(
            [
                str(visit.date),
                f"{visit.start:%H:%M}",
                f"{visit.end:%H:%M}",
                team.id,
                called[visit.team],
                school.id,
                school.name,
                school.kind,
                school.district,
                visit.recorded,
                classes,
                word(visit.status, language).lower(),
            ]
        )
    headings = [word(name, language) for name in _COLUMNS]
    return csv_text(headings, rows, separator=_SEPARATORS[language])
