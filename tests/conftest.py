"""What every test may ask for: servers on loopback and databases of its own."""

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
]
