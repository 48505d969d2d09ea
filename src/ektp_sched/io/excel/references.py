"""What one sheet names by its id, or by a name of its own, in another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from ektp_sched.io.excel.complaints import Complaints
from ektp_sched.io.excel.rows import Row, Table
from ektp_sched.io.excel.table import Column
from ektp_sched.language import _

ALL_WORDS = frozenset({"semua", "all"})
_SEPARATORS = (";", ",", "\n")
_MOST = 5


@dataclass(slots=True)
class Ids:
    """The ids of one sheet, and by their plain names those that share a name.

    `whole` unless some could not be read: then any may be right.
    """

    title: str
    known: dict[str, Row] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    whole: bool = True

    def find(self, text: str) -> str | None:
        """The id that a text names: itself an id, or a name that nothing else has."""
        if text in self.known:
            return text
        sharing = self.named.get(_plain(text), [])
        return sharing[0] if len(sharing) == 1 else None

    def all_in(self, text: str) -> tuple[list[str], list[str]]:
        """The ids that a cell names, and what in it is none."""
        if (one := self.find(text)) is not None:
            return [one], []
        if text.casefold() in ALL_WORDS:
            return list(self.known), []
        for separator in _SEPARATORS:
            if separator in text:
                parts = dict.fromkeys(part.strip() for part in text.split(separator))
                found = {part: self.find(part) for part in parts if part}
                named = dict.fromkeys(one for one in found.values() if one is not None)
                return list(named), [part for part, one in found.items() if one is None]
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
            ids.named.setdefault(_plain(str(row.values.get("name", ""))), []).append(name)
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
        one = find_one(text, ids)
        named, unknown = ([], [text]) if one is None else ([one], [])
    if named and not unknown:
        if not several:
            row.values[column.key] = named[0]
        return named
    if all(some.whole for some in ids):
        complaints.add(row.where(column.key), *_fault_of(unknown or [text], ids))
    row.broken.add(column.key)
    return []


def find_one(text: str, ids: Sequence[Ids]) -> str | None:
    """The one id that a text names in some sheets: itself an id, or a name of its own."""
    if any(text in some.known for some in ids):
        return text
    found = [one for some in ids if (one := some.find(text)) is not None]
    return found[0] if len(found) == 1 else None


def _fault_of(unknown: Sequence[str], ids: Sequence[Ids]) -> tuple[str, str]:
    """What is wrong with names that no id fits, and what would be right."""
    for text in unknown:
        sharing = [one for some in ids for one in some.named.get(_plain(text), [])]
        if len(sharing) > 1:
            what = _("{text!r} is the name of several", text=text)
            return what, _("Write one of: {known}.", known=", ".join(sharing[:_MOST]))
    what = _(
        "{names} is not in the sheet {sheets}",
        names=", ".join(map(repr, unknown[:_MOST])),
        sheets=_(" or ").join(repr(some.title) for some in ids),
    )
    return what, _remedy(unknown[0], ids)


def _remedy(text: str, ids: Sequence[Ids]) -> str:
    known = [name for some in ids for name in some.known]
    if not known:
        return _("Fill in that sheet first.")
    shown = ", ".join(known[:_MOST])
    if len(known) > _MOST:
        shown = _("{names} and {more} more", names=shown, more=len(known) - _MOST)
    names = {_plain(name): name for name in known} | {
        plain: f"{row.values['name']} ({one})"
        for some in ids
        for plain, (one, *_others) in some.named.items()
        if (row := some.known[one]).values.get("name")
    }
    if alike := get_close_matches(_plain(text), names, n=1, cutoff=0.75):
        return _("Did you mean {name}? There are: {known}.", name=names[alike[0]], known=shown)
    return _("Correct it; there are: {known}.", known=shown)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
