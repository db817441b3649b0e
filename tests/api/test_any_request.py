"""SEC3: whatever is asked, of whichever token, the interface answers as its description says."""

import pytest
from schemathesis.engine import Status

from services.office import Office
from supervision.vocabulary import Scope
from tests.api.asking import PHASES, Found, ask_anything
from tests.api.systems import OFFICE, a_token, furnished
from tests.builders import FINANCE
from tests.clock import Clock
from tests.reporting import HOUSING

pytestmark = [pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
READ_BY_UNITS = {
    "GET /api/v1/items",
    "GET /api/v1/items/{item_id}",
    "GET /api/v1/items/{item_id}/reports",
    "GET /api/v1/overdue",
    "GET /api/v1/units",
    "GET /api/v1/rounds",
    "GET /api/v1/obligations",
    "GET /api/v1/notices",
    "GET /api/v1/notices/{notice_id}",
    "GET /api/v1/notices/{notice_id}/file",
}
READ_BY_OFFICE = READ_BY_UNITS | {
    "GET /api/v1/results",
    "GET /api/v1/rounds/{plan}/{period}",
    "GET /api/v1/circulars",
    "GET /api/v1/circulars/{plan}/{period}/file",
}
ACTS = {"POST /api/v1/items/{item_id}/acknowledge", "POST /api/v1/items/{item_id}/reports"}
READING = {scope for scope in Scope if scope.value.startswith("read_")} - {Scope.READ_CIRCULARS}


@pytest.fixture
def full(office: Office, clock: Clock) -> Office:
    return furnished(office, clock)


def require_sound(found: Found, *, phases: tuple[str, ...]) -> None:
    assert found.faults == []
    ended = {name: found.phases[name] for name in phases}
    assert set(ended.values()) == {Status.SUCCESS}
    assert not [status for _, status in found.answers if status >= 500]


def test_a_units_system_is_answered_as_described_whatever_it_asks(full: Office) -> None:
    phases = ("examples", "fuzzing", "stateful")

    found = ask_anything(full, a_token(full, FINANCE), examples=4, phases=phases)

    require_sound(found, phases=phases)
    assert found.answered >= READ_BY_UNITS


@pytest.mark.proof
@pytest.mark.parametrize(
    ("whose", "scopes", "answered"),
    [
        pytest.param(OFFICE, None, READ_BY_OFFICE, id="the office"),
        pytest.param(OFFICE, {Scope.EXPORT_RESULTS}, {"GET /api/v1/results"}, id="assessments"),
        pytest.param(FINANCE, None, READ_BY_UNITS | ACTS, id="a unit"),
        pytest.param(FINANCE, READING, READ_BY_UNITS, id="a unit that reads"),
        pytest.param(HOUSING, None, READ_BY_UNITS, id="another unit"),
    ],
)
def test_every_sort_of_token_is_answered_as_described_in_all_phases(
    whose: str, scopes: set[Scope] | None, answered: set[str], full: Office
) -> None:
    found = ask_anything(full, a_token(full, whose, scopes), examples=200, phases=PHASES)

    require_sound(found, phases=PHASES)
    assert answered <= found.answered
