"""Lists of schools as they circulate: exports of the register (Dapodik), scrapes, own tables.

They come as CSV, Excel or JSON, saved by many programs. Of a person nothing is ever taken.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from openpyxl.utils import get_column_letter

from ektp_sched.domain import Location, School
from ektp_sched.domain.complaints import COUNTS_ONLY, holds_personal_data
from ektp_sched.errors import Complaint, DecisionError, FileError, ProblemError
from ektp_sched.files.excel.cells import (
    NPSN_LENGTH,
    CellError,
    Complaints,
    read_decimal,
    read_text,
    read_whole,
)
from ektp_sched.files.excel.doubts import district_of, id_doubt, located, same_district
from ektp_sched.files.excel.grid import Broken, Grid
from ektp_sched.files.excel.package import looks_like_workbook, refusal
from ektp_sched.files.excel.rows import is_blank, is_example
from ektp_sched.files.excel.school_table import (
    HEADING_ROWS,
    HEADINGS,
    SENIOR_KINDS,
    Headings,
    headings_in,
    is_senior_level,
    kind_named,
    look_like_schools,
    read_list,
    says_nothing,
)
from ektp_sched.files.excel.table import heading_of
from ektp_sched.rulebook.advice import far_from_district
from ektp_sched.texts.language import _, ngettext
from ektp_sched.writer import option

Hidden = Literal["take", "leave"]
_Read = TypeVar("_Read")

_REQUIRED = ("id", "name", "kind", "district")
_NEAR, _ALIKE = 0.88, 0.7  # as difflib counts: taken with a doubt; only asked about
_SHORT = 4  # letters: nothing is near to so short a heading
_UNKNOWN = "?"
_MOST_SHOWN = 8
_LONGEST = 200
_LONGEST_KIND = 20  # that is told
_MOST_PUPILS = 100_000
_IN_PLACE_OF = {"\u200b": " ", **{chr(code): " " for code in range(32)}}  # where words may end
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)


class Doubt(NamedTuple):
    """What may not be right about a school, with the key of the column it is about."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of a list.

    `kind` is "" where neither the list nor the name tells it. `due` are the pupils who are to be
    recorded, `roll` all pupils of the school; None where the list does not tell. `where` is its
    row.
    """

    id: str
    name: str
    kind: str
    district: str
    location: Location | None
    due: int | None
    roll: int | None
    where: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolList:
    """The schools of a list, those left out by kind, and remarks on the list as a whole."""

    schools: tuple[ListedSchool, ...]
    left_out: Mapping[str, int]
    remarks: tuple[str, ...]


def read_school_list(
    path: Path,
    *,
    kinds: Collection[str] | None = SENIOR_KINDS,
    hidden: Hidden | None = None,
    skip_incomplete: bool = False,
    due: bool = False,
    districts: Iterable[str] = (),
) -> SchoolList:
    """Read a list of schools, CSV, Excel or JSON.

    Parameters
    ----------
    kinds
        Kinds to take; the others are counted. None takes all.
    hidden
        What to do with rows that a filter hides.
    skip_incomplete
        Leave out rows without NPSN, name, kind or district, such as "No data".
    due
        The list's numbers of pupils are of those to be recorded, not whole rolls.
    districts
        Spellings to prefer for districts.

    Raises
    ------
    FileError
        It cannot be read, or lacks a column.
    DecisionError
        Rows are hidden, and `hidden` does not say what to do with them.
    ProblemError
        With one complaint for each cell that is at fault.
    """
    grids, remarks = read_list(path)
    found = [(grid, headings) for grid in grids if "id" in (headings := headings_in(grid)).columns]
    if not found:
        raise _without_ids(path, grids)
    known = [len(set(_REQUIRED) & headings.columns.keys()) for _grid, headings in found]
    (grid, headings), *others = [
        one for one, n in zip(found, known, strict=True) if n == max(known)
    ]
    reader = _Reader(path, grid, headings, due=due)
    reader.leave_hidden(hidden)
    schools = reader.schools(kinds, skip_incomplete=skip_incomplete)
    schools, joined = _with_one_spelling(schools, districts)
    remarks += reader.remarks
    if joined:
        names = ", ".join(joined)
        remarks.append(
            _("districts that are written in several ways were made one: {names}", names=names)
        )
    if others:
        names = ", ".join(repr(other.title) for other, _found in others)
        remarks.append(
            _("only the sheet {sheet!r} was taken, not {others}", sheet=grid.title, others=names)
        )
    return SchoolList(tuple(_with_far_ones(schools)), reader.left_out, tuple(remarks))


def _without_ids(path: Path, grids: Iterable[Grid]) -> FileError:
    texts = [
        v for grid in grids for row in grid.rows[:HEADING_ROWS] for v in row if isinstance(v, str)
    ]
    near = [
        text for text in texts if get_close_matches(heading_of(text), HEADINGS["id"], 1, _ALIKE)
    ]
    remedy = _("Write the headings npsn, nama, bentuk_pendidikan, kecamatan, lintang, bujur.")
    if near:
        remedy = _("Is it {name!r}? Then call it {known}.", name=_shown(near[0]), known="npsn")
    return refusal(path, _("no sheet of it has a column NPSN"), remedy)


# Rows -------------------------------------------------------------------------------------------


class _Reader:
    """Reads the rows of a list; `remarks` are about the list, `left_out` counts by kind."""

    def __init__(self, path: Path, grid: Grid, headings: Headings, *, due: bool) -> None:
        self.remarks: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._path = path
        self._grid = grid
        self._top = grid.rows[headings.row]
        self._columns = dict(headings.columns)
        below = enumerate(grid.rows[headings.row + 1 :], start=headings.row + 2)
        self._rows = [(number, row) for number, row in below if self._is_entry(row)]
        self._due = due
        self._refuse_personal_data()
        self._take_near_headings()
        self._require_headings()
        self._tell_columns()

    # Headings -----------------------------------------------------------------------------------

    def _refuse_personal_data(self) -> None:
        for number, value in enumerate(self._top, start=1):
            if isinstance(value, str) and holds_personal_data(value):
                what = _("column {n} of it is about single persons", n=number)
                raise refusal(self._path, what, _(COUNTS_ONLY))

    def _take_near_headings(self) -> None:
        """Take headings that are almost known ones; what is not sure is told."""
        names = {n: heading_of(v) for n, v in enumerate(self._top) if isinstance(v, str)}
        for key, spellings in HEADINGS.items():
            if key in self._columns and names.get(self._columns[key]) in spellings:
                continue
            free = {name: n for n, name in names.items() if n not in self._columns.values()}
            near = next((n for name, n in free.items() if _is_near(name, spellings)), None)
            if near is not None:
                self._columns[key] = near
            if key in self._columns:
                self._believe(key)

    def _believe(self, key: str) -> None:
        """Tell that a heading was taken for a known one; names of persons are not taken."""
        heading = _shown(self._top[self._columns[key]])
        known = HEADINGS[key][0]
        if key == "name":
            column = self._columns[key]
            if not look_like_schools(row[column] for _n, row in self._rows if column < len(row)):
                del self._columns[key]
                what = _("what the column {name!r} holds does not look like schools", name=heading)
                remedy = _("If it does name the schools, call the column nama_sekolah.")
                raise refusal(self._path, what, remedy)
        if heading_of(heading) not in {"nama", "name"}:
            self.remarks.append(
                _("the column {name!r} was taken as {known!r}", name=heading, known=known)
            )

    def _require_headings(self) -> None:
        missing = [key for key in _REQUIRED if key not in self._columns]
        if "kind" in missing:
            missing.remove("kind")
            self.remarks.append(_("no column tells the kinds of schools; their names do"))
        if missing:
            wanted = ", ".join(HEADINGS[key][0] for key in missing)
            what = _("columns are missing: {names}", names=wanted)
            raise refusal(self._path, what, self._near_ones(missing) or _("Add them."))

    def _near_ones(self, missing: Iterable[str]) -> str:
        """Which columns may be those that are missing; "" where none is near."""
        taken = self._columns.values()
        free = {
            heading_of(v): v
            for n, v in enumerate(self._top)
            if isinstance(v, str) and n not in taken
        }
        for key in missing:
            for known in HEADINGS[key]:
                if near := get_close_matches(known, free, n=1, cutoff=_ALIKE):
                    name = _shown(free[near[0]])
                    return _(
                        "Is it {name!r}? Then call it {known}.", name=name, known=HEADINGS[key][0]
                    )
        return ""

    def _tell_columns(self) -> None:
        """Tell which columns were not taken."""
        taken = set(self._columns.values())
        others = [
            _shown(value)
            for n, value in enumerate(self._top)
            if n not in taken and isinstance(value, str) and heading_of(value) not in {"", "no"}
        ]
        if others:
            names = ", ".join(others[:_MOST_SHOWN])
            if (more := len(others) - _MOST_SHOWN) > 0:
                names = _("{names} and {more} more", names=names, more=more)
            self.remarks.append(_("columns not taken: {names}", names=names))

    # Rows ---------------------------------------------------------------------------------------

    def _is_entry(self, row: Sequence[Any]) -> bool:
        """Whether a row is neither blank, nor an example, nor the headings once more."""
        values = self._values(row)
        school = values.get("id")
        again = isinstance(school, str) and heading_of(school) in HEADINGS["id"]
        return not (all(map(is_blank, values.values())) or is_example(row) or again)

    def leave_hidden(self, hidden: Hidden | None) -> None:
        """Do with hidden rows what is asked; raises DecisionError where nothing is."""
        there = sum(number in self._grid.hidden for number, _row in self._rows)
        if not there:
            return
        if hidden is None:
            what = ngettext(
                "{n} row is hidden, by a filter or by hand",
                "{n} rows are hidden, by a filter or by hand",
                there,
            )
            remedy = _(
                "Say {yes} or {no}.", yes=option("hidden", "take"), no=option("hidden", "leave")
            )
            raise DecisionError(
                [Complaint(self._grid.title, what, remedy)],
                source=str(self._path),
                argument="hidden",
                question=_("{what}. Take hidden rows too?", what=what),
                answers=("take", "leave"),
            )
        if hidden == "leave":
            self._rows = [item for item in self._rows if item[0] not in self._grid.hidden]
            self.remarks.append(
                ngettext("{n} hidden row was left out", "{n} hidden rows were left out", there)
            )

    def schools(
        self, kinds: Collection[str] | None, *, skip_incomplete: bool
    ) -> list[ListedSchool]:
        """The schools of the kinds asked for; raises ProblemError with all faults of their rows."""
        wanted = None if kinds is None else {(kind_named(k) or k).casefold() for k in kinds}
        complaints = Complaints()
        found: dict[str, ListedSchool] = {}
        skipped = repeated = 0
        for number, cells in self._rows:
            values, where = self._values(cells), partial(self._where, number)
            row = _Row(values, where, complaints, has_kinds="kind" in self._columns)
            if wanted is not None and (other := row.kind_unless(wanted)):
                self.left_out[other if len(other) <= _LONGEST_KIND else _("other")] += 1
            elif skip_incomplete and not row.is_complete():
                skipped += 1
            elif school := row.school(due=self._due):
                first = found.setdefault(school.id, school)
                if first is not school and replace(first, where=school.where) == school:
                    repeated += 1
                elif first is not school:
                    what = _("NPSN {school} stands in {row} too", school=school.id, row=first.where)
                    complaints.add(school.where, what, _("Keep one."))
        if complaints:
            raise ProblemError(complaints.all(), source=str(self._path))
        self._remark(found.values(), skipped, repeated)
        return list(found.values())

    def _values(self, cells: Sequence[Any]) -> dict[str, Any]:
        return {key: cells[n] for key, n in self._columns.items() if n < len(cells)}

    def _where(self, number: int, key: str) -> str:
        """The cell of a column in a row, as it is told of in this kind of file."""
        column = self._columns.get(key, self._columns["name"])
        heading = _shown(self._top[column])
        if self._grid.entries:
            place = _("{file}, entry {number:d}", file=self._grid.title, number=number - 1)
        elif looks_like_workbook(self._path):
            return f"{self._grid.title}!{get_column_letter(column + 1)}{number}"
        else:
            place = _("{sheet}, row {row:d}", sheet=self._grid.title, row=number)
        return f"{place}, {heading}"

    def _remark(self, schools: Iterable[ListedSchool], skipped: int, repeated: int) -> None:
        if skipped:
            self.remarks.append(
                ngettext(
                    "{n} incomplete row was left out", "{n} incomplete rows were left out", skipped
                )
            )
        if repeated:
            self.remarks.append(
                ngettext(
                    "{n} row is there twice and was taken once",
                    "{n} rows are there twice and were taken once",
                    repeated,
                )
            )
        rolls = [school.roll for school in schools if school.roll is not None]
        if rolls:
            self.remarks.append(
                _(
                    "the column {name!r} has whole rolls, {pupils} pupils in all: noted beside the "
                    "schools, not taken as pupils due. If it does count those due, import it "
                    "with {option}",
                    name=_shown(self._top[self._columns["roll"]]),
                    pupils=sum(rolls),
                    option=option("due"),
                )
            )


class _Row:
    """One row's values by column key, and what is doubtful about them."""

    def __init__(
        self,
        values: Mapping[str, Any],
        where: Callable[[str], str],
        complaints: Complaints,
        *,
        has_kinds: bool,
    ) -> None:
        self._values = {key: v for key, v in values.items() if not says_nothing(v)}
        self._where = where
        self._complaints = complaints
        self._doubts: list[Doubt] = []
        self._fine = True
        said = self._values.get("kind", "")
        self._said = "" if isinstance(said, Broken) else _visible(str(said))[:_LONGEST]
        self._kind = kind_named(self._said) or self._kind_in_name(has_kinds=has_kinds)

    def is_complete(self) -> bool:
        """Whether the row has an NPSN, a name, a kind and a district."""
        return bool(self._kind or self._said) and {"id", "name", "district"} <= self._values.keys()

    def kind_unless(self, wanted: Collection[str]) -> str:
        """The kind, or what stands in its place, unless it is or may be a wanted one; then ""."""
        kind = self._kind or ("" if is_senior_level(self._said) else self._said)
        return "" if kind.casefold() in wanted else kind

    def school(self, *, due: bool) -> ListedSchool | None:
        """The row's school, or None with complaints about its cells."""
        found = {"id": self._read("id", self._npsn)}
        found |= {key: self._read(key, partial(self._text, key)) for key in ("name", "district")}
        found["district"] = district_of(found["district"] or "")
        for key, value in found.items():
            if not value and self._fine:
                what = _("{column} is missing", column=HEADINGS[key][0])
                flag = option("skip_incomplete")
                remedy = _("Fill it in, or leave such rows out ({option}).", option=flag)
                self._complain(key, CellError(what, remedy))
        roll, counted = None, self._read("due", _pupils)
        if due and counted is None:
            counted = self._read("roll", _pupils)
        else:
            roll = self._roll()
        location = self._location()
        if not self._fine:
            return None
        return ListedSchool(
            id=str(found["id"]),
            name=str(found["name"]),
            kind=self._told_kind(),
            district=str(found["district"]),
            location=location,
            due=counted,
            roll=roll,
            where=self._where("id"),
            doubts=tuple(self._doubts),
        )

    def _read(self, key: str, read: Callable[[Any], _Read]) -> _Read | None:
        value = self._values.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, Broken):
                raise CellError(value.what, value.remedy)  # noqa: TRY301 - told like any other
            return read(value)
        except CellError as error:
            self._complain(key, error)
            return None

    def _roll(self) -> int | None:
        """All pupils of the school: only a note, and no reason to refuse the list."""
        try:
            return None if "roll" not in self._values else _pupils(self._values["roll"])
        except CellError as error:
            self._doubt(
                "name", _("its number of pupils cannot be read ({reason})", reason=error.what)
            )
            return None

    def _complain(self, key: str, error: CellError) -> None:
        self._complaints.add_error(self._where(key), error)
        self._fine = False

    def _doubt(self, key: str, text: str) -> None:
        self._doubts.append(Doubt(key, text))

    def _text(self, key: str, value: Any) -> str:
        """A text on one line, without signs that cannot be seen."""
        text = read_text(value)
        if not text.isprintable():
            self._doubt(key, _("invisible characters were removed: check it"))
        plain = _visible(text)
        if len(plain) > _LONGEST:
            what = _("the text has {n} characters", n=len(plain))
            raise CellError(what, _("Write at most {most} characters.", most=_LONGEST))
        return plain

    def _npsn(self, value: Any) -> str:
        """The id, with what programs that take it for a number have lost."""
        text = self._text("id", value)
        if _SCIENTIFIC.fullmatch(text):
            what = _("a program has shortened the number to {text}", text=text)
            raise CellError(what, _("Format the column as Text and export the list again."))
        plain = re.sub(r"^(\d+)[.,]0+$", r"\1", text)
        school = plain.zfill(NPSN_LENGTH) if plain.isdecimal() and len(plain) > 5 else plain
        if doubt := id_doubt(plain):
            self._doubt("id", doubt)
        return school

    def _kind_in_name(self, *, has_kinds: bool) -> str:
        """The kind that the school's name tells, with a doubt where a column should; or ""."""
        words = re.findall(r"[^\W\d_]+", str(self._values.get("name", "")))[:3]
        kind = next((kind for word in words if (kind := kind_named(word))), "")
        if kind and self._said:
            what = _(
                "{said!r} is no kind of school: {kind} was taken from the name",
                said=_shown(self._said),
                kind=kind,
            )
            self._doubt("kind", what)
        elif kind and has_kinds:
            self._doubt("kind", _("no kind is given: {kind} was taken from the name", kind=kind))
        return kind

    def _told_kind(self) -> str:
        """The kind; a doubt where it is none that is known."""
        if self._kind:
            return self._kind
        if not self._said:
            self._doubt("kind", _("no kind is given: look it up"))
            return ""
        what = _("{said!r} is no kind of school: look it up", said=_shown(self._said))
        self._doubt("kind", what)
        return "" if is_senior_level(self._said) else self._said

    def _location(self) -> Location | None:
        """The position, None where it cannot be right; swapped degrees are put in order."""
        lat_cell, lon_cell = self._values.get("lat"), self._values.get("lon")
        location, doubt = None, _("no position is given: look it up")
        if lat_cell is not None and lon_cell is not None:
            try:
                location, doubt = located(read_decimal(lat_cell), read_decimal(lon_cell))
            except CellError as error:
                doubt = _("the position cannot be read ({reason}): look it up", reason=error.what)
        if doubt:
            self._doubt("location.lat", doubt)
        return location


