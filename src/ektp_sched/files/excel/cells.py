"""What stands in a cell, read in every way in which Excel and people write it.

Each reader takes the value of a cell that is not blank and gives a raw value of the domain.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from openpyxl.utils.datetime import from_excel

from ektp_sched.domain.complaints import COUNTS_ONLY
from ektp_sched.domain.scalars import WEEKDAYS, Weekday
from ektp_sched.errors import Complaint
from ektp_sched.texts.language import N_, Language, _

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


NPSN_LENGTH = 8
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099 as Excel counts days
FIRST_YEAR = 1910
_MANY_DIGITS = re.compile(r"\d{15}")  # a NIK or a family card; Excel keeps 15 digits
_THOUSANDS = re.compile(r"\d{1,3}([., ]\d{3})+")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]00:00(:00(\.0+)?)?)?")
_WORDY_DATE = re.compile(r"(?:[\w']+,?\s+)?(\d{1,2})[\s\-]+([^\W\d]+)\.?,?[\s\-]+(\d{4})")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})|([^\W\d]+)\.?[\s\-]+(\d{4})")
_CLOCK = re.compile(r"(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[:.](\d{2})([:.]00)?\s*(?:wib|wita|wit)?")
_UNTIL = re.compile(r"\s*(?:-|–|\bs\s*[./]?\s*d\b\.?|\bsampai\b|\bhingga\b|\bto\b)\s*")
_DATE_REMEDY = N_("Write a date such as 2025-08-05, 05/08/2025 (day first) or 5 Agustus 2025.")
_CLOCK_REMEDY = N_("Write hours and minutes as 07:30, between 00:00 and 23:59.")
MOST_COMPLAINTS = 2_000
_TRUE = {"ya", "y", "yes", "true", "benar", "1", "v", "x", "✓"}
_FALSE = {"tidak", "tdk", "t", "no", "n", "false", "salah", "0"}


class CellError(ValueError):
    """A cell cannot be read: what is wrong and what would be right."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Complaints:
    """Everything found so far. Of very many faults the first ones are kept."""

    def __init__(self) -> None:
        self._by_place: dict[str, Complaint] = {}

    def add(self, where: str, what: str, remedy: str) -> None:
        """Complain about a place, unless there is a complaint about it already."""
        if len(self._by_place) < MOST_COMPLAINTS:
            self._by_place.setdefault(where, Complaint(where, what, remedy))

    def add_error(self, where: str, error: CellError) -> None:
        """Complain of a cell that cannot be read."""
        self.add(where, error.what, error.remedy)

    def __bool__(self) -> bool:
        return bool(self._by_place)

    def all(self) -> list[Complaint]:
        """The complaints in the order in which they were found."""
        return list(self._by_place.values())


class Share(float):
    """A number that Excel shows as a percentage: 0.75 shown as 75%."""


