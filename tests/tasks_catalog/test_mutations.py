"""Thousands of damaged documents: read or refused, never anything else, and no word lost."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.tasks_catalog.mutations import Outcome, read_damaged
from tests.tasks_catalog.sample_files import WRITERS

DOCUMENTS = Path(__file__).parent / "documents"
CHILDREN = 2
BATCH = 25
PATIENCE = 300  # seconds for the slowest batch, on a busy machine
MOST_SECONDS, MOST_KIB = 10, 512 * 1024


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("sources")
    for name, write in WRITERS.items():
        write(folder / name)
    texts = [*DOCUMENTS.glob("*.txt"), *folder.iterdir()]
    found = [(path.name, path.read_bytes()) for path in sorted(texts)]
    return [*found, ("table.csv", "序号,任务,完成时限,责任单位\n1,巡查,2024年,县水利局\n".encode())]


@pytest.fixture(scope="module")
def children() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(CHILDREN, mp_context=get_context("spawn")) as pool:
        yield pool


def _outcomes(
    pool: ProcessPoolExecutor, sources: Sequence[tuple[str, bytes]], count: int
) -> list[Outcome]:
    waiting = [
        pool.submit(read_damaged, sources, range(first, first + BATCH))
        for first in range(0, count, BATCH)
    ]
    return [outcome for batch in waiting for outcome in batch.result(timeout=PATIENCE)]


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(500, id="500"),
        pytest.param(10_000, id="10000", marks=pytest.mark.proof),
    ],
)
def test_a_damaged_document_is_read_or_refused_and_loses_nothing(
    sources: list[tuple[str, bytes]], children: ProcessPoolExecutor, count: int
) -> None:
    outcomes = _outcomes(children, sources, count)

    assert [each for each in outcomes if each.what not in {"read", "refused"}] == []
    assert [each for each in outcomes if each.seconds > MOST_SECONDS] == []
    assert [each for each in outcomes if each.peak_kib > MOST_KIB] == []
    assert [each for each in outcomes if each.missing] == []
    assert {each.what for each in outcomes} == {"read", "refused"}


@pytest.mark.parametrize(
    "count",
    [pytest.param(25, id="25"), pytest.param(500, id="500", marks=pytest.mark.proof)],
)
def test_damaged_files_of_confined_formats_end_their_own_process_only(
    children: ProcessPoolExecutor, count: int
) -> None:
    names = ("division.pdf", "two_lists.pdf", "projects.xls", "projects.ods")
    confined = [(name, (DOCUMENTS / name).read_bytes()) for name in names]

    outcomes = _outcomes(children, confined, count)

    assert [each for each in outcomes if each.what not in {"read", "refused"}] == []
    assert [each for each in outcomes if each.peak_kib > MOST_KIB] == []