def _visible(text: str) -> str:
    """A text without characters that cannot be seen, and with single blanks."""
    seen = (c if c.isprintable() else _IN_PLACE_OF.get(c, "") for c in text)
    return " ".join("".join(seen).split())


def _pupils(value: Any) -> int:
    if isinstance(value, str) and not re.search(r"\d", value):  # a name perhaps: not repeated
        raise CellError(
            _("this is text, not a number or a date"), _("Write a whole number in digits.")
        )
    number = read_whole(value)
    if not 0 <= number <= _MOST_PUPILS:
        what = _("{number} is no number of pupils", number=number)
        raise CellError(what, _("Write a whole number in digits."))
    return number


def _is_near(name: str, spellings: Iterable[str]) -> bool:
    """Whether a heading is one of some but for a slip; one with a word more is another one."""
    if any(name.replace(" ", "") == one.replace(" ", "") for one in spellings):
        return True
    count = name.count(" ")
    alike = [one for one in spellings if one.count(" ") == count and len(one) > _SHORT]
    return bool(get_close_matches(name, alike, n=1, cutoff=_NEAR))


def _shown(heading: Any) -> str:
    text = " ".join(str(heading).split())
    return text if len(text) <= 40 else f"{text[:40]}..."


# The list as a whole ----------------------------------------------------------------------------


