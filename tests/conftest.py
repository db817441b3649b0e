"""What every test may ask for: servers on loopback and databases of its own."""

pytest_plugins = [
    "tests.sinks.fixtures",
    "tests.databases",
    "tests.dispatch_quarter",
    "tests.reporting",
]
