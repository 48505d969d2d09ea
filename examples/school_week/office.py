"""A small part of Kota Bengkulu, 22 July to 9 August 2024: build the problem, write problem.json.

README.md in this folder says which of these numbers are facts and which are assumptions.
"""

from datetime import date
from pathlib import Path

from ektp_sched import Delivery, Policy, Problem, School, Stock

HERE = Path(__file__).parent
CITY = HERE.parent / "kota_bengkulu" / "problem.json"
SCHOOLS = (
    "10702415",  # SMA NEGERI 2
    "10702412",  # SMA NEGERI 5
    "10702431",  # SMK NEGERI 3
    "10703996",  # MAN 1
    "10703997",  # MAN 2
    "10702407",  # SMA NEGERI 7
    "10702417",  # SMAS SINT CAROLUS
    "10702419",  # SMAS PEMBANGUNAN
    "10704000",  # MAS MUHAMMADIYAH
    "10702545",  # SLB NEGERI 1
)


def build() -> Problem:
    """Ten schools of the city, its two teams, and few blanks."""
    city = Problem.model_validate_json(CITY.read_bytes())
    schools = {school.id: school for school in city.schools}
    start, end = date(2024, 7, 22), date(2024, 8, 9)
    return Problem(
        name="Ten schools of Kota Bengkulu",
        start=start,
        end=end,
        bases=city.bases,
        schools=tuple(_school(schools[npsn]) for npsn in SCHOOLS),
        teams=city.teams,
        stock=Stock(
            opening=450,
            reserve=50,
            walk_in_per_day=10,
            deliveries=(
                Delivery(date=date(2024, 7, 30), cards=120, confirmed=True),
                Delivery(date=date(2024, 8, 5), cards=200, confirmed=False),
            ),
        ),
        policy=Policy(floors=city.policy.floors),
    )


def problem_text(problem: Problem) -> str:
    """The problem as problem.json holds it: what the defaults already say is left out."""
    return problem.model_dump_json(indent=2, exclude_defaults=True) + "\n"


def _school(school: School) -> School:
    """The holidays and the first days of the school year are over when these weeks begin."""
    return school.model_copy(update={"closed": ()})


if __name__ == "__main__":
    (HERE / "problem.json").write_text(problem_text(build()), encoding="utf-8")
