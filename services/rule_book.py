"""The rules in force (规则) in words: id, what it says, value, source, whose default it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from supervision.policy import Policy
from supervision.vocabulary import Rung

# The parts of values that have several, as people call them.
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "opens_on_day": "开启日",
        "support_due_on_day": "配合单位报送日",
        "closes_after_working_days": "截止后几个工作日关闭",
        "chased_on": "催报（工作日）",
        "listed_from": "列入办公室清单（工作日）",
        "year_precision": "时限到年的（天）",
        "month_precision": "时限到月的（天）",
        "behind_from": "落后起（百分点）",
        "behind_over": "落后超过（百分点）",
        "missed_reports": "连续未报（次）",
        "blue": "蓝色督办（工作日）",
        "yellow": "黄色督办（工作日）",
        "red": "红色督办（工作日）",
        "reds_in_a_row": "同一单位连续红色督办（件）",
        "yellows_before_red": "红色之前黄色督办（次）",
        "notice": "督办通知",
        "circular": "督查通报",
        "ask_before": "提前申请（工作日）",
        "at_most_per_item": "每项最多（次）",
        "at_most_months": "每次最长（月）",
        "reviewed_within": "初审时限（工作日）",
    }
)
NAMED: Mapping[str, str] = MappingProxyType(
    {"next_round": "到下一轮调度开启", **{rung.value: rung.label for rung in Rung}}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleLine:
    """One rule as people read it; `is_own` marks a default of this project without a source."""

    id: str
    title: str
    value: str
    source: str
    is_own: bool


def rule_book(policy: Policy) -> list[RuleLine]:
    """Return the rules in force in the order of their ids."""
    return sorted(_lines(policy), key=lambda line: line.id)


def _lines(policy: Policy) -> Iterator[RuleLine]:
    for name, rule in policy.model_dump(mode="json", by_alias=True).items():
        if rule is not None:
            yield RuleLine(
                id=name,
                title=rule["title"],
                value=in_words(rule["value"]),
                source=rule["source"],
                is_own=rule["own"],
            )


def in_words(value: Any) -> str:  # noqa: ANN401 - whatever a rule's value is
    """Return a rule's value as people read it."""
    if isinstance(value, Mapping):
        return "；".join(f"{PARTS[name]} {in_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "、".join(in_words(part) for part in value)
    return NAMED.get(value, str(value)) if isinstance(value, str) else str(value)
