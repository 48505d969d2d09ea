"""What is different from a former plan, visit by visit."""

from collections import defaultdict
from collections.abc import Hashable
from itertools import zip_longest
from typing import Literal, NamedTuple

from ektp_sched.desk.promises import in_order, place_of
from ektp_sched.domain import Plan, Visit

Change = Literal["added", "dropped", "changed"]


class Difference(NamedTuple):
    """A visit as it was and as it is; one of them None where it is new or dropped."""

    school: str
    former: Visit | None
    now: Visit | None

    @property
    def latest(self) -> Visit:
        """The visit as it is, or as it was where it is dropped."""
        visit = self.now or self.former
        assert visit is not None  # one of both is there
        return visit

    @property
    def change(self) -> Change:
        """What happened to it."""
        if self.former is None:
            return "added"
        return "dropped" if self.now is None else "changed"


def differences(former: Plan, now: Plan) -> list[Difference]:
    """Visits that are not as they were, those of one school paired in order of time.

    As they were means as in term T8: the status does not matter.
    """
    before, after = _by_appointment(former), _by_appointment(now)
    gone, new = _by_school(before, after), _by_school(after, before)
    pairs = [
        Difference(school, *pair)
        for school in sorted(gone.keys() | new.keys())
        for pair in zip_longest(gone.get(school, ()), new.get(school, ()))
    ]
    return sorted(pairs, key=lambda pair: in_order(pair.latest))


def _by_appointment(plan: Plan) -> dict[Hashable, Visit]:
    return {(place_of(visit), frozenset(visit.students.items())): visit for visit in plan.visits}


def _by_school(
    some: dict[Hashable, Visit], others: dict[Hashable, Visit]
) -> dict[str, list[Visit]]:
    """The visits of `some` that are not in `others`, by school in order of time."""
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in sorted((some[key] for key in some.keys() - others.keys()), key=in_order):
        groups[visit.school].append(visit)
    return groups
