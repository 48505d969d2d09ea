"""What a planner types for a school or for dates."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from ektp_sched.domain import Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _

MOST_SHOWN = 8
_STATE_SCHOOL = re.compile(r"\b(sma|smk|slb)n\b")  # as everybody writes SMA Negeri


def school_asked(problem: Problem, text: str) -> str:
    """The id of the school that a text names: its id, or a part of one school's name only.

    "SMAN 5" is read as "SMA Negeri 5", and so are SMKN and SLBN.

    Raises
    ------
    RequestError
        No school fits, or several do.
    """
    names = {school.id: school.name for school in problem.schools}
    if text in names:
        return text
    wanted = _spelt_out(text)
    fitting = [one for one, name in names.items() if wanted in _spelt_out(name)]
    exact = [one for one in fitting if _spelt_out(names[one]) == wanted]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    if not fitting:
        some = ", ".join(sorted(names)[:MOST_SHOWN])
        what = _("school {school!r} is not in the problem", school=text)
        remedy = _("Use a part of its name, or an id such as {some}.", some=some)
    else:
        shown = ", ".join(f"{names[one]} ({one})" for one in fitting[:MOST_SHOWN])
        more = len(fitting) - MOST_SHOWN
        what = _("{count} schools fit {text!r}", count=len(fitting), text=text)
        if more > 0:
            shown = _("{names} and {more} more", names=shown, more=more)
        remedy = _("Say which one: {schools}.", schools=shown)
    raise RequestError([Complaint(_("school"), what, remedy)])


def _spelt_out(name: str) -> str:
    return _STATE_SCHOOL.sub(r"\1 negeri", name.casefold())


def dates_asked(texts: Iterable[str]) -> list[date]:
    """The dates of texts such as 2024-08-05 or 2024-08-05..2024-08-09, both included.

    Raises
    ------
    RequestError
        With a complaint for each text that is neither.
    """
    found: list[date] = []
    complaints = []
    for text in texts:
        try:
            found.extend(_range(text))
        except ValueError:
            remedy = _("Write YYYY-MM-DD, or YYYY-MM-DD..YYYY-MM-DD with the earlier date first.")
            complaints.append(
                Complaint(_("date"), _("{text!r} is no date and no range", text=text), remedy)
            )
    if complaints:
        raise RequestError(complaints)
    return found


def _range(text: str) -> list[date]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if end < start:
        raise ValueError
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
