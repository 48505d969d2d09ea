"""A school's open hours and lesson shares, worked out from an aSc Timetables XML export."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ektp_sched.domain import Hours
from ektp_sched.domain.scalars import WEEKDAYS, clock_of
from ektp_sched.errors import Complaint, FileError
from ektp_sched.files.excel.asc_export import EXPORT, Card, Export, Span, Turns, read_export
from ektp_sched.texts.language import _, ngettext

_LONGEST_PAUSE = 45  # minutes between lessons that still belong to the school day
_ALIKE = 10  # percent: times whose shares differ no more make one entry
_SHORTEST = 15  # minutes: what is shorter joins the time before or after it
_CLOSE = 0.01  # periods a week
_FEW = 0.1  # of the lessons: so many may tell another form than the others without a doubt
_Held = dict[str, Turns]  # by class


@dataclass(frozen=True, slots=True)
class Timetable:
    """A school's open hours, each with the share of its time that is lessons, and what is doubtful.

    A class that has a lesson every second week, or in one of two terms, counts half.
    """

    hours: tuple[Hours, ...]
    doubts: tuple[str, ...]


@dataclass(slots=True)
class Block:
    """A part of a day with about the same share of lessons."""

    start: int
    end: int
    lessons: float  # minutes of lessons of the average class

    @property
    def percent(self) -> int:
        """Lessons as a share of the block, pauses included."""
        return round(100 * self.lessons / (self.end - self.start))


def read_timetable(path: Path) -> Timetable:
    """Read the hours of a week from an export.

    The share of lessons is that of all classes of the file, weighted by time; a class counts as
    in lesson also where only a group of it is.

    Raises
    ------
    FileError
        The file is no such export, or what it says of periods, days, weeks or lessons cannot be.
    """
    export = read_export(path)
    doubts = list(export.doubts)
    stretched = _are_stretched(export, doubts)
    by_day = _lessons_by_day(export, doubts, stretched=stretched)
    hours = tuple(_hours(by_day, export.turns * export.classes))
    if not hours:
        what = _("no lesson of it has a day and a period")
        raise FileError([Complaint("", what, _(EXPORT))], source=str(path))
    return Timetable(hours, tuple(doubts))


def _are_stretched(export: Export, doubts: list[str]) -> bool:
    """Whether a card stands for all periods of a lesson of several, as in the form of 2008.

    In that of 2012 each of its periods has a card of its own. The file itself tells: by cards with
    no room for a period between them, and by the number of cards.
    """
    by_lesson: dict[int, list[Card]] = defaultdict(list)
    for card in export.cards:
        if card.lesson.length > 1:
            by_lesson[id(card.lesson)].append(card)
    votes = Counter(_is_stretched(mine, export) for mine in by_lesson.values())
    whole, single = votes[True], votes[False]
    if min(whole, single) > _FEW * (whole + single):
        doubts.append(
            _(
                "of the lessons of several periods, {whole} have one card for all of them and "
                "{single} a card for each: check their hours",
                whole=whole,
                single=single,
            )
        )
    return whole > single or not single


def _is_stretched(cards: Sequence[Card], export: Export) -> bool | None:
    """What the cards of one lesson tell; None where it is nothing."""
    taught = [(day, export.bells.of(day, card.period), card) for card in cards for day in card.days]
    spans = sorted((day, span, number) for number, (day, span, _card) in enumerate(taught) if span)
    for (day, one, first), (other_day, other, second) in pairwise(spans):
        meet = taught[first][2].turns & taught[second][2].turns
        if day == other_day and meet and 0 <= other.start - one.end < one.end - one.start:
            return False
    lesson = cards[0].lesson
    placed = sum(len(card.days) * card.turns.bit_count() / export.turns for card in cards)
    if lesson.a_week is None or abs(placed - lesson.a_week) < _CLOSE:
        return None if lesson.a_week is None else False
    return True if abs(placed * lesson.length - lesson.a_week) < _CLOSE else None


def _lessons_by_day(
    export: Export, doubts: list[str], *, stretched: bool
) -> Mapping[int, Mapping[Span, _Held]]:
    """The classes in lesson and the weeks and terms in which they are, by weekday and times."""
    by_day: dict[int, dict[Span, _Held]] = defaultdict(dict)
    cut = 0
    for card in export.cards:
        length = card.lesson.length if stretched else 1
        for day in card.days:
            spans = export.bells.run(day, card.period, length)
            cut += len(spans) < length
            for span in spans:
                held = by_day[day].setdefault(span, {})
                for name in card.classes:
                    held[name] = held.get(name, 0) | card.turns
    if cut:
        doubts.append(
            ngettext(
                "{n} lesson goes on after the last period; it was cut there",
                "{n} lessons go on after the last period; they were cut there",
                cut,
            )
        )
    return by_day


def _pieces(taught: Mapping[Span, _Held], whole: int) -> Iterator[tuple[Span, float]]:
    """The times between any two bells, with their share of lessons where there are some.

    Bells of several grades may overlap. `whole` is what would be held if all classes had a lesson
    in all weeks and terms.
    """
    edges = sorted({minute for span in taught for minute in span})
    for start, end in pairwise(edges):
        classes: _Held = {}
        for span, held in taught.items():
            if span.start <= start and end <= span.end:
                for name, turns in held.items():
                    classes[name] = classes.get(name, 0) | turns
        if share := sum(map(int.bit_count, classes.values())) / whole:
            yield Span(start, end), share


def _blocks(pieces: Iterable[tuple[Span, float]]) -> list[Block]:
    """Join times with lessons that follow each other and are about equally full, or short."""
    blocks: list[Block] = []
    former = 0.0
    for (start, end), share in pieces:
        follows = bool(blocks) and start - blocks[-1].end <= _LONGEST_PAUSE
        lessons = share * (end - start)
        short = follows and min(end - start, blocks[-1].end - blocks[-1].start) < _SHORTEST
        if follows and (short or abs(share - former) * 100 <= _ALIKE):
            blocks[-1].end = end
            blocks[-1].lessons += lessons
        else:  # a pause before it is open too
            blocks.append(Block(blocks[-1].end if follows else start, end, lessons))
        former = share
    return blocks


def _hours(by_day: Mapping[int, Mapping[Span, _Held]], whole: int) -> Iterator[Hours]:
    """One entry for the days that share it."""
    days: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for day, taught in sorted(by_day.items()):
        for block in _blocks(_pieces(taught, whole)):
            days[block.start, block.end, block.percent].append(day)
    for (start, end, percent), on in sorted(days.items(), key=lambda item: (item[1], item[0])):
        yield Hours(
            days=tuple(WEEKDAYS[day] for day in on),
            start=clock_of(start),
            end=clock_of(end),
            lesson_percent=percent,
        )
