"""A school's open hours and lesson shares from an aSc Timetables XML export.

Only periods, classes, lessons and cards are looked at; the names of teachers and pupils that an
export may hold are never kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ektp_sched.domain import Hours
from ektp_sched.domain.scalars import WEEKDAYS, clock_of
from ektp_sched.errors import FileError
from ektp_sched.io.excel.cells import CellError, read_clock
from ektp_sched.io.excel.package import refusal
from ektp_sched.io.text_files import reason_of
from ektp_sched.language import N_, _

MAX_BYTES = 50_000_000
_LONGEST_PAUSE = 45  # minutes between periods that still belong to the school day
_ALIKE = 10  # percent: periods whose shares differ no more make one entry
_KEPT = (
    "id",
    "period",
    "starttime",
    "endtime",
    "classids",
    "periodspercard",
    "lessonid",
    "days",
    "day",
)
_EXPORT = N_("Export the timetable again from aSc Timetables: File, Export, aSc Timetables XML.")


class Period(NamedTuple):
    """A period of the day in minutes after midnight."""

    start: int
    end: int


@dataclass(slots=True)
class Block:
    """Periods of a day with about the same share of lessons."""

    start: int
    end: int
    lessons: float  # minutes of lessons of the average class

    @property
    def percent(self) -> int:
        """Lessons as a share of the block, pauses included."""
        return round(100 * self.lessons / (self.end - self.start))


def read_hours(path: Path) -> tuple[Hours, ...]:
    """Open hours of a week, each with the share of its time that is lessons.

    The share is that of the classes that have a lesson, weighted by time.

    Raises
    ------
    FileError
        The file is no export that tells of periods, classes, lessons and cards.
    """
    parts = _parts(path)
    periods = _periods(path, parts["period"])
    busy = _busy_classes(parts, periods)
    classes = len(parts["class"])
    by_day = {
        day: _blocks(periods, {p: len(busy[day, p]) / classes for p in periods})
        for day in range(len(WEEKDAYS))
        if any(busy[day, p] for p in periods)
    }
    if not by_day:
        raise refusal(path, _("no lesson of it has a day and a period"), _(_EXPORT))
    return tuple(_hours(by_day))


def _parts(path: Path) -> Mapping[str, list[dict[str, str]]]:
    """What the elements that matter say, by their tag."""
    parts: dict[str, list[dict[str, str]]] = {
        tag: [] for tag in ("period", "class", "lesson", "card")
    }
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refusal(
                path,
                _("the file is larger than {most} MB", most=MAX_BYTES // 1_000_000),
                _(_EXPORT),
            )
        with path.open("rb") as file:
            for _event, element in iterparse(file, forbid_dtd=True):
                _keep(element, parts)
    except FileError:
        raise  # too large
    except OSError as error:
        raise _unreadable(path, _("cannot read: {reason}", reason=reason_of(error))) from error
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise _unreadable(
            path, _("this is no XML of a timetable ({fault})", fault=type(error).__name__)
        ) from error
    for tag, found in parts.items():
        if not found:
            raise refusal(path, _("it tells of no <{tag}>", tag=tag), _(_EXPORT))
    return parts


def _unreadable(path: Path, what: str) -> FileError:
    return refusal(path, what, _(_EXPORT))


def _keep(element: Element, parts: dict[str, list[dict[str, str]]]) -> None:
    if element.tag in parts:
        kept = {key: element.get(key, "") for key in _KEPT if element.get(key) is not None}
        parts[element.tag].append(kept)
    element.clear()


def _periods(path: Path, elements: Iterable[Mapping[str, str]]) -> dict[int, Period]:
    periods = {}
    for element in elements:
        try:
            start, end = (_minute(element.get(key, "")) for key in ("starttime", "endtime"))
            number = int(element.get("period", ""))
        except (CellError, ValueError) as error:
            name = element.get("period", "?")
            raise refusal(
                path, _("period {name} has no number or no times", name=name), _(_EXPORT)
            ) from error
        if start >= end:
            raise refusal(
                path, _("period {number} ends before it starts", number=number), _(_EXPORT)
            )
        periods[number] = Period(start, end)
    return dict(sorted(periods.items(), key=lambda item: item[1]))


def _minute(text: str) -> int:
    hours, minutes = read_clock(text).split(":")
    return int(hours) * 60 + int(minutes)


def _busy_classes(
    parts: Mapping[str, list[dict[str, str]]], periods: Mapping[int, Period]
) -> Mapping[tuple[int, int], set[str]]:
    """The classes with a lesson, by day of the week and period."""
    lessons = {lesson.get("id", ""): lesson for lesson in parts["lesson"]}
    order = list(periods)
    busy: dict[tuple[int, int], set[str]] = defaultdict(set)
    for card in parts["card"]:
        lesson = lessons.get(card.get("lessonid", ""))
        first = card.get("period", "")
        if lesson is None or not first.isdigit() or int(first) not in periods:
            continue
        at = order.index(int(first))
        span = order[at : at + max(1, int(float(lesson.get("periodspercard") or 1)))]
        classes = {name for name in lesson.get("classids", "").split(",") if name}
        for day in _days(card):
            for period in span:
                busy[day, period] |= classes
    return busy


def _days(card: Mapping[str, Any]) -> list[int]:
    """Days of a card: a mask such as 01000, or several; older exports give a number."""
    if "days" in card:
        masks = card["days"].split(",")
        days = {n for mask in masks for n, sign in enumerate(mask.strip()) if sign == "1"}
    else:
        days = {int(card["day"])} if card.get("day", "").isdigit() else set()
    return [day for day in sorted(days) if day < len(WEEKDAYS)]


def _blocks(periods: Mapping[int, Period], shares: Mapping[int, float]) -> list[Block]:
    """Join periods with lessons that follow each other and are about equally full."""
    blocks: list[Block] = []
    former = 0.0
    for number, (start, end) in periods.items():
        share = shares[number]
        if not share:
            continue
        follows = bool(blocks) and start - blocks[-1].end <= _LONGEST_PAUSE
        lessons = share * (end - start)
        if follows and abs(share - former) * 100 <= _ALIKE:
            blocks[-1].end = end
            blocks[-1].lessons += lessons
        else:  # a pause before it is open too
            blocks.append(Block(blocks[-1].end if follows else start, end, lessons))
        former = share
    return blocks


def _hours(by_day: Mapping[int, Iterable[Block]]) -> Iterator[Hours]:
    """One entry for the days that share it."""
    days: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for day, blocks in by_day.items():
        for block in blocks:
            days[block.start, block.end, block.percent].append(day)
    for (start, end, percent), on in sorted(days.items(), key=lambda item: (item[1], item[0])):
        yield Hours(
            days=tuple(WEEKDAYS[day] for day in on),
            start=clock_of(start),
            end=clock_of(end),
            lesson_percent=percent,
        )
