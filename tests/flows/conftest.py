"""Prefect for tests: one temporary server for all of them, and an office in a folder of its own."""

import gc
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.office import open_office
from services.scheduling import prefect_environment
from services.settings import Settings, read_settings
from services.start import start


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a real Prefect server on loopback for the session; it takes some twenty seconds."""
    told = prefect_environment(Settings(data_dir=tmp_path_factory.mktemp("prefect")))
    os.environ.update(told)
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - the whole server

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(autouse=True)
def _prefect_leaves_sockets() -> Iterator[None]:
    """Collect what Prefect's client leaves open after a run, so that no other test is blamed."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def office_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office after `duban init`, which a flow finds by the environment."""
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path))
    start(open_office(must_exist=False))
    assert read_settings().data_dir == tmp_path
    return tmp_path
