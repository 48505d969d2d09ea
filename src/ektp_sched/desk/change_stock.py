"""Deliveries of blank cards that come late, in part, or at last."""

from typing import Literal

from ektp_sched.desk.revise import refusal, with_stock
from ektp_sched.desk.said import Names, short_day
from ektp_sched.domain import Delivery, Problem, Stock
from ektp_sched.domain.scalars import Asked, Count, Day
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount


class _OfDelivery(Asked):
    """`announced` tells apart several deliveries of one date by their number of cards."""

    date: Day
    announced: Count | None = None

    def _exchange(self, problem: Problem, *new: Delivery) -> Problem:
        """The problem with other deliveries in the place of this one."""
        old = self._found(problem)

        def change(stock: Stock) -> Stock:
            others = list(stock.deliveries)
            others.remove(old)
            kept = sorted((*others, *new), key=lambda delivery: delivery.date)
            return stock.model_copy(update={"deliveries": tuple(kept)})

        return with_stock(problem, change)

    def _found(self, problem: Problem) -> Delivery:
        announced = problem.stock.deliveries
        fitting = [
            one
            for one in announced
            if one.date == self.date and self.announced in {None, one.cards}
        ]
        if not fitting:
            known = ", ".join(
                _("{date} ({cards} cards)", date=one.date, cards=one.cards) for one in announced
            )
            raise refusal(
                "date",
                self._nothing_fits(),
                _("Announced are: {known}.", known=known or _("(none)")),
            )
        if len(fitting) > 1:
            what = _(
                "{count} deliveries are announced for {date}", count=len(fitting), date=self.date
            )
            raise refusal("announced", what, _("Say which one by its number of cards."))
        return fitting[0]

    def _nothing_fits(self) -> str:
        if self.announced is None:
            return _("no delivery is announced for {date}", date=self.date)
        return _(
            "no delivery of {cards} cards is announced for {date}",
            cards=self.announced,
            date=self.date,
        )


class DeliveryLate(_OfDelivery):
    """A delivery is expected on another date."""

    kind: Literal["delivery_late"] = "delivery_late"
    new_date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem with the delivery on that date, as sure as it was."""
        moved = self._found(problem).model_copy(update={"date": self.new_date})
        return self._exchange(problem, moved)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        return _(
            "delivery of {day} only on {new_day}",
            day=short_day(self.date),
            new_day=short_day(self.new_date),
        )


class DeliveryPartial(_OfDelivery):
    """A delivery brings another number of cards; the rest, if still expected, on `rest_on`."""

    kind: Literal["delivery_partial"] = "delivery_partial"
    cards: Count
    rest_on: Day | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with that number; the rest is never confirmed."""
        whole = self._found(problem)
        part = whole.model_copy(update={"cards": self.cards})
        if self.rest_on is None:
            return self._exchange(problem, part)
        if self.cards >= whole.cards:
            what = _("{part} of {whole} cards leave no rest", part=self.cards, whole=whole.cards)
            raise refusal("rest_on", what, _("Leave rest_on out, or correct the cards."))
        rest = Delivery(date=self.rest_on, cards=whole.cards - self.cards, confirmed=False)
        return self._exchange(problem, part, rest)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        brings = {"day": short_day(self.date), "cards": amount(self.cards, "cards")}
        if self.rest_on is None:
            return _("delivery of {day} brings {cards}", **brings)
        rest_day = short_day(self.rest_on)
        return _(
            "delivery of {day} brings {cards}, the rest on {rest_day}", **brings, rest_day=rest_day
        )


class DeliveryArrived(_OfDelivery):
    """A delivery is there, or certain, on its date; `cards` where they are another number."""

    kind: Literal["delivery_arrived"] = "delivery_arrived"
    cards: Count | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with the delivery confirmed."""
        old = self._found(problem)
        cards = old.cards if self.cards is None else self.cards
        return self._exchange(problem, Delivery(date=old.date, cards=cards, confirmed=True))

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        day = short_day(self.date)
        if self.cards is None:
            return _("delivery of {day} arrived", day=day)
        return _(
            "delivery of {day} arrived with {cards}", day=day, cards=amount(self.cards, "cards")
        )
