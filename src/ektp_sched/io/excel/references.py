"""What one sheet names by its id, or by a name of its own, in another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ektp_sched.domain.lookup import nearest_id, those_called
from ektp_sched.io.excel.cells import Complaints
from ektp_sched.io.excel.rows import Row, Table
from ektp_sched.io.excel.table import Column
from ektp_sched.language import _

ALL_WORDS = frozenset({"semua", "all"})
_SEPARATORS = (";", ",", "\n")
_MOST = 5
_MOST_GUESSES = 100  # in a sheet; each looks at all names


@dataclass(slots=True)
class Ids:
    """The ids of one sheet and what they are called.

    `whole` unless some could not be read: then any may be right.
    """

    title: str
    known: dict[str, Row] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    _found: dict[str, list[str]] = field(default_factory=dict)
    _guesses: dict[str, str] = field(default_factory=dict)

    def called(self, text: str) -> list[str]:
        """The ids that a text may mean: one that it is, or all whose whole name it is."""
        if text not in self._found:
            self._found[text] = those_called(self.names, text, partly=False)
        return self._found[text]

    def all_in(self, text: str) -> tuple[list[str], list[str]]:
        """The ids that a cell names, and what in it is none."""
        if len(found := self.called(text)) == 1:
            return found, []
        if text.casefold() in ALL_WORDS:
            return list(self.known), []
        for separator in _SEPARATORS:
            if separator in text:
                parts = filter(None, map(str.strip, text.split(separator)))
                meant = {part: self.called(part) for part in parts}
                named = [some[0] for some in meant.values() if len(some) == 1]
                unknown = [part for part, some in meant.items() if len(some) != 1]
                return list(dict.fromkeys(named)), unknown
        return [], [text]

    def nearest(self, text: str) -> str:
        """Which may be meant by a text that is none of them; "" where none is near."""
        if text not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[text] = nearest_id(self.names, text)
        return self._guesses.get(text, "")


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
            ids.names[name] = str(row.values.get("name", ""))
    return ids


def resolve(
    row: Row, column: Column, ids: Sequence[Ids], complaints: Complaints, *, several: bool
) -> list[str]:
    """The ids that a cell names, or a complaint and nothing.

    Where it can be only one, that takes the place of what the cell says.
    """
    text = row.values.get(column.key)
    if text is None:
        return []
    if several:
        named, unknown = ids[0].all_in(text)
    else:
        named = those_in(text, ids)
        unknown = [] if len(named) == 1 else [text]
    if named and not unknown:
        if not several:
            row.values[column.key] = named[0]
        return named
    if all(some.whole for some in ids):
        complaints.add(row.where(column.key), *fault_of(unknown or [text], ids))
    row.broken.add(column.key)
    return []


def those_in(text: str, ids: Iterable[Ids]) -> list[str]:
    """The ids of some sheets that a text may mean."""
    return (
        [text]
        if any(text in some.known for some in ids)
        else [one for some in ids for one in some.called(text)]
    )


def fault_of(unknown: Sequence[str], ids: Sequence[Ids]) -> tuple[str, str]:
    """What is wrong with names that no id fits, and what would be right."""
    for text in unknown:
        if len(sharing := those_in(text, ids)) > 1:
            what = _("{text!r} is the name of several", text=text)
            return what, _("Write one of: {known}.", known=", ".join(sharing[:_MOST]))
    what = _(
        "{names} is not in the sheet {sheets}",
        names=", ".join(map(repr, unknown[:_MOST])),
        sheets=_(" or ").join(repr(some.title) for some in ids),
    )
    return what, _remedy(unknown[0], ids)


def _remedy(text: str, ids: Sequence[Ids]) -> str:
    if near := next(filter(None, (some.nearest(text) for some in ids)), ""):
        return near
    known = [name for some in ids for name in some.known]
    if not known:
        return _("Fill in that sheet first.")
    shown = ", ".join(known[:_MOST])
    if len(known) > _MOST:
        shown = _("{names} and {more} more", names=shown, more=len(known) - _MOST)
    return _("Correct it; there are: {known}.", known=shown)
