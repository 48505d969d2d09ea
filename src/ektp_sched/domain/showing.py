"""Values that print() and notebooks show as short tables."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from ektp_sched.domain.scalars import Value
from ektp_sched.texts.language import _

MOST_ROWS = 10

Column = tuple[str, Literal["text", "word", "count"]]
"""A heading and what stands below it: text may be broken into lines, words and counts are not."""


class Table(NamedTuple):
    """Columns, and rows of as many cells; counts stand right."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]

    @property
    def short(self) -> "Table":
        """The first rows, and a line that says how many there are besides."""
        more = len(self.rows) - MOST_ROWS
        if more <= 0:
            return self
        rest = _("... and {n} more", n=more)
        return self._replace(rows=[*self.rows[:MOST_ROWS], (rest,)])

    def in_text(self) -> str:
        """Columns side by side, two blanks between them."""
        lines = [[heading for heading, _kind in self.columns], *self.rows]
        full = [line for line in lines if len(line) == len(self.columns)]
        widths = [max(map(len, cells)) for cells in zip(*full, strict=True)]
        return "\n".join(self._line(line, widths) for line in lines)

    def _line(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        columns = zip_longest(cells, self.columns, widths, fillvalue="")
        sides = (
            str(cell).rjust(int(width)) if column[1] == "count" else str(cell).ljust(int(width))
            for cell, column, width in columns
        )
        return "  ".join(sides).rstrip()

    def in_html(self) -> str:
        """The same as markup; whatever stands in it is text."""
        heads = "".join(f"<th>{escape(heading)}</th>" for heading, _kind in self.columns)
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def _cells(self, row: Sequence[str]) -> str:
        if len(row) < len(self.columns):
            return f'<td colspan="{len(self.columns)}">{escape(row[0])}</td>'
        sides = ("right" if kind == "count" else "left" for _heading, kind in self.columns)
        return "".join(
            f'<td style="text-align: {side}">{escape(cell)}</td>'
            for cell, side in zip(row, sides, strict=True)
        )


class Shown(Value):
    """A value that is shown by the lines and tables of `_shown()`, not with all its fields.

    model_dump() gives these.
    """

    def _shown(self) -> Iterator[str | Table]:
        raise NotImplementedError

    def __str__(self) -> str:
        lines: list[str] = []
        for part, following in pairwise([*self._shown(), ""]):
            is_table = isinstance(part, Table)
            lines.append(part.short.in_text() if isinstance(part, Table) else part)
            if is_table != isinstance(following, Table) or (is_table and following):
                lines.append("")
        return "\n".join(lines).rstrip("\n")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The same in a notebook."""
        return "".join(
            one.short.in_html() if isinstance(one, Table) else f"<div>{escape(one) or '<br>'}</div>"
            for one in self._shown()
        )
