"""The blank cards that are held centrally, and what each office may be sent of them."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from ektp_sched.domain import Delivery, weekday_of
from ektp_sched.domain.scalars import Count, Day, Percent, Stated, Text, Weekdays, fault, repetition
from ektp_sched.language import _

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
