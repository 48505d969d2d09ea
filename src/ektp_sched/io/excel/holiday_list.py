"""Public holidays and collective leave of Indonesia, for the planner to check and change."""

from collections.abc import Sequence
from typing import Any

import holidays

from ektp_sched.language import Language

_SORTS = (("public", holidays.PUBLIC), ("collective", holidays.GOVERNMENT))


def holiday_rows(years: Sequence[int], language: Language) -> list[dict[str, Any]]:
    """Rows for the sheet of holidays, by date; of two on one date the public one."""
    found: dict[Any, dict[str, Any]] = {}
    names = "id" if language == "id" else "en_US"
    for sort, category in _SORTS:
        days = holidays.country_holidays("ID", years=years, categories=(category,), language=names)
        for day, name in days.items():
            row = {"date": day, "name": name[:200], "sort": sort, "observed": True}
            found.setdefault(day, row)
    return [found[day] for day in sorted(found)]
