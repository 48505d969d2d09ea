"""What share_out() gives back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from ektp_sched.domain import Delivery, Plan
from ektp_sched.domain.scalars import Count, Day, Flag, Text, Value

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
