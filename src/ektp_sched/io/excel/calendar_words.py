"""Weekdays and months as they are written in Indonesian and English."""

from ektp_sched.domain.scalars import WEEKDAYS, Weekday
from ektp_sched.language import Language

_DAYS: dict[Weekday, tuple[str, ...]] = {
    # The Indonesian and the English name first, then other ways to write it.
    "mon": ("Senin", "Monday", "sen", "snn"),
    "tue": ("Selasa", "Tuesday", "sel", "tues"),
    "wed": ("Rabu", "Wednesday", "rab"),
    "thu": ("Kamis", "Thursday", "kam", "thur", "thurs"),
    "fri": ("Jumat", "Friday", "jum", "jum'at", "jumaat"),
    "sat": ("Sabtu", "Saturday", "sab"),
    "sun": ("Minggu", "Sunday", "min", "ahad", "mgg"),
}
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("Januari", "January"),
    ("Februari", "February", "pebruari", "peb"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August", "ags", "agt"),
    ("September", "September", "sept"),
    ("Oktober", "October"),
    ("November", "November", "nopember", "nop"),
    ("Desember", "December"),
)

EVERY_DAY = frozenset({"semua", "semua hari", "setiap hari", "every day", "all", "daily"})
DAY_NUMBERS: dict[str, int] = {
    word.casefold(): WEEKDAYS.index(day) for day, words in _DAYS.items() for word in (day, *words)
}
MONTH_NUMBERS: dict[str, int] = {
    spelling: number
    for number, words in enumerate(_MONTHS, start=1)
    for word in words
    for spelling in (word.casefold(), word.casefold()[:3])
}


def day_name(day: Weekday, language: Language) -> str:
    """A weekday's name."""
    return _DAYS[day][0 if language == "id" else 1]
