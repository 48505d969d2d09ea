"""The blank cards that are held centrally, and how they were shared out among offices."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ektp_sched.domain import Delivery, Plan, weekday_of
from ektp_sched.domain.scalars import (
    Count,
    Day,
    Flag,
    Percent,
    Stated,
    Text,
    Value,
    Weekdays,
    fault,
    repetition,
)
from ektp_sched.files.file_kinds import POOL, SHARING
from ektp_sched.files.json_files import json_of, load_value, schema_of
from ektp_sched.files.outputs import write_file
from ektp_sched.texts.language import _

CardsOfBox = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class PoolOffice(Stated):
    """An office that the pool serves.

    Cards travel in whole boxes of `lot`. Of what is confirmed the office gets `least` or more, in
    all, and `most` or less; boxes reach it on `delivery_days` only. `requested` and `requested_on`
    are what it asked for, and when: no plan needs them, but sharing by requests does.
    """

    office: Text
    province: Text
    lot: CardsOfBox = 1
    least: Count = 0
    most: Count | None = None
    delivery_days: Weekdays = ("mon", "tue", "wed", "thu", "fri")
    requested: Count = 0
    requested_on: Day | None = None

    @model_validator(mode="after")
    def _least_not_above_most(self) -> Self:
        if self.most is not None and self.least_boxes > self.most_boxes(self.most):
            raise fault(
                "least_above_most",
                _(
                    "{boxes} boxes of {lot} cards, the least, are more than {most} cards",
                    boxes=self.least_boxes,
                    lot=self.lot,
                    most=self.most,
                ),
                _("Raise most, or lower least or lot."),
                at=("most",),
            )
        return self

    @property
    def least_boxes(self) -> int:
        """Fewest boxes that it gets."""
        return -(-self.least // self.lot)

    def most_boxes(self, cards: int) -> int:
        """Most boxes that it may get where the pool has so many cards."""
        return min(cards, cards if self.most is None else self.most) // self.lot

    def first_delivery(self, arrival: date) -> date:
        """The first day, from an arrival on, that boxes reach it."""
        days = (arrival + timedelta(ahead) for ahead in range(7))
        return next(day for day in days if weekday_of(day) in self.delivery_days)


class ProvinceFloor(Stated):
    """What a province's offices get at least.

    `percent` is of the cards that they would get together if all were shared by pupils.
    """

    province: Text
    percent: Percent


class Pool(Stated):
    """Blank cards by the day they arrive at the centre, and the offices that share them."""

    arrivals: tuple[Delivery, ...]
    offices: tuple[PoolOffice, ...]
    floors: tuple[ProvinceFloor, ...] = ()

    @model_validator(mode="after")
    def _offices_once(self) -> Self:
        if again := repetition(one.office for one in self.offices):
            index, name = again
            raise fault(
                "office_twice",
                _("office {name!r} is there more than once", name=name),
                _("Keep one of them."),
                at=("offices", index, "office"),
            )
        return self

    @model_validator(mode="after")
    def _floors_once_of_known_provinces(self) -> Self:
        if again := repetition(floor.province for floor in self.floors):
            index, name = again
            raise fault(
                "floor_twice",
                _("province {name!r} has more than one floor", name=name),
                _("Keep one of them."),
                at=("floors", index, "province"),
            )
        known = {one.province for one in self.offices}
        for index, floor in enumerate(self.floors):
            if floor.province not in known:
                raise fault(
                    "unknown_province",
                    _("a floor is set for {name!r}, where no office is", name=floor.province),
                    _("Correct the name of the province, or remove the floor."),
                    at=("floors", index, "province"),
                )
        return self

    @model_validator(mode="after")
    def _least_of_all_is_there(self) -> Self:
        least, cards = sum(one.least_boxes * one.lot for one in self.offices), self.cards
        if least > cards:
            raise fault(
                "too_few_cards",
                _(
                    "what the offices get at least, {least} cards in whole boxes, is more than "
                    "the {cards} confirmed",
                    least=least,
                    cards=cards,
                ),
                _("Lower least of some offices."),
                at=("offices",),
            )
        return self

    @property
    def cards(self) -> int:
        """All cards that are confirmed."""
        return sum(one.cards for one in self.confirmed)

    @property
    def in_order(self) -> tuple[Delivery, ...]:
        """All arrivals by date."""
        return tuple(sorted(self.arrivals, key=lambda one: one.date))

    @property
    def confirmed(self) -> tuple[Delivery, ...]:
        """The arrivals that are confirmed, by date."""
        return tuple(one for one in self.in_order if one.confirmed)


Rule = Literal["pupils", "requests", "first_come"]


class SharingProgress(Value):
    """How far share_out() is: its best sharing so far, and offices appraised in this round.

    `pupils` and `bound` are as in Sharing; `bound` is None, and `pupils` 0, until all offices are
    appraised once.
    """

    round: Count
    offices_done: Count
    offices: Count
    pupils: Count = 0
    bound: int | None = None


class Shipment(Value):
    """Whole boxes that reach an office on a date."""

    office: Text
    date: Day
    cards: Count
    confirmed: Flag

    @property
    def delivery(self) -> Delivery:
        """What it is in the office's own stock."""
        return Delivery(date=self.date, cards=self.cards, confirmed=self.confirmed)


