"""From the rows of the sheets to a problem, with every fault told at its cell."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from openpyxl.utils import get_column_letter
from pydantic import BaseModel, TypeAdapter, ValidationError

from ektp_sched.domain import (
    EstimatedTravel,
    MatrixTravel,
    Policy,
    Problem,
    School,
    Stock,
    Team,
    Visit,
)
from ektp_sched.domain.complaints import faults_of
from ektp_sched.domain.lookup import nearest_id, those_called
from ektp_sched.errors import Complaint
from ektp_sched.files.excel import sheets
from ektp_sched.files.excel.cells import CellError, Complaints, read_id, read_whole
from ektp_sched.files.excel.doubts import doubts_in
from ektp_sched.files.excel.grid import Broken, read_grids
from ektp_sched.files.excel.rows import Row, Table, find_tables, is_blank
from ektp_sched.files.excel.sheets import OFFICE
from ektp_sched.files.excel.table import Column, Sheet
from ektp_sched.rulebook import Advice
from ektp_sched.texts.language import _

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


def read_matrix(
    table: Table | None, places: Sequence[Ids], complaints: Complaints
) -> dict[str, Any]:
    """`places` and `minutes` of the travel table; nothing where it is at fault."""
    if table is None or not table.grid.rows:
        title = table.title if table else "Tabel waktu tempuh"
        what = _("the travel times are to come from this sheet, but it is empty")
        complaints.add(
            title, what, _("Fill it in, or write perkiraan (estimate) in the office sheet.")
        )
        return {}
    return _Reader(table, places, complaints).read()


class _Reader:
    def __init__(self, table: Table, places: Sequence[Ids], complaints: Complaints) -> None:
        self._title = table.title
        self._cells = [row for row in table.grid.rows if row]
        self._places = places
        self._known = {name for some in places for name in some.known}
        self._whole = all(some.whole for some in places)
        self._complaints = complaints
        self._fine = True

    def read(self) -> dict[str, Any]:
        """Ids and minutes, or nothing."""
        size = len(self._cells[0]) - 1
        columns = [self._id(0, n + 1) for n in range(size)]
        rows = [self._id(n + 1, 0) for n in range(len(self._cells) - 1)]
        if self._fine and rows != columns:
            what = _("the ids in column A are not those in row 1, in the same order")
            self._complain(0, 0, what, _("Write the same ids along both edges."))
        if missing := sorted(self._known - {name for name in columns if name}):
            what = _("the table lacks {missing}", missing=", ".join(missing[:5]))
            self._complain(0, 0, what, _("Give every base and school a row and a column."))
        minutes = [[self._minutes(n + 1, m + 1) for m in range(size)] for n in range(len(rows))]
        return {"places": columns, "minutes": minutes} if self._fine else {}

    def _id(self, row: int, column: int) -> str:
        value = self._at(row, column)
        if is_blank(value) or isinstance(value, Broken):
            self._complain(row, column, _("an id is missing"), _("Write a base's code or a NPSN."))
            return ""
        try:
            name = read_id(value)
        except CellError as error:
            self._complain(row, column, error.what, error.remedy)
            return ""
        found = those_in(name, self._places)
        if len(found) == 1:
            return found[0]
        if self._whole:
            self._complain(row, column, *fault_of([name], self._places))
        return name

    def _minutes(self, row: int, column: int) -> int:
        value = self._at(row, column)
        if is_blank(value) and row == column:
            return 0
        try:
            if is_blank(value) or isinstance(value, Broken):
                raise CellError(_("the minutes are missing"), _("Write whole minutes."))  # noqa: TRY301
            minutes = read_whole(value)
        except CellError as error:
            self._complain(row, column, error.what, error.remedy)
            return 0
        if not 0 <= minutes <= 1_440:
            self._complain(
                row,
                column,
                _("{minutes} minutes are no way", minutes=minutes),
                _("Write 0 to 1440."),
            )
        return minutes

    def _at(self, row: int, column: int) -> Any:
        cells = self._cells[row]
        return cells[column] if column < len(cells) else None

    def _complain(self, row: int, column: int, what: str, remedy: str) -> None:
        self._fine = False
        self._complaints.add(
            f"{self._title}!{get_column_letter(column + 1)}{row + 1}", what, remedy
        )


_Model = TypeVar("_Model", bound=BaseModel)
_Children = Mapping[str, list[tuple[Row, Any]]]


class Reading(NamedTuple):
    """A workbook as it was read. With `faults` there is no problem.

    `doubts` are those about cells. `cell` gives the cell of what a way through the problem, such as
    ("schools", 2, "location"), leads to.
    """

    problem: Problem | None
    faults: tuple[Complaint, ...]
    doubts: tuple[Advice, ...]
    cell: Callable[[Sequence[str | int]], str]


def read_workbook(path: Path) -> Reading:
    """Read a problem from a workbook.

    Raises
    ------
    FileError
        The file is no workbook that can be read.
    """
    complaints = Complaints()
    tables = find_tables(read_grids(path), complaints)
    assembler = _Assembler(tables, complaints)
    problem = assembler.problem()
    faults = tuple(complaints.all())
    doubts = tuple(doubts_in(tables))
    return Reading(None if faults else problem, faults, doubts, assembler.cell)


class _Assembler:
    """Builds the problem bottom-up; what cannot be built is left out and complained of."""

    def __init__(self, tables: Mapping[str, Table], complaints: Complaints) -> None:
        self._tables = tables
        self._complaints = complaints
        self._bases = self._ids(sheets.BASES)
        self._schools = self._ids(sheets.SCHOOLS)
        self._teams = self._ids(sheets.TEAMS)
        self._sources: dict[tuple[str | int, ...], Row] = {}

    def problem(self) -> Problem | None:
        """The problem, or None where it cannot be built."""
        whole: dict[str, Any] = {
            "bases": [base for _, base in self._plain(sheets.BASES)],
            "schools": self._owners("schools", School, self._schools, self._school_parts()),
            "teams": self._owners("teams", Team, self._teams, self._team_parts()),
            "commitments": self._commitments(),
            "travel": self._travel(),
            "policy": self._policy(),
        }
        stock = self._stock()
        if self._complaints:  # what is left out would be missed: ask the office's settings alone
            whole = {"bases": (), "schools": (), "teams": ()}
        office = self._rows(OFFICE)
        if not office or stock is None:
            return None
        raw = {**self._office(""), **whole, "holidays": self._holidays(), "stock": stock}
        rows = {"bases": list(self._bases.known.values()), "schools": self._rows(sheets.SCHOOLS)}
        return self._valid(Problem, raw, office[0], rows=rows)

    def cell(self, way: Sequence[str | int]) -> str:
        """The cell that says what a way through a problem without faults leads to."""
        for length in range(len(way), 0, -1):
            if row := self._sources.get(tuple(way[:length])):
                return row.where(".".join(map(str, way[length:])))
        return self._rows(OFFICE)[0].where(".".join(map(str, way)))

    # What stands in sheets of its own -----------------------------------------------------------

    def _school_parts(self) -> dict[str, _Children]:
        for row in self._rows(sheets.PUPILS):
            _birthdays_of(row)
        parts = (sheets.PUPILS, sheets.HOURS, sheets.EXTRA_HOURS, sheets.CLOSED)
        return {_last(sheet.key): self._children(sheet, self._schools) for sheet in parts}

    def _team_parts(self) -> dict[str, _Children]:
        for row in self._rows(sheets.TEAMS):
            for key, ids in (("base", self._bases), ("stands_in_for", self._teams)):
                column = sheets.TEAMS.column(key)
                resolve(row, column, [ids], self._complaints, several=False)
        parts = (sheets.SHIFTS, sheets.BREAKS, sheets.TEAM_OFF)
        return {_last(sheet.key): self._children(sheet, self._teams) for sheet in parts}

    def _children(self, sheet: Sheet, owners: Ids) -> _Children:
        """The values of a sheet by the school or team that they belong to."""
        children: dict[str, list[tuple[Row, Any]]] = defaultdict(list)
        column = sheet.column(sheet.owner)
        for row in self._rows(sheet):
            names = resolve(row, column, [owners], self._complaints, several=True)
            value = self._value(sheet, row, without=sheet.owner)
            if value is not None:
                for name in names:
                    children[name].append((row, value))
        return children

    def _plain(self, sheet: Sheet) -> list[tuple[Row, Any]]:
        """The values of a sheet that belong to nobody."""
        pairs = ((row, self._value(sheet, row)) for row in self._rows(sheet))
        return [(row, value) for row, value in pairs if value is not None]

    def _owners(
        self, key: str, model: type[_Model], ids: Ids, parts: Mapping[str, _Children]
    ) -> list[_Model]:
        """Schools or teams with the parts that other sheets give them."""
        found: list[_Model] = []
        for name, row in ids.known.items():
            mine = {key: children.get(name, []) for key, children in parts.items()}
            values = {key: [value for _, value in pairs] for key, pairs in mine.items()}
            rows = {key: [row for row, _ in pairs] for key, pairs in mine.items()}
            if value := self._valid(model, _nested(row.values) | values, row, rows=rows):
                self._sources[key, len(found)] = row
                for part, mine_rows in rows.items():
                    self._remember((key, len(found), part), mine_rows)
                found.append(value)
        return found

    def _remember(self, way: tuple[str | int, ...], rows: Iterable[Row]) -> None:
        """Keep the rows that the entries of a list come from."""
        self._sources |= {(*way, n): row for n, row in enumerate(rows)}

    def _holidays(self) -> list[dt.date]:
        rows = self._rows(sheets.HOLIDAYS)
        return [r.values["date"] for r in rows if not r.broken and r.values.get("observed", True)]

    def _stock(self) -> Stock | None:
        walk_ins: dict[dt.date, int] = {}
        for row in self._rows(sheets.WALK_INS):
            day = row.values.get("date")
            if day in walk_ins:
                self._complaints.add(
                    row.where("date"), _("{day} is there twice", day=day), _("Keep one row.")
                )
            elif not row.broken and day is not None:
                walk_ins[day] = row.values["cards"]
                self._sources["stock", "walk_in_overrides", day.isoformat()] = row
        deliveries = self._plain(sheets.DELIVERIES)
        self._remember(("stock", "deliveries"), (row for row, _ in deliveries))
        raw = self._office("stock") | {
            "walk_in_overrides": walk_ins,
            "deliveries": [value for _, value in deliveries],
        }
        return self._of_office(Stock, raw, "stock")

    def _policy(self) -> Policy | None:
        raw = self._office("policy")
        places: dict[str, list[Any]] = {}
        floors = self._plain(sheets.FLOORS)
        for row, floor in floors:
            self._require_group(row, floor.by, floor.value)
        raw["floors"], places["floors"] = [v for _, v in floors], [r for r, _ in floors]
        self._remember(("policy", "floors"), places["floors"])
        if tiers := self._tiers():
            raw["tiers"] = [[value for _, value in tier] for tier in tiers]
            places["tiers"] = [[row for row, _ in tier] for tier in tiers]
        return self._of_office(Policy, raw, "policy", rows=places)

    def _tiers(self) -> list[list[tuple[Row, Any]]]:
        tiers: dict[int, list[tuple[Row, Any]]] = defaultdict(list)
        for row in self._rows(sheets.TIERS):
            value = self._value(sheets.TIERS, row, without="tier")
            if value is not None:
                tiers[row.values["tier"]].append((row, value))
        return [tiers[number] for number in sorted(tiers)]

    def _require_group(self, row: Row, by: str, value: str) -> None:
        rows = self._rows(sheets.SCHOOLS)
        known = {str(school.values.get(by, "")) for school in rows}
        if value not in known and self._schools.whole and "" not in known:
            what = _("no school has {value!r}", value=value)
            remedy = _("Correct it; there are: {known}.", known=", ".join(sorted(known)[:8]))
            self._complaints.add(row.where("value"), what, remedy)
            row.broken.add("value")

    def _travel(self) -> EstimatedTravel | MatrixTravel | None:
        raw = self._office("travel")
        raw["overrides"] = self._overrides()
        table = self._tables.get(sheets.MATRIX.key)
        if raw.pop("kind", "estimate") == "estimate":
            asked = any("travel.kind" not in row.broken for row in self._rows(OFFICE))
            if asked and table and table.grid.rows:
                what = _("the sheet is filled in, but the travel times are to be estimated")
                remedy = _("Write tabel (table) in the office sheet, or empty this one.")
                self._complaints.add(f"{table.title}!A1", what, remedy)
            return self._of_office(EstimatedTravel, raw, "travel")
        for key in ("speed_kmh", "detour", "fixed_minutes"):
            raw.pop(key, None)
        found = read_matrix(table, [self._bases, self._schools], self._complaints)
        return self._of_office(MatrixTravel, raw | found, "travel") if found else None

    def _overrides(self) -> list[Any]:
        places = [self._bases, self._schools]
        for row in self._rows(sheets.OVERRIDES):
            for key in ("from", "to"):
                column = sheets.OVERRIDES.column(key)
                resolve(row, column, places, self._complaints, several=False)
        seen: dict[tuple[str, str], Row] = {}
        values = []
        for row, way in self._plain(sheets.OVERRIDES):
            first = seen.setdefault((way.from_place, way.to_place), row)
            if first is row:
                values.append(way)
            else:
                what = _("this way stands in {cell} too", cell=first.where("from"))
                self._complaints.add(row.where("from"), what, _("Keep one row."))
        return values

    def _commitments(self) -> list[Visit]:
        """Visits, each from its rows: one for each class."""
        known = self._classes()
        grouped: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in self._rows(sheets.COMMITMENTS):
            for key, ids in (("school", self._schools), ("team", self._teams)):
                column = sheets.COMMITMENTS.column(key)
                resolve(row, column, [ids], self._complaints, several=False)
            self._require_class(row, known)
            if not row.broken:
                grouped[tuple(row.values[k] for k in ("school", "team", "date", "start"))].append(
                    row
                )
        visits = [(rows[0], self._visit(rows)) for rows in grouped.values()]
        self._remember(("commitments",), (row for row, _ in visits))
        return [visit for _, visit in visits if visit is not None]

    def _classes(self) -> Mapping[str, set[str]] | None:
        """The classes of each school; None where they cannot all be read."""
        table = self._tables.get(sheets.PUPILS.key)
        known: dict[str, set[str]] = defaultdict(set)
        if table and not table.legible:
            return None
        for row in self._rows(sheets.PUPILS):
            if row.broken & {"school", "name"}:
                return None
            for name in self._schools.all_in(row.values["school"])[0]:
                known[name].add(row.values["name"])
        return known

    def _require_class(self, row: Row, known: Mapping[str, set[str]] | None) -> None:
        name, school = row.values.get("cohort"), str(row.values.get("school"))
        if (name is None) != (row.values.get("students") is None):
            key = "cohort" if name is None else "students"
            what = _("a class and its number of pupils go together")
            self._complaints.add(row.where(key), what, _("Fill in both, or leave both blank."))
            row.broken.add(key)
        elif name and known is not None and "school" not in row.broken:
            classes = known.get(school, set())
            if name not in classes:
                what = _("school {school} has no class {name!r}", school=school, name=name)
                remedy = _(
                    "Its classes are: {known}.", known=", ".join(sorted(classes)[:8]) or _("(none)")
                )
                self._complaints.add(row.where("cohort"), what, remedy)
                row.broken.add("cohort")

    def _visit(self, rows: Sequence[Row]) -> Visit | None:
        first = rows[0]
        students: dict[str, int] = {}
        for row in rows:
            for key in ("end", "status"):
                if row.values[key] != first.values[key]:
                    what = _("this visit has another one in {cell}", cell=first.where(key))
                    self._complaints.add(row.where(key), what, _("Write the same in all its rows."))
            name = row.values.get("cohort")
            if name in students:
                what = _("class {name!r} is there twice in this visit", name=name)
                self._complaints.add(row.where("cohort"), what, _("Keep one row."))
            elif name is not None:
                students[name] = row.values["students"]
        raw = {k: v for k, v in first.values.items() if k != "cohort"} | {"students": students}
        return self._valid(Visit, raw, first)

    # The common steps ---------------------------------------------------------------------------

    def _ids(self, sheet: Sheet) -> Ids:
        return ids_of(self._tables.get(sheet.key), sheet.name.id, self._complaints)

    def _rows(self, sheet: Sheet) -> list[Row]:
        table = self._tables.get(sheet.key)
        return table.rows if table else []

    def _office(self, part: str) -> dict[str, Any]:
        """The settings of one part: "stock" for stock.opening, "" for those without a part."""
        found = {}
        for row in self._rows(OFFICE):
            for key, value in row.values.items():
                head, _, tail = key.rpartition(".")
                if head == part:
                    found[tail] = value
        return found

    def _of_office(
        self,
        model: type[_Model],
        raw: dict[str, Any],
        part: str,
        *,
        rows: Mapping[str, Any] | None = None,
    ) -> _Model | None:
        office = self._rows(OFFICE)
        return self._valid(model, raw, office[0], part=part, rows=rows) if office else None

    def _value(self, sheet: Sheet, row: Row, *, without: str = "") -> Any:
        """The domain's value of a row, or None with complaints."""
        assert sheet.model is not None
        values = {key: value for key, value in row.values.items() if key != without}
        return self._valid(sheet.model, _nested(values), row)

    def _valid(
        self,
        model: type[_Model],
        raw: dict[str, Any],
        row: Row,
        *,
        part: str = "",
        rows: Mapping[str, Any] | None = None,
    ) -> _Model | None:
        """A value of a model, or None with complaints at the cells that are to blame.

        `rows` gives, for a list inside `raw`, the row that each entry comes from.
        """
        broken = {key for key in row.broken if key.startswith(part)}
        try:
            value = TypeAdapter(model).validate_python(raw)
        except ValidationError as error:
            for path, what, remedy in faults_of(error, raw, model):
                if not _is_told(path, broken, part):
                    self._complaints.add(_place(path, row, part, rows or {}), what, remedy)
            return None
        return None if broken and row.number is not None else value


