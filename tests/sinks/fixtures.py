"""Fixtures for tests that send."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sinks.http import HttpSink, running
from tests.sinks.smtp import SmtpSink, running_sink


@pytest.fixture
def smtp_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpSink]:
    """Give a real SMTP server on loopback, in a process of its own, that accepts everything."""
    with running_sink(tmp_path_factory.mktemp("smtp-sink")) as sink:
        yield sink


@pytest.fixture
def http_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpSink]:
    """Give a real HTTP server on loopback that answers like the vendors of robots."""
    with running("tests.sinks.http_sink", tmp_path_factory.mktemp("http-sink")) as sink:
        yield sink


@pytest.fixture
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpSink]:
    """Give the fake gateway that duban ships, running."""
    with running("notifications.gateway_fake", tmp_path_factory.mktemp("gateway")) as fake:
        yield fake


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a PEM file with a key and a self-signed certificate for 127.0.0.1."""
    from tests.sinks.certificate import self_signed_pem  # noqa: PLC0415 slow, and few need it

    path = tmp_path_factory.mktemp("tls") / "sink.pem"
    path.write_bytes(self_signed_pem())
    return path