def deliveries_of(shipments: Iterable[Shipment]) -> defaultdict[str, list[Delivery]]:
    """What each office is sent, by its name; nothing for those that are sent nothing."""
    sent: defaultdict[str, list[Delivery]] = defaultdict(list)
    for shipment in shipments:
        sent[shipment.office].append(shipment.delivery)
    return sent


class OfficeShare(Value):
    """What the sharing means for one office.

    `cards` are those confirmed. `pupils` are what its plan records with them (times priority, as
    term T1 counts), `bound` what no plan can pass, and `box_worth` by how much the bound rises
    with one box more from the first day on: 0 where blanks are not what limits it.
    """

    office: Text
    province: Text
    cards: int
    pupils: int
    bound: int
    box_worth: float


class RuleShare(Value):
    """One of today's rules on the same pool: what it sends, what is recorded then.

    `pupils` are what the plans made for it record, `bound` what no plans can pass.
    """

    rule: Rule
    shipments: tuple[Shipment, ...]
    pupils: int
    bound: int


class Sharing(Value):
    """A sharing of the pool and what the country records with it.

    `pupils` counts all offices together; no other sharing and no other plans can pass `bound`.
    Offices without any plan are in `failures`, by name with the reason; of these, bounds count all
    pupils due where the problem could be read. `plans`, by office, are those behind `pupils`; they
    are not part of the file.
    """

    shipments: tuple[Shipment, ...]
    offices: tuple[OfficeShare, ...]
    pupils: int
    bound: int
    rules: tuple[RuleShare, ...]
    failures: Mapping[str, str] = {}
    plans: Mapping[str, Plan] = Field(default={}, exclude=True)

    @property
    def gap(self) -> float:
        """What the pupils recorded lack to the bound, as a share of them."""
        return (self.bound - self.pupils) / max(1, self.pupils)


def load_pool(path: str | Path) -> Pool:
    """Read a pool.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON.
    ProblemError
        With one complaint for each fault in it.
    """
    return load_value(Path(path), Pool, POOL)


def save_pool(path: str | Path, pool: Pool, *, replace: bool = False) -> Path | None:
    """Write a pool, as save_problem() does."""
    return write_file(path, json_of(pool), replace=replace)


def pool_schema() -> str:
    """The JSON schema of a pool."""
    return schema_of(Pool)


def load_sharing(path: str | Path) -> Sharing:
    """Read a sharing; its plans are not in the file. Raises FileError."""
    return load_value(Path(path), Sharing, SHARING)


def save_sharing(path: str | Path, sharing: Sharing, *, replace: bool = False) -> Path | None:
    """Write a sharing without its plans, as save_problem() does."""
    return write_file(path, json_of(sharing), replace=replace)
