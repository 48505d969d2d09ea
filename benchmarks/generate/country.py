"""A country of offices: the published distribution of schools, teams by schools, too few blanks.

Half of the 514 offices have 35 senior-secondary schools or fewer, a quarter 21 or fewer, a quarter
63 or more, a tenth 120 or more, the largest 523; there are about 40,000 in all. Between these
points the number of schools follows one curve, steeper first, whose bend makes the total right.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from benchmarks.generate.office import HOLIDAYS, office_without_promises
from benchmarks.generate.promises import with_promises
from benchmarks.generate.size import Size
from ektp_sched.domain import Cohort, Delivery, Location, Problem, School, Stock
from ektp_sched.offices import Pool, PoolOffice, ProvinceFloor

PROVINCES = 38
# Share of the offices and how many schools they have at most; the first point is an assumption.
QUANTILES = ((0.0, 4), (0.25, 21), (0.5, 35), (0.75, 63), (0.9, 120), (1.0, 523))
BEND = 1.86  # above 1: most offices of a stretch are near its upper end
SCHOOLS_PER_TEAM = 30
DAYS = 20
LATER_PERCENT, NEXT_MONTH = 30, date(2026, 8, 1)
# Of all pupils due: the cards of the pool in percent, by day of the horizon; the last arrival is
# not confirmed. What an office asks for has little to do with what it can use.
ARRIVALS = ((0, 4), (5, 4), (10, 2))
ASKED = (0.1, 0.7)
FLOOR = 50
LOTS = ((4_000, 500), (0, 250))  # pupils from which on boxes are of that size
EAST, NORTH = (95.0, 141.0), (-10.0, 5.0)  # degrees


@dataclass(frozen=True, slots=True)
class Country:
    """Offices by name, made one at a time."""

    size: int
    seed: int

    def offices(self) -> Iterator[tuple[str, Problem]]:
        """Each office's name and problem."""
        for number in range(self.size):
            yield office_name(number), self.office(number)

    def office(self, number: int) -> Problem:
        """The problem of an office; it depends on the size, the seed and its number alone."""
        schools = schools_of(number, self.size)
        rng = random.Random(f"country {self.size} {self.seed} {number}")
        size = Size(schools, max(1, round(schools / SCHOOLS_PER_TEAM)), DAYS)
        made = _moved(office_without_promises(rng, size), _centre(self.seed, number, self.size))
        made = made.model_copy(update={"schools": tuple(map(_who_need_cards, made.schools))})
        stock = _stock(rng, pupils_due(made), size.working_days(HOLIDAYS))
        named = {"name": office_name(number), "stock": stock}
        return with_promises(rng, made.model_copy(update=named))

    def pool(self) -> Pool:
        """A pool of blanks for all offices; this makes each of them once."""
        pupils = {name: pupils_due(problem) for name, problem in self.offices()}
        total = sum(pupils.values())
        start = self.office(0).start
        provinces = [_province(number, self.size) for number in range(self.size)]
        rng = random.Random(f"pool {self.size} {self.seed}")
        return Pool(
            arrivals=tuple(
                Delivery(
                    date=start + timedelta(day),
                    cards=total * percent // 100,
                    confirmed=number + 1 < len(ARRIVALS),
                )
                for number, (day, percent) in enumerate(ARRIVALS)
            ),
            offices=tuple(
                _pool_office(rng, name, province, pupils[name], start)
                for name, province in zip(pupils, provinces, strict=True)
            ),
            floors=tuple(
                ProvinceFloor(province=_province_name(number), percent=FLOOR)
                for number in sorted(set(provinces))
            ),
        )


def office_name(number: int) -> str:
    """The name of an office by its number, as a file may be named too."""
    return f"dukcapil-{number + 1:03}"


def pupils_due(problem: Problem) -> int:
    """All pupils of a problem."""
    return sum(cohort.students for school in problem.schools for cohort in school.cohorts)


def schools_of(number: int, size: int) -> int:
    """Schools of an office: its place in the distribution is drawn by shuffling the offices."""
    places = list(range(size))
    random.Random(f"places {size}").shuffle(places)
    return _schools_at((places[number] + 1) / size)


def _schools_at(share: float) -> int:
    for (below, fewest), (above, most) in pairwise(QUANTILES):
        if share <= above:
            bent: float = 1 - ((above - share) / (above - below)) ** BEND
            return round(fewest + (most - fewest) * bent)
    raise ValueError(f"{share} is more than all offices")


def _province(number: int, size: int) -> int:
    return number * min(PROVINCES, max(1, size // 3)) // size


def _province_name(number: int) -> str:
    return f"province-{number + 1:02}"


def _pool_office(
    rng: random.Random, name: str, province: int, pupils: int, start: date
) -> PoolOffice:
    lot = next(cards for least, cards in LOTS if pupils >= least)
    return PoolOffice(
        office=name,
        province=_province_name(province),
        lot=lot,
        most=max(lot, pupils),
        delivery_days=("mon", "thu"),
        requested=round(rng.uniform(*ASKED) * pupils),
        requested_on=start - timedelta(rng.randint(10, 60)),
    )


def _centre(seed: int, number: int, size: int) -> tuple[float, float]:
    """Degrees east and north: near the others of the province."""
    home = random.Random(f"province {seed} {_province(number, size)}")
    near = random.Random(f"centre {seed} {number}")
    return (
        home.uniform(*EAST) + near.uniform(-1.2, 1.2),
        home.uniform(*NORTH) + near.uniform(-0.8, 0.8),
    )


def _who_need_cards(school: School) -> School:
    """The school with those pupils only who turn 17 before the plan ends: each draws a blank."""
    pupils = sum(cohort.students for cohort in school.cohorts)
    later = pupils * LATER_PERCENT // 100
    cohorts = (
        Cohort(name="17 already", students=pupils - later),
        Cohort(name="17 next month", students=later, card_from=NEXT_MONTH),
    )
    return school.model_copy(update={"cohorts": tuple(c for c in cohorts if c.students)})


def _moved(problem: Problem, centre: tuple[float, float]) -> Problem:
    """The problem with its first base at a place, all else around it as it was."""
    home = problem.bases[0].location
    east, north = centre[0] - home.lon, centre[1] - home.lat

    def there(place: Location) -> Location:
        return Location(lon=round(place.lon + east, 5), lat=round(place.lat + north, 5))

    return problem.model_copy(
        update={
            "bases": tuple(
                base.model_copy(update={"location": there(base.location)}) for base in problem.bases
            ),
            "schools": tuple(
                school.model_copy(update={"location": there(school.location)})
                for school in problem.schools
            ),
        }
    )


def _stock(rng: random.Random, pupils: int, days: tuple[date, ...]) -> Stock:
    """Blanks for a twentieth to half of the pupils: rich and poor offices side by side."""
    counters = max(1, pupils // 100)
    schools = round(rng.choice((0.05, 0.1, 0.2, 0.3, 0.5)) * pupils)
    reserve = pupils // 40
    return Stock(
        opening=reserve + counters * len(days) + schools * 7 // 10,
        reserve=reserve,
        walk_in_per_day=counters,
        deliveries=(Delivery(date=days[len(days) // 2], cards=schools * 3 // 10, confirmed=True),),
    )
