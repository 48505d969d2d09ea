"""What offices use today to share blanks: by pupils, by requests, first come first served."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ektp_sched.offices.pool import Pool, PoolOffice, Rule, Shipment


def shared_today(pool: Pool, pupils: Mapping[str, int], rule: Rule) -> tuple[Shipment, ...]:
    """Share a pool's confirmed cards by one of today's rules, arrival by arrival.

    Each office gets its least first, whole boxes only, never more than its most; where a box is
    larger than what has arrived, cards are kept back for it, if it could not be met later. Then, by
    pupils or by requests, each box goes to the office that has most of them for each card it would
    have then (highest averages, Jefferson's method), by requests until all are met; first come
    first served meets one request after the other, in the order in which they came. What is left of
    an arrival is there with the next.

    Parameters
    ----------
    pupils
        All that are due, by office.
    """
    had = dict.fromkeys((one.office for one in pool.offices), 0)  # boxes
    unmet = sum(one.least_boxes * one.lot for one in pool.offices)
    sent: list[Shipment] = []
    left, later = 0, pool.cards
    for arrival in pool.confirmed:
        left, later = left + arrival.cards, later - arrival.cards
        before = had.copy()
        for office in _in_turn(pool, pupils, rule, had):
            owed = had[office.office] < office.least_boxes
            if office.lot <= (left if owed else left - max(0, unmet - later)):
                had[office.office] += 1
                left -= office.lot
                unmet -= office.lot * owed
        sent += _shipments(pool, arrival.date, before, had)
    return tuple(sent)


def floors_in_cards(pool: Pool, by_pupils: Iterable[Shipment]) -> dict[str, int]:
    """Cards that each province with a floor gets at least.

    Parameters
    ----------
    by_pupils
        What sharing by pupils sends.
    """
    fair = cards_by_province(pool, by_pupils)
    return {
        floor.province: -(-fair[floor.province] * floor.percent // 100) for floor in pool.floors
    }


def cards_by_province(pool: Pool, shipments: Iterable[Shipment]) -> dict[str, int]:
    """Confirmed cards sent to each province."""
    province = {one.office: one.province for one in pool.offices}
    cards = dict.fromkeys(province.values(), 0)
    for one in shipments:
        if one.confirmed:
            cards[province[one.office]] += one.cards
    return cards


def _in_turn(
    pool: Pool, pupils: Mapping[str, int], rule: Rule, had: dict[str, int]
) -> Iterator[PoolOffice]:
    """Whose turn it is to get a box, until all have their most; `had` counts what they took.

    An office that did not take its box, because less than one was left, has no further turn.
    """
    yield from _least(pool, had)
    most = {one.office: _most(pool, one, rule) for one in pool.offices}
    if rule == "first_come":
        for office in sorted(pool.offices, key=lambda one: one.requested_on or date.max):
            while (before := had[office.office]) < most[office.office]:
                yield office
                if had[office.office] == before:
                    break
        return
    claims = {
        one.office: pupils[one.office] if rule == "pupils" else one.requested
        for one in pool.offices
    }

    def turn(number: int) -> tuple[float, int]:
        office = pool.offices[number]
        cards = (had[office.office] + 1) * office.lot
        return -claims[office.office] / cards, number

    heap = [turn(n) for n, one in enumerate(pool.offices) if had[one.office] < most[one.office]]
    heapq.heapify(heap)
    while heap:
        _, number = heapq.heappop(heap)
        office = pool.offices[number]
        before = had[office.office]
        yield office
        if before < had[office.office] < most[office.office]:
            heapq.heappush(heap, turn(number))


def _least(pool: Pool, had: dict[str, int]) -> Iterator[PoolOffice]:
    for office in pool.offices:
        while (before := had[office.office]) < office.least_boxes:
            yield office
            if had[office.office] == before:
                break


def _most(pool: Pool, office: PoolOffice, rule: Rule) -> int:
    """Boxes: where offices ask, no more than was asked for, in whole boxes."""
    most = office.most_boxes(pool.cards)
    if rule == "pupils":
        return most
    return max(office.least_boxes, min(most, -(-office.requested // office.lot)))


def _shipments(
    pool: Pool, arrival: date, before: Mapping[str, int], had: Mapping[str, int]
) -> Iterator[Shipment]:
    for office in pool.offices:
        boxes = had[office.office] - before[office.office]
        if boxes:
            yield Shipment(
                office=office.office,
                date=office.first_delivery(arrival),
                cards=boxes * office.lot,
                confirmed=True,
            )
