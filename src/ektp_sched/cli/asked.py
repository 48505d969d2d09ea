"""What a planner types for dates."""

from collections.abc import Iterable
from datetime import date, timedelta

from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _


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
