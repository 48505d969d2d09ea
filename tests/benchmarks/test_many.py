"""The suites of many offices: what is measured, and what counts as a fault."""

import pytest

from benchmarks import harness
from benchmarks.generate import Country
from benchmarks.generate.country import pupils_due
from benchmarks.many import faults_of_sharing
from benchmarks.record import Job
from benchmarks.suites import SUITES
from ektp_sched.offices import RuleShare, Sharing, shared_today


@pytest.mark.parametrize("suite", ["country", "pool"])
def test_a_country_of_any_size_is_measured(suite: str) -> None:
    assert SUITES[suite].named("3") == ("3",)
    assert SUITES[suite].named("0") == ()
    job = Job(suite=suite, case="3", seed=0, seconds=1, workers=2, deterministic=True)
    outcome = harness.run(job)
    assert outcome.faults == ()
    (tier,) = outcome.tiers
    assert tier.bound is not None
    assert 0 < tier.value <= tier.bound
    assert outcome.seconds
    assert ("by requests" in outcome.notes) == (suite == "pool")


def test_a_floor_that_is_not_kept_and_an_office_that_failed_are_faults() -> None:
    country = Country(6, 0)
    pool = country.pool()
    pupils = {name: pupils_due(problem) for name, problem in country.offices()}
    fair = shared_today(pool, pupils, "pupils")
    rule = RuleShare(rule="pupils", shipments=fair, pupils=0, bound=0)
    nothing = Sharing(
        shipments=(), offices=(), pupils=0, bound=0, rules=(rule,), failures={"lost": "no file"}
    )
    lost, *floors = faults_of_sharing(pool, nothing, {})
    assert lost == "lost: no file"
    assert [fault.partition(":")[0] for fault in floors] == [one.province for one in pool.floors]
    assert len(floors) > 1
    kept = nothing.model_copy(update={"shipments": fair, "failures": {}})
    assert list(faults_of_sharing(pool, kept, {})) == []
