"""The small things that might serve a school more, each tried and verified in its turn."""

from collections.abc import Callable

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.longer_hours import longer_hours
from ektp_sched.desk.explaining.more_blanks import more_blanks
from ektp_sched.desk.explaining.more_capacity import (
    more_kits,
    more_skills,
    more_team_day,
    more_visits,
    team_day_and_blanks,
)
from ektp_sched.desk.explaining.move_visit import move_visit
from ektp_sched.desk.explaining.values import Remedy
from ektp_sched.language import N_, _

Finder = Callable[[Case], Remedy | None]

REMEDIES: dict[str, Finder] = {
    N_("more blanks"): more_blanks,
    N_("longer hours"): longer_hours,
    N_("one more team-day"): more_team_day,
    N_("moving another visit"): move_visit,
    N_("one more visit allowed"): more_visits,
    N_("one more kit"): more_kits,
    N_("a team that can do more"): more_skills,
    N_("one more team-day with more blanks"): team_day_and_blanks,
}
"""By the text for what is tried, in that order."""


def remedies(case: Case, tell: Callable[[str], None]) -> tuple[list[Remedy], list[str]]:
    """What helps, most pupils first, and what there was no time to try to the end."""
    found: list[Remedy] = []
    not_tried: list[str] = []
    most = 0
    for text, find in REMEDIES.items():
        words = _(text)
        tell(words)
        remedy = None if case.serving.budget.over else find(case)
        if remedy and (len(remedy.reliefs) == 1 or remedy.gain > most):
            found.append(remedy)
            most = max(most, remedy.gain)
        elif case.serving.budget.over:
            not_tried.append(words)
    return sorted(found, key=lambda one: -one.gain), not_tried
