"""The made country: its sizes are those published, blanks are short, promises can be kept."""

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.cli import app
from benchmarks.generate import Country
from benchmarks.generate.country import QUANTILES, pupils_due, schools_of
from ektp_sched import load_problem
from ektp_sched.domain import Plan
from ektp_sched.rulebook import check

OFFICES = 514


def test_the_whole_country_has_the_published_sizes() -> None:
    sizes = sorted(schools_of(number, OFFICES) for number in range(OFFICES))
    for share, most in QUANTILES[1:]:
        assert np.percentile(sizes, 100 * share) == pytest.approx(most, rel=0.04)
    assert 39_500 <= sum(sizes) <= 40_500


def test_an_office_is_a_function_of_its_number_and_the_seed() -> None:
    assert Country(5, 0).office(3) == Country(5, 0).office(3)
    assert Country(5, 0).office(3).schools != Country(5, 1).office(3).schools


def test_blanks_are_short_and_promises_can_be_kept() -> None:
    for _, problem in Country(5, 0).offices():
        assert check(problem, Plan(visits=problem.commitments)).ok
        stock = problem.stock
        cards = stock.opening + sum(delivery.cards for delivery in stock.deliveries)
        assert cards < pupils_due(problem)


def test_the_command_writes_each_office(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["country", "--size", "3", "-o", str(tmp_path / "country")])
    assert done.exit_code == 0, done.output
    files = sorted((tmp_path / "country").iterdir())
    assert [load_problem(file).name for file in files] == [file.stem for file in files]
    assert len(files) == 3


def test_the_pool_serves_every_office_of_its_province() -> None:
    country = Country(6, 0)
    pool = country.pool()
    assert [one.office for one in pool.offices] == [name for name, _ in country.offices()]
    assert {floor.province for floor in pool.floors} == {one.province for one in pool.offices}
    pupils = sum(pupils_due(problem) for _, problem in country.offices())
    assert 0 < pool.cards < pupils / 5
    assert pool == Country(6, 0).pool()
