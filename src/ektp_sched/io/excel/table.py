"""What a sheet and a column are; sheets.py says which there are."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from ektp_sched.io.excel.kinds import Kind
from ektp_sched.language import Language


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
