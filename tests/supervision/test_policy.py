import copy
from typing import Any

import pytest
from pydantic import ValidationError

from supervision.errors import NotConfiguredError
from supervision.policy import policy_from
from supervision.vocabulary import Rung
from tests.supervision.rules import POLICY, RULES


def changed(rule: str, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file may say
    document: dict[str, Any] = copy.deepcopy(RULES)
    document["rules"][rule].update(parts)
    return document


def without(rule: str) -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(RULES)
    del document["rules"][rule]
    return document


def test_the_bundled_policy_says_what_the_office_was_told() -> None:
    assert POLICY.report_due_day.value == 25
    assert POLICY.round_days.value.opens_on_day == 10
    assert POLICY.round_days.value.support_due_on_day == 20
    assert POLICY.round_days.value.closes_after_working_days == 5
    assert POLICY.chase_before.value == (5, 1)
    assert POLICY.late_reports.value.chased_on == (1,)
    assert POLICY.late_reports.value.listed_from == 3
    assert POLICY.sign_for.value == (2, 5)
    assert POLICY.reminders.value.year_precision == (60, 30, 15, 7, 3)
    assert POLICY.reminders.value.month_precision == (15, 7, 3)
    assert POLICY.reminders.value.furthest == 60
    assert POLICY.near_days.value == 15
    assert POLICY.first_rung.value is Rung.BLUE
    assert POLICY.repeat_every.value == 5


def test_every_bundled_rule_states_its_title_and_source() -> None:
    for name in type(POLICY).model_fields:
        rule = getattr(POLICY, name)
        assert rule.title, name
        assert rule.source, name


@pytest.mark.parametrize(
    ("document", "named"),
    [
        pytest.param(without("R12"), "R12", id="a rule is missing"),
        pytest.param(changed("R12", value="fifteen"), "R12.value", id="a word for a number"),
        pytest.param(changed("R12", note="?"), "R12.note", id="a part nobody knows"),
        pytest.param(
            changed(
                "R06",
                value={
                    "opens_on_day": 32,
                    "support_due_on_day": 20,
                    "closes_after_working_days": 5,
                },
            ),
            "R06.value.opens_on_day",
            id="a day that no month has",
        ),
        pytest.param(changed("R17", value="purple"), "R17.value", id="a rung there is not"),
        pytest.param(
            {"rules": RULES["rules"] | {"R99": RULES["rules"]["R12"]}}, "R99", id="an unknown rule"
        ),
        pytest.param({"rules": None}, "全文", id="no rules"),
        pytest.param(None, "全文", id="an empty file"),
        pytest.param(["R05"], "全文", id="a list"),
    ],
)
def test_a_wrong_policy_is_refused_and_the_rule_at_fault_named(
    document: object, named: str
) -> None:
    with pytest.raises(NotConfiguredError, match=f"规则文件有误：.*{named}：") as refusal:
        policy_from(document)

    assert refusal.value.advice


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        pytest.param("R05", 0, id="day 0 of a month"),
        pytest.param("R05", 32, id="day 32 of a month"),
        pytest.param("R07", [5, 0], id="chased 0 working days before"),
        pytest.param("R08", [-1], id="chased before the day instead of after"),
        pytest.param("R10", {"year_precision": [-3], "month_precision": []}, id="a step after"),
        pytest.param("R12", -1, id="near for less than no day"),
        pytest.param("R27", 0, id="a digest that names nothing"),
        pytest.param("R28", 0, id="repeated every 0 working days"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused_before_anything_runs(
    rule: str, value: object
) -> None:
    with pytest.raises(NotConfiguredError, match=rule):
        policy_from(changed(rule, value=value))


def test_a_policy_in_force_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        POLICY.near_days = POLICY.repeat_every  # type: ignore[misc]


def test_the_version_changes_with_a_value_and_not_with_the_order_of_the_file() -> None:
    reordered = {"rules": dict(reversed(RULES["rules"].items()))}

    assert policy_from(reordered).version == POLICY.version
    assert policy_from(changed("R12", value=14)).version != POLICY.version
