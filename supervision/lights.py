"""How an item stands on a day: the light, the rule that gave it, and the facts it rests on."""

from dataclasses import dataclass
from datetime import date

from supervision.policy import Policy
from supervision.vocabulary import ItemState, Light

OPEN_STATES = frozenset({ItemState.REGISTERED, ItemState.ASSIGNED, ItemState.IN_PROGRESS})
LISTED_STATES = OPEN_STATES | {ItemState.SUBMITTED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a light is judged from; `due_on` is the current due date, None where there is none."""

    state: ItemState
    due_on: date | None
    historic: bool = False
    submitted_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A light with the rule that gave it and the reason, in words an office can read."""

    light: Light
    rule: str
    reason: str


def days_overdue(standing: Standing, *, today: date) -> int:
    """Return the calendar days past the due date, 0 when on time; the due day itself is on time.

    A close-out asked for by the due date stops the count; asked for later, it does not (R14, §2).
    """
    if standing.due_on is None or standing.state not in LISTED_STATES:
        return 0
    asked = standing.submitted_on if standing.state is ItemState.SUBMITTED else None
    if asked is not None and asked <= standing.due_on:
        return 0
    return max((today - standing.due_on).days, 0)


def judge(standing: Standing, policy: Policy, *, today: date) -> Judgement:
    """Return the light of an item today, in the order of R15; never green without data."""
    if standing.state not in LISTED_STATES:
        return Judgement(light=Light.GREY, rule="R15", reason=f"{standing.state.label}，不再亮灯")
    if standing.historic:
        return Judgement(light=Light.GREY, rule="R24", reason="基线日前已到期，待办公室核定")
    late = days_overdue(standing, today=today)
    if late:
        return Judgement(light=Light.RED, rule="R14", reason=f"已逾期{late}天")
    if standing.due_on is None:
        return Judgement(light=Light.GREY, rule="R23", reason="持续开展，暂无进展数据")
    left = (standing.due_on - today).days
    if left <= policy.near_days.value and standing.state is not ItemState.SUBMITTED:
        return Judgement(light=Light.BLUE, rule="R12", reason=f"距到期{left}天，未申请销号")
    return Judgement(light=Light.GREY, rule="R15", reason="暂无进展数据，不作判断")
