"""What a sheet and a column are, and the kinds of columns; sheets.py says which there are."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from ektp_sched.domain.scalars import WEEKDAYS, Weekday
from ektp_sched.files.excel import cells
from ektp_sched.files.excel.cells import day_name
from ektp_sched.texts.language import Language

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


class Both(NamedTuple):
    """The same in Indonesian and in English."""

    id: str
    en: str

    def of(self, language: Language) -> str:
        """The text in one of the languages."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a setting of the office sheet.

    `key` is the way to the value in the sheet's model, such as "location.lat". `default` is what
    the template shows where blank means something; `example` is what its example row shows.
    `also` are other headings that are read where the column's own is not there.
    """

    key: str
    kind: Kind
    heading: Both
    note: Both
    required: bool = False
    default: Any = None
    example: Any = None
    width: int = 14
    also: tuple[str, ...] = ()

    def is_called(self, heading: str) -> bool:
        """Whether a heading, as heading_of() gives it, is that of this column."""
        return heading in {heading_of(name) for name in (self.key, *self.heading)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row for each value of `model`.

    `key` is the way from the problem to its list; where `owner` names a column, the list belongs
    to the school or team of that id.
    """

    key: str
    name: Both
    note: Both
    columns: tuple[Column, ...]
    model: type[BaseModel] | None = None
    owner: str = ""
    required: bool = False
    upright: bool = False

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    def is_called(self, title: str) -> bool:
        """Whether a sheet's title is that of this one."""
        plain = heading_of(title)
        return plain in {heading_of(name) for name in (self.key, *self.name)}


def heading_of(text: str) -> str:
    """A heading in the form in which headings are compared: no case, no blanks, no signs."""
    without_remarks = re.sub(r"\(.*?\)", "", text)
    return re.sub(r"[\W_]+", " ", without_remarks.casefold()).strip()
