"""What an aSc Timetables XML export says of periods, days, weeks, lessons and cards.

Forms of 2008 (days by number) and of 2012 and later (days, weeks and terms as rows of 0 and 1) are
read. The names of teachers and pupils that an export may hold are never kept.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ektp_sched.domain.scalars import WEEKDAYS
from ektp_sched.errors import Complaint, FileError
from ektp_sched.files.excel.cells import DAY_NUMBERS, CellError, read_clock
from ektp_sched.files.excel.package import refusal
from ektp_sched.files.text_files import reason_of
from ektp_sched.texts.language import N_, _, ngettext

MAX_BYTES = 50_000_000
_LONGEST_CYCLE = 60  # weeks or terms
_MOST_FAULTS = 100
_DEFAULT_START, _DEFAULT_LENGTH = 8 * 60, 45  # the bells of a new timetable in the program
_KEPT = {
    "timetable": ("options",),
    "period": ("period", "starttime", "endtime"),
    "dayperiod": ("day", "period", "starttime", "endtime"),
    "day": ("day", "name", "short"),
    "daysdef": ("days", "name", "short"),
    "weeksdef": ("id", "weeks"),
    "termsdef": ("id", "terms"),
    "class": ("id",),
    "group": ("id", "classid"),
    "lesson": (
        "id", "classids", "groupids", "periodspercard", "durationperiods", "periodsperweek",
        "weeks", "terms", "weeksdefid", "termsdefid",
    ),
    "card": ("lessonid", "classids", "period", "days", "day", "weeks", "terms"),
}  # fmt: skip
_NEEDED = ("period", "class", "card")
EXPORT = N_(
    "Export the finished timetable from aSc Timetables: File, Export, aSc Timetables 2012 XML."
)
# Other files by their first bytes and by their root.
_STARTS = (
    (b"PK\x03\x04", N_("a workbook or another packed file")),
    (b"\xd0\xcf\x11\xe0", N_("a file of old Excel or Word")),
    (b"%PDF", N_("a PDF file")),
    (b"<!doctype html", N_("a web page")),
    (b"<html", N_("a web page")),
    (b"{", N_("a JSON file")),
    (b"[", N_("a JSON file")),
)
_ROOTS = {
    "fet": N_("a file of FET"),
    "html": N_("a web page"),
    "workbook": N_("an Excel table in XML"),
    "document": N_("a file of Untis or another program"),
}

# What is told of cards that are left out, by the reason.
_LOST: Mapping[str, Callable[[int], str]] = {
    "lesson": lambda n: ngettext(
        "{n} card is of a lesson that the file does not know; it was left out",
        "{n} cards are of lessons that the file does not know; they were left out",
        n,
    ),
    "class": lambda n: ngettext(
        "{n} card is of a lesson without a class; it was left out",
        "{n} cards are of lessons without a class; they were left out",
        n,
    ),
    "place": lambda n: ngettext(
        "{n} card has no day or no period; it was left out",
        "{n} cards have no day or no period; they were left out",
        n,
    ),
    "period": lambda n: ngettext(
        "{n} card stands in a period without times; it was left out",
        "{n} cards stand in periods without times; they were left out",
        n,
    ),
}

Parts = Mapping[str, list[dict[str, str]]]
_Number = TypeVar("_Number", int, float)
Turns = int  # a bit for each combination of week and term


class Span(NamedTuple):
    """Minutes after midnight, [start, end)."""

    start: int
    end: int


def read_export(path: Path) -> "Export":
    """Read an export; raises FileError where it is none, or where it says what cannot be."""
    reader = _Reader(path, _parts(path))
    bells = reader.bells()
    cards = reader.cards(reader.lessons(), bells)
    reader.raise_faults()
    reader.doubt_bells(bells)
    reader.doubt_classes(cards)
    return Export(
        bells, tuple(cards), len(reader.classes), reader.weeks * reader.terms, tuple(reader.doubts)
    )


# The file ---------------------------------------------------------------------------------------


def _parts(path: Path) -> Parts:
    """What the elements that matter say, by their tag."""
    parts: dict[str, list[dict[str, str]]] = {tag: [] for tag in _KEPT}
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refused(path, _("the file is larger than {n} MB", n=MAX_BYTES // 1_000_000))
        with path.open("rb") as file:
            _require_xml(path, file.read(200))
            file.seek(0)
            for number, (event, element) in enumerate(
                iterparse(file, events=("start", "end"), forbid_dtd=True)
            ):
                if number == 0:
                    _require_root(path, element)
                if event == "end":
                    _keep(element, parts)
    except FileError:
        raise  # which is a ValueError too
    except OSError as error:
        raise _refused(path, _("cannot read: {reason}", reason=reason_of(error))) from error
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        what = _("this is no XML of a timetable ({fault})", fault=type(error).__name__)
        raise _refused(path, what) from error
    for tag in _NEEDED:
        if not parts[tag]:
            what = _("it tells of no <{tag}>", tag=tag)
            if tag == "card":
                what = _("no lesson in it has a place in the timetable")
            raise _refused(path, what)
    return parts


def _require_xml(path: Path, start: bytes) -> None:
    """Tell what a file is whose first bytes are those of another kind."""
    if path.suffix.casefold() == ".roz":
        raise _other(path, _("the timetable as aSc Timetables itself saves it (.roz)"))
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for known, name in _STARTS:
        if head.startswith(known.lower()):
            raise _other(path, _(name))


def _require_root(path: Path, root: Element) -> None:
    name = root.tag.rpartition("}")[2].casefold()
    if name.endswith("_timetable"):
        name = "fet"  # Activities_Timetable and others that FET writes
    if name != "timetable":
        other = _("XML of another kind (<{name}>)", name=_short(root.tag))
        raise _other(path, _(_ROOTS[name]) if name in _ROOTS else other)


def _other(path: Path, name: str) -> FileError:
    return _refused(path, _("this is {name}, not an export of aSc Timetables", name=name))


def _refused(path: Path, what: str) -> FileError:
    return refusal(path, what, _(EXPORT))


def _keep(element: Element, parts: Mapping[str, list[dict[str, str]]]) -> None:
    if element.tag in parts:
        kept = {key: element.get(key, "").strip() for key in _KEPT[element.tag]}
        parts[element.tag].append({key: value for key, value in kept.items() if value})
    element.clear()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


# What it says -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bells:
    """When periods begin and end, by number; some forms have other times on some weekdays."""

    usual: Mapping[int, Span]
    on_days: Mapping[tuple[int, int], Span]

    def of(self, day: int, period: int) -> Span | None:
        """The times of a period on a weekday; None where there is no such period."""
        return self.on_days.get((day, period)) or self.usual.get(period)

    def run(self, day: int, period: int, length: int) -> list[Span]:
        """So many periods from one on, each the next to begin when the one before is over."""
        first = self.of(day, period)
        if first is None or length == 1:
            return [first] if first else []
        found = [first]
        spans = sorted({span for n in self.usual if (span := self.of(day, n))})
        for span in spans:
            if len(found) < length and span.start >= found[-1].end:
                found.append(span)
        return found


@dataclass(frozen=True, slots=True)
class _Week:
    """Which weekday a place in a row of 0 and 1, or a number, stands for."""

    named: Mapping[int, int]
    shift: int | None  # from a place to its weekday; None where names contradict each other

    @classmethod
    def of(cls, named: Mapping[int, int], *, first: int = 0) -> "_Week":
        """From the places that have the name of a weekday; without any, `first` is Monday."""
        shifts = {(weekday - place) % len(WEEKDAYS) for place, weekday in named.items()}
        if not shifts:
            shifts = {-first}
        return cls(named, shifts.pop() if len(shifts) == 1 else None)

    def weekday(self, place: int) -> int | None:
        """The weekday of a place, None where there is none."""
        if place in self.named:
            return self.named[place]
        day = None if self.shift is None else place + self.shift
        if self.named and day is not None:  # a week may begin on any day
            day %= len(WEEKDAYS)
        return day if day in range(len(WEEKDAYS)) else None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: its classes, the periods of one card of it, the periods a week it shall have."""

    classes: frozenset[str]
    length: int
    a_week: float | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A place in the timetable, and the weeks and terms in which it holds."""

    lesson: Lesson
    classes: frozenset[str]
    days: frozenset[int]
    period: int
    turns: Turns


@dataclass(frozen=True, slots=True)
class Export:
    """The times of periods and the cards, among so many classes and weeks times terms."""

    bells: Bells
    cards: tuple[Card, ...]
    classes: int
    turns: int
    doubts: tuple[str, ...]


class _Reader:
    """Turns what the elements say into values, and collects what is at fault or doubtful."""

    def __init__(self, path: Path, parts: Parts) -> None:
        self.parts = parts
        self.doubts: list[str] = []
        self._path = path
        self._faults: list[Complaint] = []
        self.classes = frozenset(one["id"] for one in parts["class"] if "id" in one)
        self._places = self._week_of_rows()
        self._numbers = self._week_of_numbers()
        self.weeks, self.terms = self._cycle("weeks"), self._cycle("terms")
        self._defined = {
            (key, one.get("id", "")): one.get(key)
            for key in ("weeks", "terms")
            for one in parts[f"{key}def"]
        }

    def raise_faults(self) -> None:
        """Raise FileError where anything was at fault."""
        if self._faults:
            raise FileError(self._faults, source=str(self._path))

    def bells(self) -> Bells:
        """The times of all periods."""
        usual: dict[int, Span] = {}
        for one in self.parts["period"]:
            number, span = self._bell(one)
            if span and usual.setdefault(number, span) != span:
                self._fault(
                    _("period {number}", number=number), _("it is there twice with other times")
                )
        on_days: dict[tuple[int, int], Span] = {}
        for one in self.parts["dayperiod"]:
            number, span = self._bell(one)
            days = self._days(one, _("period {number}", number=number))
            on_days |= {(day, number): span for day in days if span}
        return Bells(usual, on_days)

    def lessons(self) -> dict[str, Lesson]:
        """The lessons by id, with those of their classes that the file knows."""
        groups = {one.get("id", ""): one.get("classid", "") for one in self.parts["group"]}
        found: dict[str, Lesson] = {}
        foreign = 0
        for one in self.parts["lesson"]:
            name = one.get("id", "")
            where = _("lesson {name}", name=_short(name))
            classes = _ids(one.get("classids", ""))
            if not classes:
                classes = frozenset(
                    groups[group] for group in _ids(one.get("groupids", "")) & groups.keys()
                )
            foreign += not classes <= self.classes
            key = "periodspercard" if "periodspercard" in one else "durationperiods"
            length = self._number(where, one, key, _whole) or 1
            a_week = self._number(where, one, "periodsperweek", _amount)
            found[name] = Lesson(classes & self.classes, length, a_week, one)
        if foreign:
            self.doubts.append(
                ngettext(
                    "{n} lesson names classes that the file does not know; it was counted "
                    "without them",
                    "{n} lessons name classes that the file does not know; they were counted "
                    "without them",
                    foreign,
                )
            )
        return found

    def cards(self, lessons: Mapping[str, Lesson], bells: Bells) -> list[Card]:
        """The places of lessons; those that lead nowhere are left out and told."""
        found: list[Card] = []
        lost: Counter[str] = Counter()
        for number, one in enumerate(self.parts["card"], start=1):
            where = _("card {number}", number=number)
            period = self._number(where, one, "period", _whole)
            days = self._days(one, where)
            lesson = lessons.get(one.get("lessonid", ""))
            classes = _ids(one.get("classids", "")) & self.classes
            if lesson is None and classes:  # forms that say all of it on the card
                lesson = Lesson(classes, 1, None, {})
            if lesson is None:
                lost["lesson"] += 1
            elif not (classes or lesson.classes):
                lost["class"] += 1
            elif period is None or not days:
                lost["place"] += 1
            elif period not in bells.usual:
                lost["period"] += 1
            else:
                turns = self._turns(where, one, lesson)
                found.append(Card(lesson, classes or lesson.classes, days, period, turns))
        self.doubts += [words(lost[reason]) for reason, words in _LOST.items() if lost[reason]]
        return found

    def doubt_bells(self, bells: Bells) -> None:
        """Doubt times that nobody has set."""
        spans = [bells.usual[number] for number in sorted(bells.usual) if number > 0]
        starts = range(_DEFAULT_START, 24 * 60, _DEFAULT_LENGTH)
        default = [Span(start, start + _DEFAULT_LENGTH) for start in starts]
        if len(spans) > 1 and spans == default[: len(spans)]:
            self.doubts.append(
                _(
                    "the bells are 08:00, 08:45 and so on, without a pause: those of a new "
                    "timetable in the program. Were the school's own ever entered?"
                )
            )

    def doubt_classes(self, cards: Iterable[Card]) -> None:
        """Doubt an export in which many classes have no lesson."""
        busy = {name for card in cards for name in card.classes}
        if 2 * len(busy) < len(self.classes):
            self.doubts.append(
                _(
                    "only {busy} of {classes} classes have a lesson in it; is the export whole? "
                    "(Some licences of aSc Timetables export 10 cards only.)",
                    busy=len(busy),
                    classes=len(self.classes),
                )
            )

    # Numbers ------------------------------------------------------------------------------------

    def _bell(self, one: Mapping[str, str]) -> tuple[int, Span | None]:
        name = _short(one.get("period", "?"))
        where = _("period {number}", number=name)
        if not {"starttime", "endtime"} & one.keys():
            return -1, None  # matters only where a lesson is in it
        try:
            start, end = (_minute(one.get(key, "")) for key in ("starttime", "endtime"))
            number = _whole(one.get("period", ""))
        except (CellError, ValueError):
            self._fault(where, _("it has no number or no times"))
            return -1, None
        if start >= end:
            self._fault(where, _("it ends before it starts"))
            return number, None
        return number, Span(start, end)

    def _number(
        self, where: str, one: Mapping[str, str], key: str, read: Callable[[str], _Number]
    ) -> _Number | None:
        """What an attribute says, None where it is not there."""
        try:
            return read(one[key]) if key in one else None
        except ValueError:
            self._fault(
                where,
                _("{key} is {value!r}, which is not a number", key=key, value=_short(one[key])),
            )
            return None

    # Days, weeks, terms -------------------------------------------------------------------------

    def _week_of_rows(self) -> _Week:
        """The weekdays of the places in rows such as 01000, by the names that the file has."""
        single = [one for one in self.parts["daysdef"] if one.get("days", "").count("1") == 1]
        named: dict[int, int] = {}
        for one in single:
            place, day = one["days"].index("1"), _weekday(one)
            if day is None:
                continue
            if day in named.values() and named.get(place) != day:  # Monday A and Monday B
                where = _("day {name}", name=_short(one.get("name", "?")))
                self._fault(where, _("several days of the file are this weekday"))
            named[place] = day
        if single and not named:
            names = ", ".join(_short(one.get("name", "?")) for one in single[:3])
            self.doubts.append(
                _("the days are called {names}: the first was taken as Monday", names=names)
            )
        return _Week.of(named)

    def _week_of_numbers(self) -> _Week:
        """The weekdays of numbers, which begin with 0 or with 1."""
        tags = ("day", "dayperiod", "card")
        numbers = {_day_number(one) for tag in tags for one in self.parts[tag]} - {None}
        days = {_day_number(one): _weekday(one) for one in self.parts["day"]}
        named = {n: day for n, day in days.items() if n is not None and day is not None}
        options = " ".join(one.get("options", "") for one in self.parts["timetable"])
        from_one = "daynumbering1" in options.casefold() or 7 in numbers
        from_one = from_one or (bool(days) and 0 not in numbers)
        if numbers and not (named or from_one or 0 in numbers):
            # The form of 2008 begins with 0; but no school works from Tuesday to Saturday only.
            from_one = {1, 5} <= numbers
            self.doubts.append(
                _(
                    "the days have numbers, and the file does not say which is Monday: "
                    "{number} was taken for it",
                    number=int(from_one),
                )
            )
        return _Week.of(named, first=int(from_one))

    def _days(self, one: Mapping[str, str], where: str) -> frozenset[int]:
        """The weekdays of a card: rows such as 01000, one or several; or a number, or a name."""
        found: set[int | None] = set()
        for row in _ids(one.get("days", "")):
            if set(row) <= {"0", "1"}:
                found |= {self._places.weekday(n) for n, sign in enumerate(row) if sign == "1"}
            else:
                self._fault(
                    where, _("days is {value!r}, which is not made of 0 and 1", value=_short(row))
                )
        if "day" in one and "days" not in one:
            number = _day_number(one)
            named = _weekday({"name": one["day"]})
            found = {named if number is None else self._numbers.weekday(number)}
        if None in found:
            self._fault(where, _("its day is not a day of the week"))
        return frozenset(day for day in found if day is not None)

    def _cycle(self, key: str) -> int:
        """How many weeks or terms the file tells apart."""
        tags = (f"{key}def", "lesson", "card")
        rows = (row for tag in tags for one in self.parts[tag] for row in _ids(one.get(key, "")))
        return min(_LONGEST_CYCLE, max(map(len, rows), default=1))

    def _turns(self, where: str, one: Mapping[str, str], lesson: Lesson) -> Turns:
        weeks = self._chosen(where, "weeks", one, lesson, self.weeks)
        terms = self._chosen(where, "terms", one, lesson, self.terms)
        return sum(1 << (week * self.terms + term) for week, term in product(weeks, terms))

    def _chosen(
        self, where: str, key: str, one: Mapping[str, str], lesson: Lesson, of: int
    ) -> set[int]:
        """The weeks or terms that a card names, or else its lesson; all where neither does."""
        defined = self._defined.get((key, lesson.said.get(f"{key}defid", "")))
        said = one.get(key) or lesson.said.get(key) or defined
        if not said:
            return set(range(of))
        found: set[int] = set()
        for row in _ids(said):
            if set(row) == {"0"}:
                found |= set(range(of))  # of any of them
            elif set(row) <= {"0", "1"} and of % len(row) == 0:
                found |= {n for n in range(of) if row[n % len(row)] == "1"}
            else:
                what = _("{key} is {value!r}, which does not fit", key=key, value=_short(row))
                self._fault(where, what)
        return found

    def _fault(self, where: str, what: str) -> None:
        if len(self._faults) < _MOST_FAULTS:
            remedy = _("Correct it in aSc Timetables and export again.")
            self._faults.append(Complaint(where, what, remedy))


def _day_number(one: Mapping[str, str]) -> int | None:
    text = one.get("day", "")
    return int(text) if re.fullmatch("[0-9]", text) else None


def _ids(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _whole(text: str) -> int:
    """A whole number from 0 to 999; raises ValueError."""
    number = _amount(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def _amount(text: str) -> float:
    """A number from 0 to 999, with a point or a comma; raises ValueError."""
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,9})?", text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _minute(text: str) -> int:
    hours, minutes = read_clock(text).split(":")
    return int(hours) * 60 + int(minutes)


def _weekday(one: Mapping[str, str]) -> int | None:
    """The weekday that a day's name, or else its short name, holds: "Monday (12 Jan)", "Senin"."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", f"{one.get('name', '')} {one.get('short', '')}")
    return next((DAY_NUMBERS[w.casefold()] for w in words if w.casefold() in DAY_NUMBERS), None)
