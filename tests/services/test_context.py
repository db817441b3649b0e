"""An item's context: the measures of the plan's body that speak of it, each with its reason."""

import pytest

from services.context import MeasureContext, measures_of
from services.office import Office
from tests.builders import adopt_plan, an_item, item_of


def context(office: Office, code: str) -> list[MeasureContext]:
    with office.reading() as session:
        return measures_of(session, item_of(session, code))


@pytest.mark.parametrize(
    ("code", "path"),
    [
        pytest.param("T13", "二（二）3（2）", id="the same figure"),
        pytest.param("T06", "二（一）3（2）", id="the same document"),
        pytest.param("P15", "二（五）4（3）", id="the same facility"),
    ],
)
def test_a_measure_that_speaks_of_the_item_is_shown_with_the_reason(
    zhanggong: Office, code: str, path: str
) -> None:
    found = {measure.path: measure for measure in context(zhanggong, code)}

    assert path in found
    assert found[path].reason
    assert found[path].title
    assert found[path].responsible_units


def test_an_item_of_a_plan_without_measures_has_none(office: Office) -> None:
    adopt_plan(office, an_item("T01"))

    assert context(office, "T01") == []
