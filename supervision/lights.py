"""Which light an item shows on a day: the rule that gave it, why in words, and the facts used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from supervision import light_grounds
from supervision.light_grounds import Fact, Ground, pace
from supervision.policy import Policy
from supervision.standing import (
    LISTED_STATES,
    OPEN_STATES,
    Override,
    Standing,
    days_overdue,
)
from supervision.vocabulary import ItemKind, ItemState, Light

__all__ = [
    "LISTED_STATES",
    "OPEN_STATES",
    "SEVERITY",
    "Judgement",
    "Standing",
    "days_overdue",
    "is_red",
    "judge",
]

# How much a light asks for attention; grey says that nothing can be said.
SEVERITY: Mapping[Light, int] = MappingProxyType(
    {Light.GREY: 0, Light.GREEN: 1, Light.BLUE: 2, Light.YELLOW: 3, Light.RED: 4}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A light with the rule that gave it, the reason as an office reads it, and the facts used."""

    light: Light
    rule: str
    reason: str
    facts: dict[str, Fact] = field(default_factory=dict)


def judge(standing: Standing, policy: Policy, *, today: date) -> Judgement:
    """Return the light of an item today, in the order of R15; never green without data.

    All reasons of the rule that fits are named. A light that a person set (R32) goes before those
    rules as long as it holds, and says which rule it stands in for.
    """
    judged = _judged(standing, policy, today)
    override = standing.override
    if override is None or standing.state not in LISTED_STATES:
        return judged
    if not override.since <= today < override.expires_on:
        return judged
    return _overridden(judged, override)


def is_red(judgement: Judgement) -> bool:
    """Return whether an item is red by R14, which the ladder goes by.

    A red light that a person set is shown and calls for no notice, one taken away for none either.
    """
    return judgement.light is Light.RED and judgement.rule == "R14"


def _judged(standing: Standing, policy: Policy, today: date) -> Judgement:
    if standing.state not in LISTED_STATES:
        return Judgement(light=Light.GREY, rule="R15", reason=f"{standing.state.label}，不再亮灯")
    if standing.historic:
        return Judgement(light=Light.GREY, rule="R24", reason="基线日前已到期，待办公室核定")
    red = list(light_grounds.of_red(standing, policy, today=today))
    if red:
        return _stated(Light.RED, "R14", red)
    yellow = list(light_grounds.of_yellow(standing, policy))
    if yellow:
        return _stated(Light.YELLOW, "R13", yellow)
    return _blue(standing, policy, today) or _green(standing) or _grey(standing, policy)


def _stated(light: Light, rule: str, grounds: list[Ground]) -> Judgement:
    facts: dict[str, Fact] = {}
    for _, used in grounds:
        facts |= used
    reason = "；".join(text for text, _ in grounds)
    return Judgement(light=light, rule=rule, reason=reason, facts=facts)


def _blue(standing: Standing, policy: Policy, today: date) -> Judgement | None:
    if standing.due_on is None or standing.state is ItemState.SUBMITTED:
        return None
    left = (standing.due_on - today).days
    if left > policy.near_days.value:
        return None
    facts: dict[str, Fact] = {"due_on": str(standing.due_on), "days_left": left}
    reason = f"距到期{left}天，未申请销号"
    return Judgement(light=Light.BLUE, rule="R12", reason=reason, facts=facts)


def _green(standing: Standing) -> Judgement | None:
    used = pace(standing)
    if standing.behind is not None:
        return Judgement(light=Light.GREEN, rule="R11", reason=_on_course(standing), facts=used)
    if standing.due_on is None and standing.reported.is_on_record:
        reason = f"{standing.deadline_kind.label}，按季报送在案"
        return Judgement(light=Light.GREEN, rule="R23", reason=reason, facts=used)
    return None


def _on_course(standing: Standing) -> str:
    said = f"进度{standing.reported.percent}%"
    expectation = standing.expectation
    if standing.state is ItemState.SUBMITTED:
        return f"{said}，已申请销号，待审核"
    if expectation is None or expectation.percent is None:
        return said
    said += f"，应达{expectation.percent}%（{expectation.reason}）"
    return f"{said}，落后{standing.behind}个百分点，在允许范围内" if standing.behind else said


def _grey(standing: Standing, policy: Policy) -> Judgement:
    """Return grey, saying what is missing for a judgement."""
    if _lacks_course(standing, policy):
        reason = f"{standing.expectation.reason if standing.expectation else ''}，不作判断"
        facts: dict[str, Fact] = {"rounds_begun": standing.rounds_begun, **pace(standing)}
        return Judgement(light=Light.GREY, rule="R16", reason=reason, facts=facts)
    if standing.due_on is None:
        reason = f"{standing.deadline_kind.label}，暂无进展数据"
        return Judgement(light=Light.GREY, rule="R23", reason=reason)
    reason = "尚无应达进度" if standing.reported.percent is not None else "暂无进展数据"
    return Judgement(
        light=Light.GREY, rule="R15", reason=f"{reason}，不作判断", facts=pace(standing)
    )


def _lacks_course(standing: Standing, policy: Policy) -> bool:
    """Return whether a dated task still has no milestones when it should have them (R16)."""
    return (
        standing.kind is ItemKind.TASK
        and standing.due_on is not None
        and standing.expectation is not None
        and standing.expectation.percent is None
        and standing.rounds_begun >= policy.course_from_round.value
    )


def _overridden(judged: Judgement, override: Override) -> Judgement:
    stands_in_for = f"{judged.light.label}灯（{judged.rule}：{judged.reason}）"
    reason = (
        f"{override.by}于{override.since}人工定为{override.light.label}灯：{override.reason}；"
        f"下一轮调度开启（{override.expires_on}）时失效；规则判定为{stands_in_for}"
    )
    facts: dict[str, Fact] = {
        "set_by": override.by,
        "set_on": str(override.since),
        "expires_on": str(override.expires_on),
        "instead_of_light": judged.light.value,
        "instead_of_rule": judged.rule,
    }
    return Judgement(light=override.light, rule="R32", reason=reason, facts=facts | judged.facts)
