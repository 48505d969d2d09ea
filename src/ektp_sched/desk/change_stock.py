"""Deliveries of blank cards that come late, in part, or at last."""

from typing import Literal

from ektp_sched.desk.revise import refusal, with_stock
from ektp_sched.desk.said import Names, short_day
from ektp_sched.domain import Delivery, Problem, Stock
from ektp_sched.domain.scalars import Count, Day, Value
from ektp_sched.rulebook.words import amount


class _OfDelivery(Value):
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
            number = "" if self.announced is None else f" of {self.announced} cards"
            known = ", ".join(f"{one.date} ({one.cards} cards)" for one in announced)
            what = f"no delivery{number} is announced for {self.date}"
            raise refusal("date", what, f"Announced are: {known or '(none)'}.")
        if len(fitting) > 1:
            what = f"{len(fitting)} deliveries are announced for {self.date}"
            raise refusal("announced", what, "Say which one by its number of cards.")
        return fitting[0]


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
        return f"delivery of {short_day(self.date)} only on {short_day(self.new_date)}"


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
            what = f"{self.cards} of {whole.cards} cards leave no rest"
            raise refusal("rest_on", what, "Leave rest_on out, or correct the cards.")
        rest = Delivery(date=self.rest_on, cards=whole.cards - self.cards, confirmed=False)
        return self._exchange(problem, part, rest)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        cards = amount(self.cards, "cards")
        rest = f", the rest on {short_day(self.rest_on)}" if self.rest_on else ""
        return f"delivery of {short_day(self.date)} brings {cards}{rest}"


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
        cards = "" if self.cards is None else f" with {amount(self.cards, 'cards')}"
        return f"delivery of {short_day(self.date)} arrived{cards}"
