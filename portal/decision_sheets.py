"""A decision as a page has it: what it is about, what it asks for, and what taking it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from portal.forms import Reading
from portal.phrases import When
from portal.visits import Visit
from services.close_outs import Hand
from services.decisions import Situation
from services.item_events import Said
from supervision.policy import Policy
from supervision.vocabulary import Permission, Word

Facts = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """One field of a form: a text, a line, a day, or one of some words."""

    name: str
    label: str
    kind: Literal["area", "line", "day", "choice"] = "area"
    required: bool = False
    hint: str = ""
    words: Sequence[Word] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """A decision being taken on a locked item; `said` is what its form says, checked."""

    visit: Visit
    session: Any
    item: Any
    said: Mapping[str, str]

    @property
    def hand(self) -> Hand:
        """Who acts, for today."""
        return Hand(actor=self.visit.actor, as_of=self.visit.today, now=self.visit.office.now())

    def day(self, name: str) -> date:
        """Return a day that the form states."""
        return date.fromisoformat(self.said[name])

    def on_record(self, name: str = "reason") -> Said:
        """Return the reason as it goes on record."""
        return Said(
            actor=self.visit.actor,
            as_of=self.visit.today,
            now=self.visit.office.now(),
            reason=self.said[name],
            document=self.said.get("document", ""),
        )


def soon(situation: Situation, when: When, policy: Policy) -> str:
    """Say by when to decide where no rule sets a day."""
    del situation, when, policy
    return "没有规定日期，请尽快办理"


def nobody_stands_back(situation: Situation, name: str) -> str:
    """Say why somebody has to leave an act to another: nothing keeps him from it."""
    del situation, name
    return ""


def always(situation: Situation) -> bool:
    """Say that an act stands open whenever its page does."""
    del situation
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One form of a page; `take` does it and returns what the person is told."""

    name: str  # the end of its address
    permission: Permission
    title: str
    button: str
    take: Callable[[Taking], str]
    blanks: Sequence[Blank] = ()
    note: str = ""
    is_open: Callable[[Situation], bool] = always
    stands_back: Callable[[Situation, str], str] = nobody_stands_back


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page on which one thing about an item is decided."""

    path: str  # after the item's address
    title: str
    label: str  # of the link that leads here
    permission: Permission
    acts: Sequence[Act]
    is_open: Callable[[Situation], bool]
    over: str  # what is told when there is nothing to decide (any more)
    facts: Callable[[Situation, When], Facts] = field(default=lambda _situation, _when: [])
    until: Callable[[Situation, When, Policy], str] = soon
    shows_proof: bool = False
    leads_to_queue: bool = True


def read(visit: Visit, act: Act) -> Mapping[str, str]:
    """Return what the form says; FormError names every field that is empty or unreadable."""
    reading = Reading(visit.form)
    for blank in act.blanks:
        given = visit.form.text(blank.name)
        if blank.kind == "choice":
            reading.one_of(blank.name, blank.label, blank.words)
        elif blank.kind == "day":
            reading.day(blank.name, blank.label)
        elif blank.required and not given:
            reading.faults[blank.name] = f"请填写{blank.label}"
    reading.require_sound()
    return {blank.name: visit.form.text(blank.name) for blank in act.blanks}