def _birthdays_of(row: Row) -> None:
    """All of a month are 16 from the next month on; the first is 17 on the month's first day."""
    month = row.values.pop("birth_month", None)
    if month is not None:
        after = dt.date(month.year + 16 + month.month // 12, month.month % 12 + 1, 1)
        row.values.setdefault("record_from", after)
        row.values.setdefault("card_from", dt.date(month.year + 17, month.month, 1))


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by keys such as "location.lat" as objects in objects."""
    raw: dict[str, Any] = {}
    for key, value in values.items():
        *steps, last = key.split(".")
        here = raw
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = value
    return raw


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _is_told(path: Sequence[str | int], broken: set[str], part: str) -> bool:
    """Whether the fault is only that of a cell that could not be read in the first place."""
    key = ".".join(str(step) for step in (part, *path) if step != "")
    return any(name == key or name.startswith(f"{key}.") for name in broken)


def _place(path: Sequence[str | int], row: Row, part: str, rows: Mapping[str, Any]) -> str:
    """The cell of a fault: in the row of the list's entry that it leads to, else in `row`."""
    steps = list(path)
    if steps and steps[0] in rows:
        here: Any = rows[str(steps.pop(0))]
        while isinstance(here, list) and steps and isinstance(steps[0], int):
            here = here[int(steps.pop(0))]
        row, part = (here, "") if isinstance(here, Row) else (row, part)
    return row.where(".".join(str(step) for step in (part, *steps) if step != ""))
