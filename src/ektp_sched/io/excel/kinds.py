"""The kinds of columns: how a cell is read, written, shown and guarded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ektp_sched.domain.scalars import WEEKDAYS, Weekday
from ektp_sched.io.excel import cells
from ektp_sched.io.excel.calendar_words import day_name
from ektp_sched.language import Language

Words = Mapping[str, tuple[str, str]]
TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell.

    `refers` names the sheet whose ids may stand here. `words` are the choices of a drop-down list
    by key: Indonesian, English. `rule` is the guard that Excel shall keep: type, from, to.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any, Language], Any]
    number_format: str = "General"
    refers: str = ""
    words: Words | None = None
    rule: tuple[Literal["whole", "date", "time"], str, str] | None = None


def _as_it_is(value: Any, _: Language) -> Any:
    return value


def _decimal(value: float, _: Language) -> float | str:
    """A number, or text where Excel's 15 digits are too few to say the same."""
    return value if float(f"{value:.15g}") == value else repr(value)


def _date(value: date, _: Language) -> date | str:
    """A date, or text where Excel knows none well."""
    return value if value.year >= cells.FIRST_YEAR else value.isoformat()


def _flag(value: bool, language: Language) -> str:
    return YES_NO["yes" if value else "no"][0 if language == "id" else 1]


def _weekdays(value: Iterable[Weekday], language: Language) -> str:
    """Days in their order, three and more in a row as a range."""
    runs: list[list[int]] = []
    for number in sorted(WEEKDAYS.index(day) for day in value):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [[day_name(WEEKDAYS[n], language) for n in run] for run in runs]
    parts = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else run for run in names)
    return ", ".join(name for part in parts for name in part)


def _tags(value: Iterable[str], _: Language) -> str:
    words = sorted(value)
    text = "; ".join(words)
    return f"{text};" if len(words) == 1 and "," in text else text


def choice(words: dict[str, tuple[str, str]]) -> Kind:
    """One of some words, from a drop-down list."""

    def write(value: str, language: Language) -> str:
        return words[value][0 if language == "id" else 1]

    return Kind(read=cells.one_of(words), write=write, number_format=TEXT_FORMAT, words=words)


YES_NO = {"yes": ("ya", "yes"), "no": ("tidak", "no")}

TEXT = Kind(cells.read_text, _as_it_is, TEXT_FORMAT)
ID = Kind(cells.read_id, _as_it_is, TEXT_FORMAT)
DECIMAL = Kind(cells.read_decimal, _decimal)
WHOLE = Kind(cells.read_whole, _as_it_is, "0", rule=("whole", "0", "10000000"))
PERCENT = Kind(cells.read_percent, _as_it_is, "0", rule=("whole", "0", "100"))
FLAG = Kind(cells.read_flag, _flag, TEXT_FORMAT, words=YES_NO)
DATE = Kind(cells.read_date, _date, "dd/mm/yyyy", rule=("date", "36526", "73050"))
MONTH = Kind(cells.read_month, _date, "mm/yyyy")
CLOCK = Kind(cells.read_clock, _as_it_is, "hh:mm", rule=("time", "0", "0.99999"))
WEEKDAY_LIST = Kind(cells.read_weekdays, _weekdays, TEXT_FORMAT)
TAGS = Kind(cells.read_tags, _tags, TEXT_FORMAT)


def one_id(sheet: str) -> Kind:
    """An id that stands in another sheet."""
    return Kind(cells.read_id, _as_it_is, TEXT_FORMAT, refers=sheet)


def some_ids(sheet: str) -> Kind:
    """Ids that stand in another sheet, one or several, or the word for all of them."""
    return Kind(cells.read_ids, _as_it_is, TEXT_FORMAT, refers=sheet)
