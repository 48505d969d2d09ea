"""The ids that sheets give and that other sheets name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ektp_sched.io.excel.complaints import Complaints
from ektp_sched.io.excel.rows import Row, Table
from ektp_sched.io.excel.table import Column
from ektp_sched.language import _

ALL_WORDS = frozenset({"semua", "all"})
_SEPARATORS = (";", ",", "\n")


@dataclass(slots=True)
class Ids:
    """The ids of one sheet. `whole` unless some could not be read: then any may be right."""

    title: str
    known: dict[str, Row] = field(default_factory=dict)
    whole: bool = True

    def all_in(self, text: str) -> tuple[list[str], list[str]]:
        """The ids that a cell names, and what in it is no id."""
        if text in self.known:
            return [text], []
        if text.casefold() in ALL_WORDS:
            return list(self.known), []
        for separator in _SEPARATORS:
            if separator in text:
                parts = [part.strip() for part in text.split(separator) if part.strip()]
                named = [part for part in dict.fromkeys(parts) if part in self.known]
                return named, [part for part in parts if part not in self.known]
        return [], [text]


def ids_of(table: Table | None, title: str, complaints: Complaints) -> Ids:
    """The ids of a sheet, each of which may stand in one row only."""
    ids = Ids(table.title if table else title, whole=table is not None and table.legible)
    for row in table.rows if table else ():
        name = row.values.get("id")
        if name is None:
            ids.whole = False
        elif name in ids.known:
            what = _("{name!r} stands in {cell} too", name=name, cell=ids.known[name].where("id"))
            complaints.add(row.where("id"), what, _("Give every row its own."))
            row.broken.add("id")
        else:
            ids.known[name] = row
    return ids


def resolve(
    row: Row, column: Column, ids: Sequence[Ids], complaints: Complaints, *, several: bool
) -> list[str]:
    """The ids that a cell names, or a complaint and nothing."""
    text = row.values.get(column.key)
    if text is None:
        return []
    for some in ids:
        named, unknown = some.all_in(text) if several else (_one(text, some), [])
        if named and not unknown:
            return named
    if all(some.whole for some in ids):
        unknown = (ids[0].all_in(text)[1] if several else [text]) or [text]
        what = _(
            "{names} is not in the sheet {sheets}",
            names=", ".join(map(repr, unknown[:5])),
            sheets=_(" or ").join(repr(some.title) for some in ids),
        )
        complaints.add(row.where(column.key), what, _remedy(ids))
    row.broken.add(column.key)
    return []


def _one(text: str, ids: Ids) -> list[str]:
    return [text] if text in ids.known else []


def _remedy(ids: Sequence[Ids]) -> str:
    known = [name for some in ids for name in some.known]
    if not known:
        return _("Fill in that sheet first.")
    shown = ", ".join(known[:5])
    if len(known) > 5:
        shown = _("{names} and {more} more", names=shown, more=len(known) - 5)
    return _("Correct it; there are: {known}.", known=shown)