def _with_one_spelling(
    schools: Sequence[ListedSchool], districts: Iterable[str]
) -> tuple[list[ListedSchool], list[str]]:
    """Give each district one spelling: a known one, else the commonest, rather not in capitals.

    Also gives the districts that had several.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for school in schools:
        spellings[same_district(school.district)][school.district] += 1
    best = {
        plain: max(used, key=lambda text: (not text.isupper(), used[text], text))
        for plain, used in spellings.items()
    }
    best |= {same_district(district): district for district in districts}
    changed = [replace(school, district=best[same_district(school.district)]) for school in schools]
    joined = {best[plain] for plain, used in spellings.items() if len(used) > 1}
    return changed, sorted(joined)


def _with_far_ones(schools: Sequence[ListedSchool]) -> Iterator[ListedSchool]:
    """Mark the schools that lie far from the others of their district."""
    far = {school.id: km for school, km in far_from_district(_located(schools))}
    for school in schools:
        if school.id in far:
            text = _(
                "lies {km:.0f} km from the middle of its district's other schools: check it",
                km=far[school.id],
            )
            yield replace(school, doubts=(*school.doubts, Doubt("location.lat", text)))
        else:
            yield school


def _located(schools: Iterable[ListedSchool]) -> Iterator[School]:
    for school in schools:
        if school.location is not None:
            yield School(
                id=school.id,
                name=school.name,
                kind=school.kind or _UNKNOWN,
                district=school.district,
                location=school.location,
                cohorts=(),
            )
