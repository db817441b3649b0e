"""What every test may ask for: servers on loopback and databases of its own."""

import pytest
from hypothesis import settings

# Random tests stop at so many examples, never at a stopwatch: a busy machine is no fault of ours.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = [
    "tests.sinks.fixtures",
    "tests.commands",
    "tests.databases",
    "tests.dispatch_quarter",
    "tests.reporting",
    "tests.noticing",
    "tests.signals",
]


def pytest_configure(config: pytest.Config) -> None:
    """Let a thread that Prefect left in this process draw at random while Hypothesis looks.

    Hypothesis holds any such draw for the strategy's own, so that some test failed now and then.
    """
    seen = "ignore:Do not use the `random` module inside strategies"
    config.addinivalue_line(
        "filterwarnings", f"{seen}:hypothesis.errors.HypothesisDeprecationWarning"
    )
