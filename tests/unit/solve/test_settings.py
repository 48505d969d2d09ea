import math

import pytest

from ektp_sched.errors import SettingsError
from ektp_sched.solve.settings import Settings, available_cores


def some_settings(**fields: float) -> Settings:
    usual = {"time_limit": 60, "gap": 0.001, "seed": 0, "workers": 1}
    return Settings(**{**usual, **fields}, deterministic=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "number"),
    [("time_limit", 1e-9), ("gap", 0), ("gap", 0.99), ("seed", 2**31 - 1), ("workers", 1_024)],
)
def test_numbers_at_their_limits(name: str, number: float) -> None:
    assert getattr(some_settings(**{name: number}), name) == number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("time_limit", 0),
        ("time_limit", math.inf),
        ("time_limit", math.nan),
        ("gap", -0.001),
        ("gap", 1),
        ("gap", math.nan),
        ("seed", -1),
        ("seed", 2**31),
        ("workers", 0),
        ("workers", 1_025),
    ],
)
def test_numbers_beyond_their_limits(name: str, number: float) -> None:
    with pytest.raises(SettingsError, match=f"{name}: {number} is out of range. Give a "):
        some_settings(**{name: number})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        some_settings(gap=-1, seed=-1)
    assert [complaint.where for complaint in caught.value.complaints] == ["gap", "seed"]


def test_there_is_a_core() -> None:
    assert available_cores() >= 1
