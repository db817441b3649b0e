"""What a settlement makes of a plan: fields corrected, items given to others, lines never read."""

from datetime import date
from typing import Any

import pytest

from services import settling
from services.settling import ItemRuling, Settlement
from supervision.errors import UsageError
from supervision.vocabulary import DeadlineKind
from tasks_catalog.model import ReadItem, TextLine
from tests.builders import FINANCE, a_plan, an_item

WATER, ROADS = "区水利局", "区交通运输局"


def ruled(**ruling: Any) -> ReadItem:  # noqa: ANN401 - fields of a ruling
    plan = a_plan(an_item(supporting=[WATER]))
    settlement = Settlement(items={"T01": ItemRuling.model_validate(ruling)})
    return settling.apply(plan, settlement).work_items[0]


@pytest.mark.parametrize(
    ("ruling", "leads", "responsible"),
    [
        pytest.param({"lead_units": [ROADS]}, [ROADS], [ROADS, FINANCE, WATER], id="a new lead"),
        pytest.param(
            {"supporting_units": [ROADS]}, [FINANCE], [FINANCE, ROADS, WATER], id="one more"
        ),
        pytest.param(
            {"lead_units": [ROADS], "supporting_units": []}, [ROADS], [ROADS], id="given to another"
        ),
        pytest.param(
            {"lead_units": [], "supporting_units": [ROADS, WATER]},
            [],
            [ROADS, WATER],
            id="no lead any more",
        ),
    ],
)
def test_who_answers_is_as_the_office_rules(
    ruling: dict[str, Any], leads: list[str], responsible: list[str]
) -> None:
    item = ruled(**ruling)

    assert (item.lead_units, item.responsible_units) == (leads, responsible)


@pytest.mark.parametrize(
    ("ruling", "kind", "due_on"),
    [
        pytest.param({"due_on": "2025-06-30"}, DeadlineKind.DAY, date(2025, 6, 30), id="a day"),
        pytest.param(
            {"due_on": "2025-06-30", "deadline_kind": "month"},
            DeadlineKind.MONTH,
            date(2025, 6, 30),
            id="a month",
        ),
        pytest.param({"deadline_kind": "continuing"}, DeadlineKind.CONTINUING, None, id="for good"),
    ],
)
def test_the_time_is_as_the_office_rules(
    ruling: dict[str, Any], kind: DeadlineKind, due_on: date | None
) -> None:
    item = ruled(**ruling)

    assert (item.deadline_kind, item.due_on) == (kind, due_on)


def test_a_line_that_was_never_read_waits_like_any_doubt() -> None:
    read = a_plan().model_copy(update={"unread": [TextLine(line=7, text="另行安排事项")]})
    plan = settling.with_unread(read)

    before = settling.unsettled(plan, Settlement())
    after = settling.unsettled(plan, Settlement(settled={"unread:7": "不督办"}))

    assert [finding.id for finding in before] == ["unread:7"]
    assert after == []


def test_a_word_on_an_item_that_is_not_in_the_plan_is_refused() -> None:
    word = {"how": "done", "why": "已印发"}
    settlement = Settlement.model_validate({"historic": {"T99": word}})

    with pytest.raises(UsageError, match="T99 不在计划中"):
        settling.apply(a_plan(), settlement)
