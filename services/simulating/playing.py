"""Playing a script: what waits each day is held against its rules, and what they say is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, occasions
from db.occasions import Waiting
from db.plan_tables import Plan
from services.simulating.by_office import OF_THE_OFFICE
from services.simulating.by_units import OF_UNITS
from services.simulating.hands import Turn
from services.simulating.scratch import Stage
from services.simulating.scripts import Rule, Script
from supervision.errors import DubanError, UsageError
from supervision.vocabulary import Deed
from supervision.working_days import WorkingDays

TRIES, TRIED_AGAIN_AFTER = 3, 5  # working days: what is lacking may be there by then
Find = Callable[[Session, UUID], list[Waiting]]

# What waits, and what may be done with it. Units act before the office.
OCCASIONS: Sequence[tuple[Find, frozenset[Deed]]] = (
    (occasions.unsigned, frozenset({Deed.SIGN_FOR})),
    (occasions.owed, frozenset({Deed.REPORT, Deed.MISS})),
    (occasions.dated, frozenset({Deed.ASK_EXTENSION})),
    (occasions.dated, frozenset({Deed.ASK_CLOSE_OUT})),
    (occasions.delivered, frozenset({Deed.ANSWER})),
    (occasions.historic, frozenset({Deed.SETTLE})),
    (occasions.reported, frozenset({Deed.ACCEPT_REPORT, Deed.SEND_REPORT_BACK})),
    (occasions.extensions, frozenset({Deed.GRANT_EXTENSION, Deed.REFUSE_EXTENSION})),
    (occasions.close_outs, frozenset({Deed.CLOSE_OUT, Deed.RETURN_CLOSE_OUT})),
    (occasions.drafts, frozenset({Deed.ISSUE_NOTICE})),
    (occasions.answered, frozenset({Deed.ACCEPT_ANSWER, Deed.RETURN_ANSWER})),
    (occasions.open_rounds, frozenset({Deed.CLOSE_ROUND})),
)
DO: Mapping[Deed, Callable[[Turn], None]] = MappingProxyType({**OF_UNITS, **OF_THE_OFFICE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """One thing that was done in a replay, or that duban refused, with its reason."""

    date: date
    deed: Deed
    code: str
    unit: str
    refused: str = ""


@dataclass(slots=True)
class Player:
    """Plays one script on one plan; what was played so far is in `played`."""

    stage: Stage
    plan: Plan
    script: Script
    played: list[Played] = field(default_factory=list)
    calendar: WorkingDays = field(init=False)
    _answering: dict[str, tuple[UUID, str]] = field(init=False)
    _settled: set[tuple[Deed, str]] = field(default_factory=set)
    _refused: dict[tuple[Deed, str], list[date]] = field(default_factory=dict)
    _percents: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what does not change, and refuse a script about what the plan does not hold."""
        with self.stage.office.reading() as session:
            self.calendar = calendar_days.working_days(session)
            self._answering = occasions.answering(session, self.plan.id)
        codes = {code for rule in self.script.rules for code in rule.items}
        named = {unit for rule in self.script.rules for unit in rule.units}
        _require_known("事项", codes - self._answering.keys())
        _require_known("单位", named - {name for _, name in self._answering.values()})

    def play(self, day: date) -> int:
        """Do what the script says for the day; return how many things were done or refused."""
        before = len(self.played)
        for find, deeds in OCCASIONS:
            rules = [rule for rule in self.script.rules if rule.do in deeds]
            if rules:
                self._take(find, rules, day)
        return len(self.played) - before

    def _take(self, find: Find, rules: Sequence[Rule], day: date) -> None:
        with self.stage.office.reading() as session:
            waiting = find(session, self.plan.id)
        for found in waiting:
            rule = self._rule_for(rules, found)
            if rule is not None and self._has_come(rule, found, day):
                self._do(rule, found, day)

    def _rule_for(self, rules: Sequence[Rule], found: Waiting) -> Rule | None:
        """Return the rule for an occasion; None where there is none, or it was followed already."""
        _, unit = self._answering.get(found.code, (None, None))
        for rule in rules:
            if not rule.is_about(found.code or None, unit):
                continue
            if (rule.do, found.key) in self._settled:
                return None
            if self.script.is_drawn(rule, found.key):
                return rule
        return None

    def _has_come(self, rule: Rule, found: Waiting, day: date) -> bool:
        if rule.on is not None:
            return day >= rule.on
        if rule.before is not None and found.due_on is not None:
            planned = self.calendar.shift(found.due_on, -rule.before)
        else:
            planned = self.calendar.shift(found.since or day, rule.after)
        if tries := self._refused.get((rule.do, found.key)):
            planned = max(planned, self.calendar.shift(tries[-1], TRIED_AGAIN_AFTER))
        return day >= planned and self.calendar.is_working_day(day)

    def _do(self, rule: Rule, found: Waiting, day: date) -> None:
        """Follow a rule once; what duban refuses is kept with its reason and tried a few times."""
        about = (rule.do, found.key)
        if rule.do is Deed.MISS:
            self._settled.add(about)
            return
        unit_id, unit = self._answering.get(found.code, (None, ""))
        refused = ""
        try:
            with self.stage.office.transaction() as session:
                turn = Turn(
                    session=session,
                    office=self.stage.office,
                    plan=self.plan,
                    rule=rule,
                    waiting=found,
                    unit_id=unit_id,
                    unit=unit,
                    day=day,
                    percents=self._percents,
                )
                DO[rule.do](turn)
        except DubanError as error:
            refused = str(error)
            self._refused.setdefault(about, []).append(day)
        if not refused or len(self._refused[about]) >= TRIES:
            self._settled.add(about)
        self.played.append(
            Played(date=day, deed=rule.do, code=found.code, unit=unit, refused=refused)
        )


def _require_known(what: str, unknown: set[str]) -> None:
    if unknown:
        raise UsageError(
            f"剧本提到的{what}不在计划中：{'、'.join(sorted(unknown))}",
            advice="用 duban items 核对编号和牵头单位。",
        )
