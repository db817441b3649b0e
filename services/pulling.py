"""Pulling a list of items: by unit, working group, light, rung, state and age, as of a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import plans
from db.work_items import Told, Wanted
from services.items import ListedItem, Shown, listed
from services.office import Office
from services.plans import chosen, groups_named, the_office, unit_named
from supervision.vocabulary import ItemKind, ItemState, Light, Rung


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a list is to hold, by the names people use; what is None does not narrow.

    Of overdue items a unit's are those its digests count: those it answers for, and a company's
    under its sponsor, or under the office (R27). Of all items they are those that concern it.
    """

    as_of: date | None = None  # None: today
    plan: str | None = None
    kind: ItemKind | None = None
    unit: str | None = None
    group: str | None = None
    state: ItemState | None = None
    light: Light | None = None
    rung: Rung | None = None
    min_days: int | None = None
    overdue_only: bool = False
    text: str | None = None  # stands in an item's code, title or content
    with_supporting: bool = False  # of overdue items, those the unit supports as well
    seen_by: UUID | None = None  # whoever asks is of this unit, and sees what concerns it

    @property
    def in_words(self) -> str:
        """What the list was narrowed to, as it stands under its title; empty when to nothing."""
        words = [word.label for word in (self.kind, self.state, self.light, self.rung) if word]
        days = [f"逾期{self.min_days}天以上"] if self.min_days else []
        supported = ["含配合事项"] if self.with_supporting else []
        named = [name for name in (self.plan, self.unit, self.group) if name]
        said = [f"含“{self.text}”"] if self.text else []
        return "、".join([*named, *supported, *words, *days, *said])

    @property
    def shown(self) -> Shown:
        """What it is narrowed to by what is derived of items."""
        return Shown(light=self.light, rung=self.rung, min_days=self.min_days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulled:
    """A list as it was asked for."""

    asked: Asked
    as_of: date
    items: list[ListedItem]

    @property
    def historic(self) -> int:
        """How many of them await settling (基线待核)."""
        return sum(item.historic for item in self.items)


def pull(session: Session, office: Office, asked: Asked) -> Pulled:
    """Return the list; UsageError for a plan, unit or working group there is none of."""
    wanted = wanted_of(session, office, asked)
    items = listed(session, wanted, office.policy, shown=asked.shown)
    return Pulled(asked=asked, as_of=wanted.as_of, items=items)


def wanted_of(session: Session, office: Office, asked: Asked) -> Wanted:
    """Return what is asked for by ids, all but what is derived of items; raises as `pull` does."""
    today = office.today()
    found = chosen(session, asked.plan)
    return Wanted(
        plan_ids=tuple(plan.id for plan in found),
        as_of=asked.as_of or today,
        today=today,
        kind=asked.kind,
        unit_id=None if asked.overdue_only else _unit_id(session, asked),
        told=_told(session, asked) if asked.overdue_only else None,
        group_ids=None if asked.group is None else groups_named(session, found, asked.group),
        state=asked.state,
        overdue_only=asked.overdue_only,
        text=asked.text,
        seen_by=asked.seen_by,
    )


def _unit_id(session: Session, asked: Asked) -> UUID | None:
    return None if asked.unit is None else unit_named(session, the_office(session).id, asked.unit)


def _told(session: Session, asked: Asked) -> Told | None:
    unit_id = _unit_id(session, asked)
    if unit_id is None:
        return None
    office_unit = plans.office_unit(session, the_office(session).id)
    return Told(
        unit_id=unit_id, office_unit_id=office_unit.id, with_supporting=asked.with_supporting
    )