def read_text(value: Any) -> str:
    """Text on one line; a number as it is shown. Long numbers are somebody's, and refused."""
    if isinstance(value, date | time):
        raise CellError(
            _("Excel has turned the text into a date or time"),
            _("Format the cell as Text and type it again."),
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = re.sub(r"[\s\xa0]", " ", str(value)).strip()
    if is_of_a_person(text):
        raise CellError(_("this looks like the number of a person (NIK)"), _(COUNTS_ONLY))
    return text


def read_id(value: Any) -> str:
    """An id as text. Of a number, the zeros that Excel drops at the front of a NPSN come back."""
    text = read_text(value)
    if isinstance(value, str | bool):
        return text
    if not text.isdigit() or len(text) > NPSN_LENGTH:
        raise CellError(
            _("the number {text} is no NPSN or id", text=text),
            _("Format the cell as Text and write the 8 characters of the NPSN."),
        )
    restored = len(text) >= NPSN_LENGTH - 2
    return text.zfill(NPSN_LENGTH) if restored else text


def read_ids(value: Any) -> str:
    """One id, several, or the word for all; what it means is known when all ids are."""
    return read_id(value)


def read_decimal(value: Any) -> float:
    """A number with a decimal point or a decimal comma."""
    number = _number(value, _decimal_text)
    if number is None or not isfinite(number):
        raise CellError(
            _("{value} is not a number", value=_shown(value)), _("Write a number such as 102.27.")
        )
    return number


def read_whole(value: Any) -> int:
    """A whole number; points, commas or blanks may mark thousands."""
    number = _number(value, _whole_text)
    if number is None or not isfinite(number) or not number.is_integer() or _is_share(value):
        raise CellError(
            _("{value} is not a whole number", value=_shown(value)),
            _("Write a whole number in digits."),
        )
    return int(number)


def read_percent(value: Any) -> int:
    """A whole percentage: 75, 75% or "75 %"."""
    if isinstance(value, Share):
        number: float | None = round(value * 100, 6)
    else:
        text = value.replace("%", "").strip() if isinstance(value, str) else value
        number = _number(text, _decimal_text)
    if number is None or not isfinite(number) or not float(number).is_integer():
        raise CellError(
            _("{value} is not a whole percentage", value=_shown(value)),
            _("Write a number from 0 to 100, such as 75."),
        )
    return int(number)


def read_flag(value: Any) -> bool:
    """Yes or no, in either language."""
    word = str(value).strip().casefold().removesuffix(".0")
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise CellError(
        _("{value} is neither yes nor no", value=_shown(value)), _("Write ya or tidak (yes or no).")
    )


def read_date(value: Any) -> date:
    """A date: Excel's own, its number, or text with the day first."""
    if isinstance(value, int | float) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        value = from_excel(value)
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellError(
                _("{value:%Y-%m-%d %H:%M} has a time of day", value=value),
                _("Write the date alone."),
            )
        value = value.date()
    if isinstance(value, date) and value.year >= FIRST_YEAR:  # before, it was a plain number
        return value
    found = _date_in(value.strip().casefold()) if isinstance(value, str) else None
    if found is None:
        raise CellError(_("{value} is not a date", value=_shown(value)), _(_DATE_REMEDY))
    return found


def read_month(value: Any) -> date:
    """The first day of a month. A full date is that of a person, and refused."""
    if isinstance(value, datetime | date):
        if value.day != 1:
            raise CellError(
                _("this is a full date where the month of birth is asked"), _(COUNTS_ONLY)
            )
        return date(value.year, value.month, 1)
    match = _MONTH.fullmatch(value.strip().casefold()) if isinstance(value, str) else None
    if match:
        year = match[1] or match[4] or match[6]
        month = match[2] or match[3] or MONTH_NUMBERS.get(match[5], 0)
        if 1 <= int(month) <= 12:
            return date(int(year), int(month), 1)
    if isinstance(value, str) and _date_in(value.strip().casefold()):
        raise CellError(_("this is a full date where the month of birth is asked"), _(COUNTS_ONLY))
    raise CellError(
        _("{value} is not a month", value=_shown(value)),
        _("Write a month such as 2008-03 or Maret 2008."),
    )


def read_clock(value: Any) -> str:
    """A time of day as HH:MM: Excel's own, its fraction of a day, "07.30" or "07:30"."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        value = from_excel(round(value * 86_400) / 86_400) if value else time()
    if isinstance(value, int | float) and not isinstance(value, bool) and value in range(1, 24):
        return f"{int(value):02d}:00"
    if isinstance(value, datetime) and value.date() in {date(1899, 12, 30), date(1900, 1, 1)}:
        value = value.time()
    if isinstance(value, time):
        if value.second or value.microsecond:
            raise CellError(_("{value} has seconds", value=value), _(_CLOCK_REMEDY))
        return f"{value:%H:%M}"
    match = _CLOCK.fullmatch(value.strip().casefold()) if isinstance(value, str) else None
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return f"{int(match[1]):02d}:{match[2]}"
    raise CellError(_("{value} is not a time of day", value=_shown(value)), _(_CLOCK_REMEDY))


def read_weekdays(value: Any) -> list[Weekday]:
    """Weekdays, one by one or from one to another: "Senin-Kamis, Sabtu"."""
    text = str(value).strip().casefold()
    if text in EVERY_DAY:
        return list(WEEKDAYS)
    days: list[Weekday] = []
    for part in re.split(r"\s*(?:[,;&+/]|\bdan\b|\band\b)\s*", text):
        ends = [_day_number(word, value) for word in _UNTIL.split(part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first > last:
            raise _no_weekdays(value)
        days.extend(WEEKDAYS[first : last + 1])
    return days


def read_tags(value: Any) -> list[str]:
    """Words with semicolons between them; commas do where there is no semicolon."""
    text = read_text(value)
    parts = text.split(";") if ";" in text else text.split(",")
    return [part.strip() for part in parts if part.strip()]


def one_of(words: dict[str, tuple[str, str]]) -> Callable[[Any], str]:
    """A reader of one of some keys, or of their words in either language."""
    known = {spelling.casefold(): key for key, both in words.items() for spelling in (key, *both)}

    def read(value: Any) -> str:
        found = known.get(" ".join(str(value).split()).casefold())
        if found is None:
            choices = ", ".join(f"{first} ({second})" for first, second in words.values())
            raise CellError(
                _("{value} is not one of the words known here", value=_shown(value)),
                _("Write {choices}.", choices=choices),
            )
        return found

    return read


def _number(value: Any, of_text: Callable[[str], float | None]) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    return of_text(value.strip().replace("\xa0", "")) if isinstance(value, str) else None


def _decimal_text(text: str) -> float | None:
    """Of point and comma, the last one is the decimal sign."""
    sign = max(text.rfind("."), text.rfind(","))
    if sign >= 0:
        whole = re.sub(r"[.,]", "", text[:sign])
        text = f"{whole}.{text[sign + 1 :]}"
    plain = re.fullmatch(r"[-+]?\d+(\.\d*)?|[-+]?\.\d+", text.replace("−", "-"))
    return float(plain[0]) if plain else None


def _whole_text(text: str) -> float | None:
    return float(re.sub(r"\D", "", text)) if _THOUSANDS.fullmatch(text) else _decimal_text(text)


def _is_share(value: Any) -> bool:
    return isinstance(value, Share) and bool(value)


def _date_in(text: str) -> date | None:
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _NUMERIC_DATE.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    elif match := _WORDY_DATE.fullmatch(text):
        day, month, year = int(match[1]), MONTH_NUMBERS.get(match[2], 0), int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_number(word: str, value: Any) -> int:
    number = DAY_NUMBERS.get(word.strip(" ."))
    if number is None:
        raise _no_weekdays(value)
    return number


def _no_weekdays(value: Any) -> CellError:
    return CellError(
        _("{value} are no weekdays", value=_shown(value)),
        _("Write days such as Senin-Kamis, Sabtu (mon-thu, sat)."),
    )


def is_of_a_person(text: str) -> bool:
    """Whether a text holds a number as long as a NIK, with or without signs in it."""
    return _MANY_DIGITS.search(re.sub(r"[ .\-]", "", text)) is not None


def _shown(value: Any) -> str:
    """The value, cut short; of a person's number nothing is repeated."""
    text = str(value)
    if isinstance(value, str | int) and is_of_a_person(text):
        return _("a number as long as a NIK")
    text = text if len(text) <= 40 else f"{text[:40]}..."
    return f'"{text}"' if isinstance(value, str) else text
