"""Each flow does its part of the sweep, by itself and under Prefect, and twice changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect.artifacts import Artifact

from flows.deadline_reminders import deadline_reminders
from flows.deliver_messages import deliver_messages
from flows.overdue_detection import overdue_detection
from flows.quarterly_circular import quarterly_circular
from flows.quarterly_dispatch import quarterly_dispatch
from flows.supervision_notices import supervision_notices

pytestmark = [pytest.mark.flows, pytest.mark.xdist_group("flows")]
DAY = date(2025, 1, 2)
ROUND_DAY = date(2024, 12, 10)

FlowRun = Callable[..., dict[str, Any]]


@pytest.mark.usefixtures("office_folder")
def test_quarterly_dispatch_opens_the_round_once() -> None:
    assert quarterly_dispatch.fn(ROUND_DAY)["rounds_opened"] == 1
    assert quarterly_dispatch.fn(ROUND_DAY)["already_done"] is True


@pytest.mark.usefixtures("office_folder")
def test_quarterly_circular_closes_the_round_it_speaks_of_and_drafts_once() -> None:
    quarterly_dispatch.fn(ROUND_DAY)

    assert quarterly_circular.fn(DAY)["circulars_drafted"] == 1  # the round closed that day
    assert quarterly_circular.fn(date(2025, 1, 3))["circulars_drafted"] == 0


@pytest.mark.usefixtures("office_folder")
def test_only_deadline_reminders_queues_digests() -> None:
    assert overdue_detection.fn(DAY)["messages_queued"] == 0
    assert supervision_notices.fn(DAY)["messages_queued"] == 0
    assert deadline_reminders.fn(DAY)["messages_queued"] == 4


@pytest.mark.usefixtures("office_folder")
def test_deadline_reminders_needs_no_flow_before_it() -> None:
    assert deadline_reminders.fn(DAY)["messages_queued"] == 4


@pytest.mark.parametrize(
    ("flow", "day", "expected"),
    [
        pytest.param(quarterly_dispatch, ROUND_DAY, {"rounds_opened": 1}, id="quarterly-dispatch"),
        pytest.param(overdue_detection, DAY, {"messages_queued": 0}, id="overdue-detection"),
        pytest.param(deadline_reminders, DAY, {"messages_queued": 4}, id="deadline-reminders"),
        pytest.param(supervision_notices, DAY, {"notices_drafted": 8}, id="supervision-notices"),
        pytest.param(quarterly_circular, DAY, {"circulars_drafted": 0}, id="quarterly-circular"),
        pytest.param(deliver_messages, DAY, {"sent": 0}, id="deliver-messages"),
    ],
)
@pytest.mark.usefixtures("prefect_server", "office_folder")
def test_a_flow_runs_under_prefect_and_leaves_its_outcome(
    flow: FlowRun, day: date, expected: dict[str, int]
) -> None:
    outcome = flow(as_of=day)

    assert expected.items() <= outcome.items()
    assert artifact_of(flow).count("|") > 6


def artifact_of(flow: Any) -> str:  # noqa: ANN401 - a Prefect flow
    """Return the newest artifact of a flow, as its page would show it."""
    found: Any = Artifact.get(key=flow.name)
    return str(found.data)


def test_delivering_as_a_flow_writes_the_files(office_folder: Path) -> None:
    deadline_reminders.fn(DAY)

    assert deliver_messages.fn()["sent"] == 4
    assert len(list((office_folder / "outbox").rglob("*.eml"))) == 4
