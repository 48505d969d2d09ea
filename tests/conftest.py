"""Hypothesis profiles: few and the same examples by default, many new ones with "long".

HYPOTHESIS_PROFILE=long python -m pytest tests/property tests/oracle
"""

import os
from importlib import import_module

import pytest
from hypothesis import HealthCheck, settings

SLOW_BUT_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "default",
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=SLOW_BUT_FINE,
)
settings.register_profile(
    "long",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=SLOW_BUT_FINE,
)
os.environ["LANGUAGE"] = "en"  # messages are tested in English, whatever the machine speaks
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile once, before the processes of xdist would all do it at the same time."""
    if session.config.getoption("numprocesses", None):  # None in those processes themselves
        # Loaded here: in those processes coverage begins after this file is read.
        import_module("ektp_sched.solve.warm_up").compile_engine()
